type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Lets one task run at a time, each beginning at least `intervalMs` after the one before it ended, so that a server never sees
 * two of them closer than that, whatever the delays of the network and jumps of the clock.
 */
export class Pace {
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly intervalMs: number;
  #heldSince = 0;
  #holdMs = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(intervalMs: number, clock: { now: () => number; sleep: Sleep }) {
    this.intervalMs = intervalMs;
    this.#now = clock.now;
    this.#sleep = clock.sleep;
  }

  /** No task begins within the next `ms` milliseconds: what a server asks for with Retry-After or a used-up quota. */
  hold(ms: number): void {
    if (ms <= this.#left()) return;
    this.#heldSince = this.#now();
    this.#holdMs = ms;
  }

  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#last.then(async () => {
      for (let wait = this.#left(); wait > 0; wait = this.#left()) await this.#sleep(wait, signal);
      signal?.throwIfAborted();
      try {
        return await task();
      } finally {
        this.hold(this.intervalMs);
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** A clock that was set back starts the same wait anew instead of making it longer. */
  #left(): number {
    const now = this.#now();
    this.#heldSince = Math.min(this.#heldSince, now);
    return this.#holdMs - (now - this.#heldSince);
  }
}
