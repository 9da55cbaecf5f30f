import { z } from '@hono/zod-openapi';

/** UTC, ISO 8601 with Z; milliseconds where the data has them. */
export const time = z.string().openapi({ format: 'date-time' });

/** A moment in a request, in ISO 8601 with a zone; becomes a Date. */
export const moment = z.iso.datetime({ offset: true, error: 'write times as 2017-05-05T18:30:00Z' });

export const tier = z.enum(['fringe', 'social', 'mainstream']);
export const role = z.enum(['origin', 'catalyst', 'booster', 'influencer', 'mainstream', 'participant']);
export const postKind = z.enum(['original', 'reshare', 'reply', 'quote']);

/** `platform/id` of a post or an account; the id may hold slashes. */
export const reference = z
  .string()
  .max(2000)
  .regex(/^[a-z0-9_-]+\/.+$/is, 'write it as platform/id');

export const storyName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u, 'letters, digits, dots, dashes and underscores');
export const storyParams = z.strictObject({ story: storyName });

/** Comma-separated in a query string. */
export const listOf = (one: z.ZodType<string, string>, most = 50) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(one).max(most));

export const platformName = z
  .string()
  .max(40)
  .regex(/^[a-z0-9_.-]+$/i);

export const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
};

/** Which posts: everything that is left out does not restrict. */
export const postFilter = {
  story: storyName.optional(),
  from: moment.optional(),
  to: moment.optional(),
  platform: listOf(platformName).optional(),
  account: reference.optional(),
  kind: listOf(postKind).optional(),
};

/** How a stored result stands to the case: `stale` once something was imported or the story was changed after it. */
export const provenance = z.object({
  version: z.string(),
  created: time,
  caseRevision: z.number(),
  stale: z.boolean(),
});

/** The one shape of every failed answer. */
export const apiError = z
  .object({
    error: z.object({
      /** e.g. `not-found`, `bad-request`, `forbidden`, `read-only`, `too-large`, `query`, `bug` */
      code: z.string(),
      message: z.string(),
      hint: z.string().nullable(),
    }),
  })
  .openapi('Error');
export type ApiError = z.output<typeof apiError>;
