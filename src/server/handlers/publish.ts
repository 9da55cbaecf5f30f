import type { Case } from '../../case/case.ts';
import { caseMask, defaultPublicFigures } from '../../case/case-mask.ts';
import { compareStories } from '../../case/compare.ts';
import { fillWithDemo } from '../../case/demo-case.ts';
import { type Effects, quietEffects } from '../../case/effects.ts';
import { exportForms } from '../../case/export-forms.ts';
import { packedExport } from '../../case/packed-export.ts';
import { takeSuggestions } from '../../case/take-suggestions.ts';
import { editTimeline, readTimelineEdits, storyTimeline, timelineDocument } from '../../case/timeline.ts';
import { traceHolds } from '../../case/traced.ts';
import { ApiFault } from '../api-fault.ts';
import type { publishEndpoints } from '../contract/publish.ts';
import type { Handlers } from '../handler.ts';
import { storyNamed } from '../workbench.ts';

export const publishHandlers: Handlers<keyof typeof publishEndpoints> = {
  timeline: ({ connections }, { params, query }) =>
    connections.read(async (reader) => {
      await needsTrace(reader, params.story);
      return storyTimeline(reader, params.story, { mask: await maskOf(reader, query.mask) }, quietEffects);
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
  timelineJs: ({ connections }, { params, query }) =>
    connections.read(async (reader) => {
      await needsTrace(reader, params.story);
      const mask = await maskOf(reader, query.mask);
      const timeline = await storyTimeline(reader, params.story, { mask }, quietEffects);
      return { ...timelineDocument(timeline) };
    }),
  compare: ({ cache, connections }, { query: { stories, alignedAt, mask } }) =>
    cache.get(`compare ${JSON.stringify([stories, alignedAt, mask])}`, () =>
      connections.read(async (reader) => {
        for (const story of stories) await needsTrace(reader, story);
        return compareStories(
          stories.map((story) => ({ spilloverCase: reader, story })),
          { alignedAt, mask: mask === 'true' ? defaultPublicFigures : null },
          quietEffects,
        );
      }),
    ),
  exportForms: async () => ({
    forms: exportForms.map(({ id, what, folder, wholeCase, example }) => ({ id, what, folder, wholeCase, example })),
  }),
  exportStory: ({ connections }, { params: { story, form }, query, request }) =>
    connections.read(async (reader) => {
      if (!exportForms.some(({ id }) => id === form))
        throw new ApiFault(404, 'not-found', `There is no export form "${form}".`, '/api/exports lists them.');
      await needsTrace(reader, story);
      const effects: Effects = { ...quietEffects, signal: request.signal };
      const { name, bytes } = await packedExport(
        reader,
        {
          story,
          form,
          mask: query.mask === 'true',
          network: query.network ?? 'reshare',
          dynamic: query.dynamic === 'true',
        },
        effects,
      );
      return new Response(new Uint8Array(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        },
      });
    }, request.signal),
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
    const job = bench.jobs.start('import', 'Demo campaign', null, async (effects) => {
      try {
        const story = await fillWithDemo(bench.spilloverCase, body, effects);
        return { story, href: `/api/stories/${story}` };
      } finally {
        await bench.changed('posts');
      }
    });
    return { job };
  },
};

/** A timeline or an export would trace again where the stored trace does not hold; that is for the analyst to start. */
async function needsTrace(reader: Case, story: string): Promise<void> {
  await storyNamed(reader, story);
  const state = await traceHolds(reader, story);
  if (state === 'missing')
    throw new ApiFault(404, 'not-traced', `"${story}" was not traced yet.`, 'Start a trace first.');
  if (state === 'stale')
    throw new ApiFault(409, 'stale', `"${story}" or the case changed since it was traced.`, 'Trace it again first.');
}

async function maskOf(reader: Case, asked: 'true' | 'false' | undefined) {
  return asked === 'true' ? caseMask(reader) : null;
}
