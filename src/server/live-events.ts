import type { LiveEvents } from './api-types.ts';

export type LiveEvent = { [Kind in keyof LiveEvents]: { event: Kind; data: LiveEvents[Kind] } }[keyof LiveEvents];

/** Sends what happens to every page that listens. */
export class LiveChannel {
  readonly #listeners = new Set<(event: LiveEvent) => void>();

  /** Resolves when the server stops: streams that wait for it end. */
  readonly closed: Promise<void>;
  readonly close: () => void;

  constructor() {
    let close = (): void => undefined;
    this.closed = new Promise((resolve) => {
      close = resolve;
    });
    this.close = close;
  }

  /** Calls `listener` for every event until the returned function is called. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
