import { z } from '@hono/zod-openapi';
import { storyName, storyParams, time } from './common.ts';
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
/** Name of a folder, never a path. */
const caseName = z
  .string()
  .max(200)
  .regex(/^[^/\\\0]+$/, 'the name of a case, not a path')
  .refine((name) => name !== '.' && name !== '..', 'the name of a case');
const timelineDocument = z.record(z.string(), z.unknown());
const yesNo = z.enum(['true', 'false']);

export const publishEndpoints = {
  timeline: endpoint('get', '/api/stories/{story}/timeline', 'Moments of a story, suggested and edited', {
    params: storyParams,
    query: z.strictObject({ mask: yesNo.optional() }),
    masked: 'own',
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
    masked: 'own',
    answer: timelineDocument,
  }),
  exportForms: endpoint('get', '/api/exports', 'Forms in which results can leave the case', {
    masked: 'own',
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
    'post',
    '/api/stories/{story}/exports/{form}',
    'Make a story into another tool\u2019s form, as one file',
    {
      params: storyParams.extend({ form: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
      body: z.strictObject({
        mask: z.boolean().default(false),
        network: z.enum(['reshare', 'coordination']).default('reshare'),
        dynamic: z.boolean().default(false),
      }),
      masked: 'own',
      answer: jobAnswer,
      status: 202,
      writes: false,
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
  cases: endpoint('get', '/api/cases', 'Cases that lie in the same folder as this one, to compare with', {
    answer: z.object({ cases: z.array(z.string()) }),
  }),
  caseStories: endpoint('get', '/api/cases/{case}/stories', 'Traced stories of a case beside this one', {
    params: z.strictObject({ case: caseName }),
    answer: z.object({ stories: z.array(z.object({ name: z.string(), created: time, stale: z.boolean() })) }),
  }),
  compare: endpoint(
    'post',
    '/api/comparisons',
    'Traced stories side by side, of this case and of those beside it; comparison.json and comparison.html are files of the job',
    {
      body: z.strictObject({
        stories: z
          .array(z.strictObject({ case: caseName.optional(), story: storyName }))
          .min(2)
          .max(12),
        alignedAt: z.enum(['first-seen', 'crossing']).default('first-seen'),
        mask: z.boolean().default(false),
      }),
      masked: 'own',
      answer: jobAnswer,
      status: 202,
      writes: false,
    },
  ),
};
