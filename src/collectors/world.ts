import { WebSocket } from 'ws';

/** What a collector needs of the outside, as one object with a real default: tests bring their own clock and servers. */
export interface World {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Rejects with the reason of the signal where that is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, for jitter. */
  random: () => number;
  fetch: typeof globalThis.fetch;
  openSocket: (url: string, options: { headers: Record<string, string>; maxPayload: number }) => WebSocket;
}

const longestTimer = 2 ** 31 - 1;

export const realWorld: World = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(ms, longestTimer),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
  random: Math.random,
  fetch: (input, init) => globalThis.fetch(input, init),
  openSocket: (url, options) => new WebSocket(url, { ...options, handshakeTimeout: 30_000, perMessageDeflate: false }),
};
