import { z } from '@hono/zod-openapi';
import { time } from './common.ts';
import { endpoint } from './endpoint.ts';

const value = z.union([
  z.string().max(2000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(2000)).max(500),
  z.null(),
]);

const collector = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  /** What one should know of the source before asking it. */
  manners: z.string(),
  options: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['text', 'list', 'integer', 'yes/no', 'choice']),
      default: value,
      choices: z.array(z.string()).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      required: z.boolean(),
      help: z.string(),
    }),
  ),
  /** Secrets come from the environment of the server or its credentials file, never over HTTP. */
  secrets: z.array(z.object({ variable: z.string(), about: z.string(), required: z.boolean(), isSet: z.boolean() })),
});

const collection = z.object({
  name: z.string(),
  collector: z.string(),
  title: z.string(),
  options: z.record(z.string(), z.unknown()),
  started: time,
  state: z.enum(['running', 'stopping', 'stopped', 'failed']),
  error: z.object({ message: z.string(), hint: z.string().nullable() }).nullable(),
  notes: z.array(z.string()),
  /** Of this run; null where it does not run here. */
  progress: z
    .object({
      records: z.number(),
      recordsPerSecond: z.number(),
      lagSeconds: z.number().nullable(),
      deletions: z.number(),
      postsAdded: z.number(),
      waitingSegments: z.number(),
    })
    .nullable(),
  spans: z.array(z.object({ from: time, to: time, posts: z.number() })),
  gaps: z.array(
    z.object({
      from: time,
      to: time,
      cause: z.string(),
      missed: z.number().nullable(),
      flag: z.enum(['gap', 'capped', 'late']),
    }),
  ),
});

const collectionName = z
  .string()
  .regex(/^[\w.-]{1,120}$/, 'letters, digits, dot and dash')
  .refine((name) => name !== '.' && name !== '..', 'letters, digits, dot and dash');

const collections = z.object({ collections: z.array(collection) });

export const collectionEndpoints = {
  collectors: endpoint('get', '/api/collectors', 'Live sources with their options', {
    masked: 'own',
    answer: z.object({ collectors: z.array(collector) }),
  }),
  collections: endpoint('get', '/api/collections', 'Collections of the case: what runs, and what was collected when', {
    answer: collections,
  }),
  startCollection: endpoint('post', '/api/collections', 'Start a collection, or go on with one', {
    body: z.strictObject({
      collector: z.string().regex(/^[a-z0-9-]{1,40}$/),
      options: z.record(z.string().max(60), value).default({}),
      name: collectionName.optional(),
      /** Mail or web address of who collects, told to the servers. */
      contact: z.string().max(200).optional(),
      respectDeletions: z.boolean().default(false),
      max: z.number().int().min(1).optional(),
    }),
    answer: collections,
  }),
  continueCollection: endpoint(
    'post',
    '/api/collections/{collection}/start',
    'Go on with a collection that was stopped',
    {
      params: z.strictObject({ collection: collectionName }),
      answer: collections,
    },
  ),
  stopCollection: endpoint('post', '/api/collections/{collection}/stop', 'End a collection; what came is imported', {
    params: z.strictObject({ collection: collectionName }),
    answer: collections,
  }),
};
