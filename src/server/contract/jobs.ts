import { z } from '@hono/zod-openapi';
import { time } from './common.ts';
import { endpoint } from './endpoint.ts';

const jobKind = z.enum(['import', 'trace', 'analysis', 'network', 'collect', 'export', 'compare', 'removal', 'demo']);

/** Work that runs in the server, one at a time in order of asking. It goes on when the page is closed. */
export const job = z
  .object({
    id: z.string(),
    kind: jobKind,
    title: z.string(),
    story: z.string().nullable(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    created: time,
    started: time.nullable(),
    finished: time.nullable(),
    progress: z
      .object({
        step: z.string(),
        done: z.number().nullable(),
        total: z.number().nullable(),
        unit: z.enum(['bytes', 'records', 'steps']),
      })
      .nullable(),
    notes: z.array(z.string()),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
    /** Import: `{sources, failed, totals}`; exports and comparisons: `{files: [{name, bytes, href}]}`; others: where the result lies, `{href}`. */
    result: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('Job');

export const jobAnswer = z.object({ job });

const one = z.strictObject({ job: z.string().regex(/^[a-f0-9]{24}$/, 'a job id') });

/** Events of `/api/events`: `event:` is the key, `data:` the JSON of the value. */
export const liveEvents = z.object({
  /** A job changed; also sent once for every job when the stream begins. */
  job,
  /** Something of the case changed: fetch again what shows it. */
  change: z.object({
    what: z.enum([
      'posts',
      'stories',
      'results',
      'context',
      'timeline',
      'report',
      'uploads',
      'networks',
      'collections',
      'alerts',
    ]),
    story: z.string().nullable(),
    revision: z.number(),
  }),
});

export const jobEndpoints = {
  jobs: endpoint('get', '/api/jobs', 'Jobs of this run of the server, newest first', {
    answer: z.object({ jobs: z.array(job) }),
  }),
  job: endpoint('get', '/api/jobs/{job}', 'One job', { params: one, answer: jobAnswer }),
  cancel: endpoint('post', '/api/jobs/{job}/cancel', 'Stop a job; what was whole before stays', {
    params: one,
    answer: jobAnswer,
    writes: false,
  }),
  jobFile: endpoint('get', '/api/jobs/{job}/files/{file}', 'A file that a job made, as its result names it', {
    params: one.extend({ file: z.string().max(300) }),
    masked: 'own',
    answer: z.string(),
    media: 'application/octet-stream',
  }),
  events: endpoint('get', '/api/events', 'Server-sent events: jobs and changes of the case', {
    masked: 'own',
    answer: z.string(),
    media: 'text/event-stream',
  }),
};
