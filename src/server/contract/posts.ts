import { z } from '@hono/zod-openapi';
import { page, postFilter, reference, role, tier, time } from './common.ts';
import { endpoint } from './endpoint.ts';

/** A post as evidence: text is plain text, never HTML. */
export const post = z
  .object({
    /** `platform/post_id` */
    post: z.string(),
    platform: z.string(),
    tier,
    /** `platform/account_id`; null on anonymous boards. */
    account: z.string().nullable(),
    handle: z.string().nullable(),
    name: z.string().nullable(),
    time: time.nullable(),
    precisionMs: z.number().nullable(),
    kind: z.string(),
    /** `platform/post_id` of what it reshares, answers or quotes. */
    parent: z.string().nullable(),
    text: z.string().nullable(),
    /** True where `text` was cut to 4,000 characters; `/api/post` gives all of it. */
    cut: z.boolean(),
    lang: z.string().nullable(),
    permalink: z.string().nullable(),
    likes: z.number().nullable(),
    reshares: z.number().nullable(),
    replies: z.number().nullable(),
    views: z.number().nullable(),
    reach: z.number().nullable(),
    collectedAt: time.nullable(),
    editedAt: time.nullable(),
    deletedAt: time.nullable(),
    warnings: z.array(z.string()),
    source: z.object({ key: z.number(), file: z.string(), line: z.number().nullable(), place: z.string().nullable() }),
  })
  .openapi('Post');

const original = z.object({
  post: z.string(),
  file: z.string(),
  format: z.string(),
  sha256: z.string(),
  line: z.number().nullable(),
  place: z.string().nullable(),
  /** The record as it stands in the file; null with a reason where the file is no longer there. */
  record: z.string().nullable(),
  cut: z.boolean(),
  missing: z.string().nullable(),
});

const activity = z.object({ time, posts: z.number() });

const accountPage = z.object({
  account: z.string(),
  platform: z.string(),
  tier,
  handle: z.string().nullable(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  createdAt: time.nullable(),
  followers: z.number().nullable(),
  following: z.number().nullable(),
  declaredPosts: z.number().nullable(),
  verified: z.boolean().nullable(),
  defaultProfile: z.boolean().nullable(),
  /** What the case holds of it. */
  posts: z.number(),
  from: time.nullable(),
  to: time.nullable(),
  kinds: z.array(z.object({ kind: z.string(), posts: z.number() })),
  binMs: z.number(),
  activity: z.array(activity),
  /** Posts per hour of the day, UTC, 24 numbers. */
  hours: z.array(z.number()),
  artifacts: z.array(z.object({ kind: z.string(), value: z.string(), posts: z.number() })),
  resharedMost: z.array(z.object({ account: z.string(), handle: z.string().nullable(), posts: z.number() })),
  resharedBy: z.number(),
  roles: z.array(
    z.object({
      story: z.string(),
      role,
      score: z.number(),
      low: z.number(),
      high: z.number(),
      significant: z.boolean(),
      evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      posts: z.array(z.string()),
    }),
  ),
  /** Signs from stored analyses of the case; each says where it is from. Never a verdict. */
  signs: z.array(z.object({ analysis: z.string(), story: z.string().nullable(), text: z.string() })),
});

const accountRow = z.object({
  account: z.string(),
  platform: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  followers: z.number().nullable(),
  posts: z.number(),
});

const artifactRow = z.object({ kind: z.string(), value: z.string(), posts: z.number(), accounts: z.number() });

export const postEndpoints = {
  posts: endpoint('get', '/api/posts', 'Posts by filter, a page at a time', {
    query: z.strictObject({
      ...postFilter,
      ...page,
      /** `kind:value`, e.g. `hashtag:macronleaks` or `url:https://…`, as artifacts are written elsewhere. */
      artifact: z.string().max(4000).optional(),
      text: z.string().max(500).optional(),
      sort: z.enum(['time', 'reshares', 'likes', 'reach']).default('time'),
      order: z.enum(['asc', 'desc']).default('asc'),
    }),
    answer: z.object({ total: z.number(), posts: z.array(post) }),
  }),
  postsById: endpoint('post', '/api/posts/by-id', 'Posts by their ids, in the order asked', {
    body: z.strictObject({ posts: z.array(reference).min(1).max(500) }),
    answer: z.object({ posts: z.array(post), missing: z.array(z.string()) }),
    writes: false,
  }),
  post: endpoint('get', '/api/post', 'One post, whole, with its artifacts', {
    query: z.strictObject({ id: reference }),
    answer: post.extend({
      artifacts: z.array(z.object({ kind: z.string(), value: z.string(), display: z.string().nullable() })),
      /** Local clock time of the record, where it had one. */
      localTime: z.string().nullable(),
      inCase: z.object({ reshares: z.number(), replies: z.number(), quotes: z.number() }),
    }),
  }),
  original: endpoint('get', '/api/post/original', 'The record as it stands in the imported file', {
    query: z.strictObject({ id: reference }),
    answer: original,
  }),
  account: endpoint('get', '/api/account', 'One account: activity, artifacts, roles, signs', {
    query: z.strictObject({ id: reference, bins: z.coerce.number().int().min(1).max(1000).default(120) }),
    answer: accountPage,
  }),
  accounts: endpoint('get', '/api/accounts', 'Search accounts by handle, name or id', {
    query: z.strictObject({ q: z.string().max(200), ...page }),
    answer: z.object({ accounts: z.array(accountRow) }),
  }),
  artifacts: endpoint('get', '/api/artifacts', 'What is shared most, in the case or a story', {
    query: z.strictObject({
      ...postFilter,
      ...page,
      artifactKind: z.string().max(20).optional(),
      q: z.string().max(500).optional(),
    }),
    answer: z.object({ artifacts: z.array(artifactRow) }),
  }),
  active: endpoint('get', '/api/active', 'Who posts most, in the case, a story or a brushed window', {
    query: z.strictObject({
      ...postFilter,
      artifact: z.string().max(4000).optional(),
      limit: page.limit,
    }),
    answer: z.object({
      posts: z.number(),
      accounts: z.number(),
      active: z.array(
        z.object({
          account: z.string(),
          platform: z.string(),
          handle: z.string().nullable(),
          posts: z.number(),
          first: time,
          last: time,
        }),
      ),
    }),
  }),
};
