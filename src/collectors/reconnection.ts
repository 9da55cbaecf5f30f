import { type BackoffLimits, backoffMs } from '../base/backoff.ts';
import { SourceError, UserError } from '../base/errors.ts';
import type { CollectorInput } from './collector.ts';

/** A connection that stood this long was a good one, even if nothing but signs of life came. */
const provedMs = 30_000;

/**
 * The waits between two connections to a stream. They grow while connections fail, also those that are taken and closed at once,
 * and begin anew after one that brought something or stood for half a minute.
 */
export class Reconnection {
  readonly #input: Pick<CollectorInput, 'world' | 'signal' | 'note'>;
  readonly #limits: BackoffLimits;
  readonly #hint: string;
  #attempt = 0;
  #opened = 0;

  /** `hint`: what to do about a refusal for good. */
  constructor(input: Pick<CollectorInput, 'world' | 'signal' | 'note'>, limits: BackoffLimits, hint: string) {
    this.#input = input;
    this.#limits = limits;
    this.#hint = hint;
  }

  opening(): void {
    this.#opened = this.#input.world.now();
  }

  heard(isContent: boolean): void {
    if (isContent || this.#input.world.now() - this.#opened >= provedMs) this.#attempt = 0;
  }

  /** Waits after a connection has failed. @throws the error itself where it is no trouble of the source; UserError for a refusal for good. */
  async waitAfter(error: unknown): Promise<void> {
    const { world, signal, note } = this.#input;
    signal.throwIfAborted();
    if (!(error instanceof SourceError)) throw error;
    if (!error.retryable) throw new UserError(`${error.message}.`, this.#hint, { cause: error });
    const wait = Math.max(error.waitMs, backoffMs(this.#attempt++, this.#limits, world.random));
    note(`${error.message}; connecting again in ${(wait / 1000).toFixed(1)} s`);
    await world.sleep(wait, signal);
  }
}
