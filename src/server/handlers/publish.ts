import { quietEffects } from '../../case/effects.ts';
import { exportForms } from '../../case/export-forms.ts';
import { isMadeAnywhere, packedExport } from '../../case/packed-export.ts';
import { takeSuggestions } from '../../case/take-suggestions.ts';
import { editTimeline, readTimelineEdits, storyTimeline, timelineDocument } from '../../case/timeline.ts';
import { ApiFault } from '../api-fault.ts';
import type { publishEndpoints } from '../contract/publish.ts';
import type { Handlers } from '../handler.ts';
import { maskOf } from '../mask-of.ts';
import { needsTrace } from '../needs-trace.ts';
import { storyNamed } from '../workbench.ts';
import { compareHandlers } from './compare.ts';

export const publishHandlers: Handlers<keyof typeof publishEndpoints> = {
  ...compareHandlers,
  timeline: ({ connections }, { params, query, mask }) =>
    connections.read(async (reader) => {
      await needsTrace(reader, params.story);
      return storyTimeline(reader, params.story, { mask: mask ?? (await maskOf(reader, query.mask)) }, quietEffects);
    }),
  editTimeline: async (bench, { params, body }) => {
    const edited = await bench.connections.edit(async (editor) => {
      await needsTrace(editor, params.story);
      await editTimeline(editor, params.story, readTimelineEdits(body.edits), quietEffects);
      return storyTimeline(editor, params.story, {}, quietEffects);
    });
    await bench.changed('timeline', params.story);
    return edited;
  },
  timelineJs: ({ connections }, { params, query, mask: given }) =>
    connections.read(async (reader) => {
      await needsTrace(reader, params.story);
      const mask = given ?? (await maskOf(reader, query.mask));
      const timeline = await storyTimeline(reader, params.story, { mask }, quietEffects);
      return { ...timelineDocument(timeline) };
    }),
  exportForms: async () => ({
    forms: exportForms.map(({ id, what, folder, wholeCase, example }) => ({ id, what, folder, wholeCase, example })),
  }),
  exportStory: async (bench, { params: { story, form }, body, mask }) => {
    if (!exportForms.some(({ id }) => id === form))
      throw new ApiFault(404, 'not-found', `There is no export form "${form}".`, '/api/exports lists them.');
    await bench.connections.read((reader) => needsTrace(reader, story));
    const job = bench.jobs.start('export', `${form} of ${story}`, story, async (effects, id) => {
      const request = { ...body, story, form, mask: body.mask || mask !== null };
      const folder = bench.products.folder(id);
      const made = isMadeAnywhere(request)
        ? await bench.thread.run({ kind: 'export', request, folder }, effects)
        : [await packedExport(bench.spilloverCase, request, folder, effects)];
      return bench.products.offer(
        id,
        made.map((one) => ({ ...one, isMasked: request.mask })),
      );
    });
    return { job };
  },
  takeSuggestions: async (bench, { params, body }) => {
    const taken = await bench.connections.edit(async (editor) => {
      await storyNamed(editor, params.story);
      return takeSuggestions(editor, params.story, { ...body, limit: 100 });
    });
    await bench.changed('stories', params.story);
    const { story, accepted, refused, postsBefore } = taken;
    return { query: story.query, accepted, refused, postsBefore, posts: story.posts };
  },
  demo: async (bench, { body }) => {
    const job = bench.jobs.start('demo', 'Demo campaign', null, async (effects) => {
      try {
        const story = await bench.thread.run({ kind: 'demo', ...body }, effects);
        return { story, href: `/api/stories/${story}` };
      } finally {
        await bench.changed('posts');
      }
    });
    return { job };
  },
};
