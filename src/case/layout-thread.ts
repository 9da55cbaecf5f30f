import { Worker } from 'node:worker_threads';
import { StoppedError } from '../base/errors.ts';
import type { NetworkLayout, NetworkToDraw } from '../base/network-layout.ts';

/** Lays a network out in a thread of its own. */
export function layOutInThread(network: NetworkToDraw, signal?: AbortSignal): Promise<NetworkLayout> {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(isSource ? './layout-worker.ts' : './layout-worker.js', import.meta.url);
  const worker = isSource
    ? new Worker(
        `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(entry.href)}, ${JSON.stringify(entry.href)}))`,
        {
          eval: true,
          workerData: network,
        },
      )
    : new Worker(entry, { workerData: network });
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new StoppedError());
      void worker.terminate();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code !== 0) reject(new Error(`the layout ended with code ${code}`));
    });
  });
}
