import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { streamSSE } from 'hono/streaming';
import { maskAnswer } from '../../case/mask-answer.ts';
import { ApiFault } from '../api-fault.ts';
import type { jobEndpoints } from '../contract/jobs.ts';
import type { Handlers } from '../handler.ts';

export const jobHandlers: Handlers<keyof typeof jobEndpoints> = {
  jobs: async ({ jobs }) => ({ jobs: jobs.list() }),
  job: async ({ jobs }, { params }) => ({ job: found(jobs.find(params.job)) }),
  cancel: async ({ jobs }, { params }) => ({ job: found(jobs.cancel(params.job)) }),
  jobFile: async ({ products }, { params, mask }) => {
    const product = products.find(params.job, params.file);
    if (!product)
      throw new ApiFault(
        404,
        'not-found',
        'This file is no longer kept.',
        'Files of jobs go with the server: make it again.',
      );
    if (mask !== null && !product.isMasked)
      throw new ApiFault(
        403,
        'masked',
        'This file was made with names in it.',
        'Make it again while names are masked.',
      );
    return new Response(Readable.toWeb(createReadStream(product.path)) as ReadableStream, {
      headers: {
        'content-type': product.media,
        'content-length': String(statSync(product.path).size),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(product.name)}`,
      },
    });
  },
  events: async (bench, { context, mask }) =>
    streamSSE(context, async (stream) => {
      const ended = new Promise<void>((resolve) => stream.onAbort(resolve));
      let last = Promise.resolve();
      const send = (event: string, data: unknown) => {
        last = last
          .then(async () => {
            const shown = mask ? await bench.connections.read((reader) => maskAnswer(reader, data, mask)) : data;
            await stream.writeSSE({ event, data: JSON.stringify(shown) });
          })
          .catch(() => undefined);
      };
      const stop = bench.live.listen(({ event, data }) => send(event, data));
      for (const job of bench.jobs.list().reverse()) send('job', job);
      const beat = setInterval(() => send('beat', null), 15_000);
      await Promise.race([ended, bench.live.closed]);
      clearInterval(beat);
      stop();
    }),
};

function found<T>(one: T | null): T {
  if (one === null)
    throw new ApiFault(
      404,
      'not-found',
      'There is no such job.',
      'Jobs are forgotten when the server is started again; results stay in the case.',
    );
  return one;
}
