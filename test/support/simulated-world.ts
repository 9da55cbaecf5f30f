import { setImmediate as nextTurn } from 'node:timers/promises';
import { Random } from '../../src/base/random.ts';
import { realWorld, type World } from '../../src/collectors/world.ts';
import { neverAnswered, requestNumber } from './fakes/never-answered.ts';

interface Waiter {
  due: number;
  order: number;
  wake: () => void;
}

let requests = 0;
const isStream = (url: string) => /\/streaming\/|\/search\/stream\?/.test(url);

/**
 * A world whose clock jumps to the next sleeper as soon as nobody is waiting for an answer, so that days pass in seconds and
 * always in the same way, however slow the machine is. Nobody waits for a request that its fake will never answer; while a stream is
 * open, its clock stands.
 */
export class SimulatedWorld implements World {
  #time: number;
  #waiters: Waiter[] = [];
  #order = 0;
  readonly #asking = new Set<string>();
  #isPumping = false;
  readonly random: () => number;
  readonly #fetch: typeof globalThis.fetch;

  constructor(start: number, fetch: typeof globalThis.fetch = globalThis.fetch, seed = 1) {
    this.#time = start;
    this.#fetch = fetch;
    const random = new Random(seed);
    this.random = () => random.uniform();
  }

  now = (): number => this.#time;

  /** Moves the clock without waking anybody, as when somebody sets it. */
  setClock(time: number): void {
    const by = time - this.#time;
    this.#time = time;
    for (const waiter of this.#waiters) waiter.due += by;
  }

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const waiter: Waiter = { due: this.#time + Math.max(0, ms), order: this.#order++, wake };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', stop, { once: true });
      void this.#pump();
    });

  /** Does something at a time of this clock, milliseconds after now. */
  after(ms: number, work: () => void): void {
    void this.sleep(ms).then(work);
  }

  fetch: typeof globalThis.fetch = async (input, init) => {
    const number = String(requests++);
    this.#asking.add(number);
    try {
      const headers = { ...(init?.headers as Record<string, string>), [requestNumber]: number };
      const response = await this.#fetch(input, { ...init, headers });
      if (response.status === 200 && isStream(String(input))) {
        init?.signal?.addEventListener('abort', () => this.#asking.delete(number), { once: true });
        const end = new TransformStream({ flush: () => void this.#asking.delete(number) });
        return new Response(response.body!.pipeThrough(end), response);
      }
      const body = await response.arrayBuffer();
      this.#asking.delete(number);
      return new Response(body.byteLength === 0 ? null : body, response);
    } catch (error) {
      this.#asking.delete(number);
      throw error;
    }
  };

  openSocket: World['openSocket'] = (url, options) => {
    const number = String(requests++);
    this.#asking.add(number);
    const socket = realWorld.openSocket(url, options);
    const isOver = () => this.#asking.delete(number);
    for (const event of ['close', 'error', 'unexpected-response']) socket.on(event, isOver);
    const terminate = socket.terminate.bind(socket);
    socket.terminate = () => {
      isOver();
      terminate();
    };
    return socket;
  };

  #isAwaited(): boolean {
    for (const number of this.#asking) if (!neverAnswered.has(number)) return true;
    return false;
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#waiters.length > 0) {
      await nextTurn();
      await nextTurn();
      while (this.#isAwaited()) await nextTurn();
      let next = this.#waiters[0];
      if (!next) break;
      for (const one of this.#waiters)
        if (one.due < next.due || (one.due === next.due && one.order < next.order)) next = one;
      this.#waiters = this.#waiters.filter((one) => one !== next);
      this.#time = Math.max(this.#time, next.due);
      next.wake();
    }
    this.#isPumping = false;
  }
}
