import { z } from '@hono/zod-openapi';
import { page, storyName, time } from './common.ts';
import { endpoint } from './endpoint.ts';

const alert = z.object({
  number: z.number(),
  rule: z.string(),
  /** The rule in words. */
  title: z.string(),
  story: z.string().nullable(),
  /** What it is about: an artifact, an account, a story. */
  subject: z.string(),
  /** When it happened, and when the watch noticed. */
  at: time,
  noticed: time,
  headline: z.string(),
  reasons: z.array(z.string()),
  posts: z.array(z.string()),
  score: z.object({ probability: z.number(), withinHours: z.number(), reasons: z.array(z.string()) }).nullable(),
  /** What the watch could not see then. */
  blind: z.array(z.string()),
  urgent: z.boolean(),
  acknowledged: time.nullable(),
  note: z.string().nullable(),
  deliveries: z.array(
    z.object({
      output: z.string(),
      state: z.enum(['waiting', 'delivered', 'refused', 'given-up']),
      trouble: z.string().nullable(),
    }),
  ),
});

const answer = z.object({
  total: z.number(),
  /** Alerts of the case that nobody acknowledged. */
  open: z.number(),
  alerts: z.array(alert),
});

export const alertEndpoints = {
  alerts: endpoint('get', '/api/alerts', 'What the watch noticed, newest first', {
    query: z.strictObject({ ...page, story: storyName.optional(), open: z.enum(['true', 'false']).optional() }),
    answer,
  }),
  acknowledge: endpoint(
    'post',
    '/api/alerts/acknowledge',
    'Mark alerts as seen by a person; a note says what came of it',
    {
      body: z.strictObject({
        alerts: z.array(z.number().int().min(1)).min(1).max(500),
        note: z.string().trim().max(2000).nullish(),
      }),
      answer: z.object({ open: z.number() }),
    },
  ),
};
