import { z } from '@hono/zod-openapi';
import type { TraceResult } from '../../analyses/trace/trace-result.ts';
import {
  moment,
  page,
  platformName,
  postFilter,
  provenance,
  reference,
  role,
  storyName,
  storyParams,
  tier,
  time,
} from './common.ts';
import { endpoint } from './endpoint.ts';
import { jobAnswer } from './jobs.ts';

const story = z.object({
  name: z.string(),
  query: z.string(),
  from: time.nullable(),
  to: time.nullable(),
  /** The stored trace; null before the first. */
  traced: provenance.nullable(),
});

const selection = z.strictObject({ query: z.string().max(10_000), from: moment.nullish(), to: moment.nullish() });

const counts = z.object({
  posts: z.number(),
  /** Posts that match but whose time is unknown: they cannot be traced. */
  withoutTime: z.number(),
  accounts: z.number(),
  from: time.nullable(),
  to: time.nullable(),
  platforms: z.array(z.object({ platform: z.string(), tier, posts: z.number(), from: time, to: time })),
});

const check = z.object({
  /** Null where the query can be read. `column` is 1-based. */
  problem: z.object({ message: z.string(), hint: z.string().nullable(), column: z.number().nullable() }).nullable(),
  counts: counts.nullable(),
});

const suggestion = z.object({
  kind: z.string(),
  value: z.string(),
  query: z.string(),
  inStory: z.number(),
  elsewhere: z.number(),
  logRatio: z.number(),
});

/** The result of a trace as `spillover trace --json` prints it (`src/analyses/trace/trace-result.ts`). */
const traceResult = z
  .custom<TraceResult>((value) => typeof value === 'object' && value !== null)
  .openapi({
    type: 'object',
    description: 'The result of a trace, as spillover trace --json prints it.',
  });

const bridgeEnd = z.object({ post: z.string(), platform: z.string(), account: z.string().nullable(), time });
const bridge = z.object({
  artifact: z.string(),
  kind: z.string(),
  from: bridgeEnd,
  to: bridgeEnd,
  lagSeconds: z.number(),
  certain: z.boolean(),
});

const roleEntry = z.object({
  account: z.string(),
  platform: z.string(),
  handle: z.string().nullable(),
  role,
  score: z.number(),
  low: z.number(),
  high: z.number(),
  significant: z.boolean(),
  pValue: z.number().optional(),
  evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  posts: z.array(z.string()),
});

const roleQuery = {
  q: z.string().max(200).optional(),
  role: role.optional(),
  platform: platformName.optional(),
  significant: z.enum(['true', 'false']).optional(),
  sort: z.string().max(60).default('score'),
  order: z.enum(['asc', 'desc']).default('desc'),
};

const volume = z.object({
  revision: z.number(),
  from: time.nullable(),
  to: time.nullable(),
  binMs: z.number(),
  bins: z.number(),
  total: z.number(),
  platforms: z.array(z.object({ platform: z.string(), tier, posts: z.number(), counts: z.array(z.number()) })),
});

export const storyEndpoints = {
  stories: endpoint('get', '/api/stories', 'All stories', { answer: z.object({ stories: z.array(story) }) }),
  addStory: endpoint('post', '/api/stories', 'Keep a query under a name', {
    body: selection.extend({ name: storyName, replace: z.boolean().default(false) }),
    answer: story,
  }),
  story: endpoint('get', '/api/stories/{story}', 'A story with the posts that it selects now', {
    params: storyParams,
    answer: story.extend({ counts }),
  }),
  removeStory: endpoint('delete', '/api/stories/{story}', 'Remove a story; its posts stay', {
    params: storyParams,
    answer: z.object({ removed: z.string() }),
  }),
  checkQuery: endpoint('post', '/api/query', 'Counts for a query that is being typed, or where its mistake is', {
    body: selection,
    answer: check,
    writes: false,
  }),
  suggestions: endpoint('get', '/api/stories/{story}/suggestions', 'Terms and artifacts that go with a story', {
    params: storyParams,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(15) }),
    answer: z.object({ story: z.string(), query: z.string(), suggestions: z.array(suggestion) }),
  }),
  runTrace: endpoint('post', '/api/stories/{story}/trace', 'Trace a story', {
    params: storyParams,
    body: z.strictObject({ options: z.record(z.string(), z.number()).default({}) }),
    answer: jobAnswer,
    status: 202,
  }),
  traceOptions: endpoint('get', '/api/trace-options', 'Options of a trace, with default, unit and help', {
    masked: 'own',
    answer: z.object({
      options: z.array(z.object({ name: z.string(), default: z.number(), unit: z.string(), help: z.string() })),
    }),
  }),
  trace: endpoint('get', '/api/stories/{story}/trace', 'The stored trace of a story', {
    params: storyParams,
    masked: 'own',
    answer: provenance.extend({ result: traceResult }),
  }),
  volume: endpoint('get', '/api/volume', 'Posts over time, per platform, at any zoom', {
    query: z.strictObject({
      ...postFilter,
      artifact: z.string().max(4000).optional(),
      bins: z.coerce.number().int().min(1).max(2000).default(240),
    }),
    answer: volume,
  }),
  roles: endpoint('get', '/api/stories/{story}/roles', 'Who did what in a story', {
    params: storyParams,
    query: z.strictObject({ ...roleQuery, ...page }),
    masked: 'own',
    answer: z.object({
      total: z.number(),
      /** How many accounts have each role, before filters. */
      counts: z.record(z.string(), z.number()),
      /** Names of evidence that occur, for a choice of columns. */
      evidence: z.array(z.string()),
      roles: z.array(roleEntry),
    }),
  }),
  rolesCsv: endpoint('get', '/api/stories/{story}/roles.csv', 'The roles table as CSV, filtered like the table', {
    params: storyParams,
    query: z.strictObject(roleQuery),
    masked: 'own',
    answer: z.string(),
    media: 'text/csv',
  }),
  bridges: endpoint('get', '/api/stories/{story}/bridges', 'How artifacts crossed between platforms', {
    params: storyParams,
    query: z.strictObject({
      ...page,
      kind: z.string().max(40).optional(),
      from: platformName.optional(),
      to: platformName.optional(),
      artifact: z.string().max(4000).optional(),
      account: reference.optional(),
      sort: z.enum(['time', 'lag', 'artifact']).default('time'),
      order: z.enum(['asc', 'desc']).default('asc'),
    }),
    masked: 'own',
    answer: z.object({
      total: z.number(),
      bridges: z.array(bridge),
      matrix: z.array(
        z.object({ from: z.string(), to: z.string(), bridges: z.number(), firstTime: time, lagSeconds: z.number() }),
      ),
      kinds: z.array(z.object({ kind: z.string(), bridges: z.number() })),
    }),
  }),
};
