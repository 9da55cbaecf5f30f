import { z } from '@hono/zod-openapi';
import { time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { jobAnswer } from './jobs.ts';

const uploadId = z.string().regex(/^[a-f0-9]{24}$/, 'an upload id');

/** A column map as `docs/reference` describes it; checked when it is used. */
const columnMap = z.record(z.string(), z.unknown());

/** How a file is to be read; everything may be left to recognition. */
const reading = z.strictObject({
  format: z.string().max(100).optional(),
  map: columnMap.optional(),
  platform: z.string().max(40).optional(),
  board: z.string().max(40).optional(),
  zone: z.string().max(60).optional(),
});

const upload = z.object({
  id: z.string(),
  /** Name as it was dropped, with its folders. */
  name: z.string(),
  bytes: z.number(),
  received: time,
  /** Importer that recognised it; null: it needs a column map. */
  format: z.string().nullable(),
  formatTitle: z.string().nullable(),
});

const preview = z.object({
  upload,
  /** How it was read for this preview; `column-map` with a map. Null where nothing fits yet. */
  readAs: z.object({ id: z.string(), title: z.string(), notes: z.array(z.string()) }).nullable(),
  /** Columns of the file with their first values, where it is a table. */
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  /** First column map for a table that no format recognises, with a reason for each field in `_why`. */
  suggestedMap: columnMap.nullable(),
  /** What the first records become. */
  posts: z.array(
    z.object({
      platform: z.string().nullable(),
      postId: z.string().nullable(),
      account: z.string().nullable(),
      handle: z.string().nullable(),
      time: time.nullable(),
      kind: z.string().nullable(),
      text: z.string().nullable(),
      urls: z.array(z.string()),
      hashtags: z.array(z.string()),
      permalink: z.string().nullable(),
      line: z.number().nullable(),
    }),
  ),
  records: z.number(),
  problems: z.array(
    z.object({
      line: z.number().nullable(),
      reason: z.string(),
      detail: z.string().nullable(),
      sample: z.string().nullable(),
    }),
  ),
  /** True where only the beginning of the file was read. */
  partial: z.boolean(),
  error: z.object({ message: z.string(), hint: z.string().nullable() }).nullable(),
});

const one = z.strictObject({ upload: uploadId });
const source = z.strictObject({ source: z.string().regex(/^\d{1,9}$/, 'the key of a source') });

const removal = z.object({
  file: z.string(),
  posts: z.number(),
  embedded: z.number(),
  shares: z.number(),
  problems: z.number(),
  accounts: z.number(),
  artifacts: z.number(),
  /** Posts that another source holds too: they stay. */
  kept: z.number(),
});

export const fileEndpoints = {
  /** The body is the file's bytes (`application/octet-stream`), streamed. */
  upload: endpoint('post', '/api/uploads', 'Send one file; the body is its bytes', {
    query: z.strictObject({ name: z.string().min(1).max(1000) }),
    answer: upload,
  }),
  uploads: endpoint('get', '/api/uploads', 'Files that were sent and not imported yet', {
    answer: z.object({ uploads: z.array(upload) }),
  }),
  preview: endpoint('post', '/api/uploads/{upload}/preview', 'What a file is and what its first records become', {
    params: one,
    body: reading,
    answer: preview,
  }),
  discard: endpoint('delete', '/api/uploads/{upload}', 'Forget a file that was sent', {
    params: one,
    answer: z.object({ discarded: z.string() }),
  }),
  importUploads: endpoint('post', '/api/imports', 'Import files that were sent', {
    body: reading.extend({ uploads: z.array(uploadId).min(1).max(5000) }),
    answer: jobAnswer,
    status: 202,
  }),
  tryRemoval: endpoint('get', '/api/sources/{source}/removal', 'What would go with an imported file', {
    params: source,
    answer: removal,
    writes: true,
  }),
  removeSource: endpoint(
    'delete',
    '/api/sources/{source}',
    'Take an imported file out of the case, with what only it brought',
    {
      params: source,
      answer: jobAnswer,
      status: 202,
    },
  ),
};
