import { z } from '@hono/zod-openapi';
import { page, tier, time } from './common.ts';
import { endpoint } from './endpoint.ts';

const session = z.object({
  version: z.string(),
  /** Last part of the case's directory. */
  name: z.string(),
  directory: z.string(),
  /** True also where names are masked: nothing can be changed. */
  readOnly: z.boolean(),
  /** Whether names are masked for this browser, and whether the server was started so that they always are. */
  masked: z.enum(['no', 'yes', 'always']),
  /** Grows with every import; results of an older revision are stale. */
  revision: z.number(),
  posts: z.number(),
  stories: z.number(),
  limits: z.object({ uploadBytes: z.number(), bodyBytes: z.number(), page: z.number() }),
});

const status = z.object({
  revision: z.number(),
  totals: z.object({
    recordsRead: z.number(),
    postsAdded: z.number(),
    duplicates: z.number(),
    problems: z.number(),
    embedded: z.number(),
  }),
  sources: z.array(
    z.object({
      key: z.number(),
      file: z.string(),
      format: z.string(),
      title: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      imported: time.nullable(),
      recordsRead: z.number(),
      postsAdded: z.number(),
      duplicates: z.number(),
      problems: z.number(),
      embedded: z.number(),
      notes: z.array(z.string()),
    }),
  ),
  platforms: z.array(
    z.object({
      platform: z.string(),
      tier,
      posts: z.number(),
      embedded: z.number(),
      accounts: z.number(),
      from: time.nullable(),
      to: time.nullable(),
      withoutTime: z.number(),
      deleted: z.number(),
      precisionMs: z.tuple([z.number().nullable(), z.number().nullable()]),
    }),
  ),
  artifacts: z.array(z.object({ kind: z.string(), artifacts: z.number(), shares: z.number() })),
  kinds: z.array(z.object({ kind: z.string(), posts: z.number() })),
  warnings: z.array(z.object({ warning: z.string(), posts: z.number() })),
  textClusters: z
    .object({ texts: z.number(), clusters: z.number(), clustered: z.number(), stale: z.boolean() })
    .nullable(),
});

const span = z.object({ from: time, to: time });

const coverage = z.object({
  from: time.nullable(),
  to: time.nullable(),
  binMs: z.number(),
  bins: z.number(),
  platforms: z.array(
    z.object({
      platform: z.string(),
      tier,
      posts: z.number(),
      /** Posts per bin, from `from` on. */
      counts: z.array(z.number()),
      /** What the analyst or a collector declared to be collected. */
      declared: z.array(span.extend({ loss: z.number(), accounts: z.array(z.string()) })),
      gaps: z.array(span),
      /** Stretches whose counts are suspiciously equal: a capped stream. */
      capped: z.array(span),
      /** Stretches in which a file or collector says that posts were lost, and how many. */
      losses: z.array(
        z.object({
          from: time.nullable(),
          to: time.nullable(),
          source: z.string(),
          missed: z.number().nullable(),
          flag: z.string().nullable(),
        }),
      ),
    }),
  ),
});

const problems = z.object({
  total: z.number(),
  notPosts: z.number(),
  /** What each reason means, in words. */
  reasons: z.record(z.string(), z.string()),
  groups: z.array(
    z.object({
      /** The file, or one of them where several (`files`) have such problems. */
      file: z.string(),
      files: z.number(),
      reason: z.string(),
      detail: z.string().nullable(),
      /** True for records that never were posts: nothing is lost with them. */
      notPost: z.boolean(),
      problems: z.number(),
    }),
  ),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number().nullable(),
      place: z.string().nullable(),
      reason: z.string(),
      detail: z.string().nullable(),
      sample: z.string().nullable(),
    }),
  ),
});

const formats = z.object({
  formats: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      about: z.string(),
      platforms: z.array(z.string()),
      notes: z.array(z.string()),
    }),
  ),
});

export const caseEndpoints = {
  session: endpoint('get', '/api/session', 'What is open: case, version, whether it can be changed', {
    answer: session,
  }),
  status: endpoint('get', '/api/status', 'Sources, platforms, artifacts and marks on posts', { answer: status }),
  coverage: endpoint('get', '/api/coverage', 'When which platform was collected, as a strip of bins', {
    query: z.strictObject({ bins: z.coerce.number().int().min(10).max(2000).default(180) }),
    answer: coverage,
  }),
  problems: endpoint('get', '/api/problems', 'Records that could not become posts, by reason and one by one', {
    query: z.strictObject({ ...page, reason: z.string().max(200).optional(), file: z.string().max(1000).optional() }),
    answer: problems,
  }),
  formats: endpoint('get', '/api/formats', 'The formats that can be imported', { masked: 'own', answer: formats }),
};
