import { z } from '@hono/zod-openapi';
import { storyParams, tier, time } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What can be undone: `context`, `stories`, `stories/STORY`, `timeline/STORY`, `report/STORY`. */
const subject = z
  .string()
  .max(120)
  .regex(
    /^(context|stories(\/.+)?|timeline\/.+|report\/.+)$/,
    'context, stories, stories/STORY, timeline/STORY or report/STORY',
  );

const history = z.object({
  subject: z.string(),
  /** What the next undo takes back and the next redo does again, in words; null where there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
});

/** The context file as `spillover context` takes it (`src/domain/case-context.ts`); checked when it is written. */
const context = z.object({
  coverage: z.array(
    z.object({
      platform: z.string(),
      from: time,
      to: time,
      loss: z.number(),
      gaps: z.array(z.tuple([time, time])),
      accounts: z.array(z.string()).optional(),
    }),
  ),
  venues: z.object({
    domains: z.record(z.string(), tier),
    accounts: z.record(z.string(), tier),
    platforms: z.record(z.string(), tier),
  }),
  voices: z.array(z.string()),
  watch: z.array(z.union([z.object({ account: z.string() }), z.object({ domain: z.string() })])),
  eras: z.array(z.object({ name: z.string(), from: time, to: time })),
});

const reportPart = z.object({
  id: z.string(),
  title: z.string(),
  included: z.boolean(),
  /** The analyst's words before the part; null: none. */
  words: z.string().max(20_000).nullable(),
});
const report = z.object({
  title: z.string().max(300).nullable(),
  introduction: z.string().max(20_000).nullable(),
  mask: z.boolean(),
  parts: z.array(reportPart),
});

export const editEndpoints = {
  history: endpoint('get', '/api/history', 'What can be undone and done again', {
    query: z.strictObject({ subject }),
    answer: history,
  }),
  undo: endpoint('post', '/api/undo', 'Take back the last edit of a subject', {
    body: z.strictObject({ subject }),
    answer: history,
  }),
  redo: endpoint('post', '/api/redo', 'Do the last undone edit again', {
    body: z.strictObject({ subject }),
    answer: history,
  }),
  context: endpoint('get', '/api/context', 'What the analyst knows besides the posts', { answer: context }),
  setContext: endpoint('put', '/api/context', 'Replace what the analyst knows besides the posts', {
    body: z.record(z.string(), z.unknown()),
    answer: context,
  }),
  report: endpoint('get', '/api/stories/{story}/report', 'How the report is put together', {
    params: storyParams,
    answer: report,
  }),
  setReport: endpoint('put', '/api/stories/{story}/report', 'Choose parts, words and masking of the report', {
    params: storyParams,
    body: z.strictObject({
      ...report.shape,
      parts: z.array(reportPart.omit({ title: true }).strip()).max(50),
    }),
    answer: report,
  }),
  reportPage: endpoint('get', '/api/stories/{story}/report.html', 'The report as one self-contained page', {
    params: storyParams,
    query: z.strictObject({
      download: z.enum(['true', 'false']).optional(),
      /** Instead of what the composition says. */
      mask: z.enum(['true', 'false']).optional(),
    }),
    masked: 'own',
    answer: z.string(),
    media: 'text/html',
  }),
};
