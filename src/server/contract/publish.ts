import { z } from '@hono/zod-openapi';
import type { Comparison } from '../../analyses/comparison/comparison-result.ts';
import { listOf, storyName, storyParams, time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { jobAnswer } from './jobs.ts';

/** An edit as `src/exports/timeline-edits.ts` defines it: add, change, hide, show, remove, move, cite, uncite; checked when it is made. */
const timelineEdit = z.looseObject({ edit: z.string(), id: z.string() });

const timeline = z.object({
  story: z.string(),
  title: z.string(),
  introduction: z.string(),
  version: z.string(),
  events: z.array(
    z.object({
      id: z.string(),
      time,
      earliest: time.nullable(),
      latest: time.nullable(),
      precisionMs: z.number(),
      group: z.string(),
      headline: z.string(),
      text: z.string(),
      /** Why it is on the timeline. */
      reason: z.string(),
      posts: z.array(z.string()),
      weight: z.number(),
      origin: z.enum(['trace', 'analyst']),
      edited: z.boolean(),
      hidden: z.boolean(),
    }),
  ),
  eras: z.array(z.object({ name: z.string(), from: time, to: time })),
  cited: z.array(
    z.object({
      post: z.string(),
      platform: z.string(),
      account: z.string().nullable(),
      handle: z.string().nullable(),
      name: z.string().nullable(),
      time,
      precisionMs: z.number(),
      text: z.string(),
      permalink: z.string().nullable(),
      file: z.string(),
      line: z.number().nullable(),
    }),
  ),
  history: z.object({
    undo: timelineEdit.nullable(),
    redo: timelineEdit.nullable(),
    edits: z.number(),
    /** Edits of events that the trace no longer chooses. */
    lost: z.array(timelineEdit),
  }),
});
/** As `spillover compare --json` prints it (`src/analyses/comparison/comparison-result.ts`). */
const comparison = z
  .custom<Comparison>((value) => typeof value === 'object' && value !== null)
  .openapi({
    type: 'object',
    description: 'The comparison, as spillover compare --json prints it.',
  });
const timelineDocument = z.record(z.string(), z.unknown());
const yesNo = z.enum(['true', 'false']);

export const publishEndpoints = {
  timeline: endpoint('get', '/api/stories/{story}/timeline', 'Moments of a story, suggested and edited', {
    params: storyParams,
    query: z.strictObject({ mask: yesNo.optional() }),
    answer: timeline,
  }),
  editTimeline: endpoint('post', '/api/stories/{story}/timeline', 'Edit the timeline: all edits or none', {
    params: storyParams,
    body: z.strictObject({ edits: z.array(z.record(z.string(), z.unknown())).min(1).max(500) }),
    answer: timeline,
  }),
  timelineJs: endpoint('get', '/api/stories/{story}/timeline.json', 'The timeline as TimelineJS reads it', {
    params: storyParams,
    query: z.strictObject({ mask: yesNo.optional() }),
    answer: timelineDocument,
  }),
  exportForms: endpoint('get', '/api/exports', 'Forms in which results can leave the case', {
    answer: z.object({
      forms: z.array(
        z.object({
          id: z.string(),
          what: z.string(),
          folder: z.boolean(),
          wholeCase: z.boolean(),
          example: z.string(),
        }),
      ),
    }),
  }),
  exportStory: endpoint(
    'get',
    '/api/stories/{story}/exports/{form}',
    'A story in another tool\u2019s form; folders come as a zip file',
    {
      params: storyParams.extend({ form: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
      query: z.strictObject({
        mask: yesNo.optional(),
        network: z.enum(['reshare', 'coordination']).optional(),
        dynamic: yesNo.optional(),
      }),
      answer: z.string(),
      media: 'application/octet-stream',
    },
  ),
  takeSuggestions: endpoint(
    'post',
    '/api/stories/{story}/suggestions',
    'Take suggestions into the query, or refuse them for good',
    {
      params: storyParams,
      body: z.strictObject({
        accept: z.array(z.string().min(1).max(500)).max(100).default([]),
        refuse: z.array(z.string().min(1).max(500)).max(100).default([]),
      }),
      answer: z.object({
        query: z.string(),
        accepted: z.array(z.string()),
        refused: z.array(z.string()),
        postsBefore: z.number(),
        posts: z.number(),
      }),
    },
  ),
  demo: endpoint('post', '/api/demo', 'Invent a campaign, import it and trace it; only in an empty case', {
    body: z.strictObject({
      posts: z.number().int().min(2000).max(100_000).default(20_000),
      seed: z.number().int().min(0).default(1),
    }),
    answer: jobAnswer,
    status: 202,
  }),
  compare: endpoint(
    'get',
    '/api/compare',
    'Traced stories side by side: who and what recurs, the same order of stages',
    {
      query: z.strictObject({
        stories: listOf(storyName, 12),
        alignedAt: z.enum(['first-seen', 'crossing']).default('crossing'),
        mask: yesNo.optional(),
      }),
      answer: comparison,
    },
  ),
};
