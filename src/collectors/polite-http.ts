import { backoffMs } from '../base/backoff.ts';
import { SourceError } from '../base/errors.ts';
import { Pace } from '../base/pace.ts';
import { retryAfterMs } from '../base/retry-after.ts';
import { silenceWatch } from './silence-watch.ts';
import { troubleInWords } from './trouble-in-words.ts';
import type { World } from './world.ts';

export interface PoliteSettings {
  /** Which source, for messages. */
  source: string;
  world: World;
  signal: AbortSignal;
  userAgent: string;
  note: (text: string) => void;
  /** Shortest time between two requests to one host. */
  intervalMs: number;
  /** A request that gives nothing for this long is given up. */
  timeoutMs?: number;
  maxBytes?: number;
  backoff?: { baseMs: number; capMs: number };
  /** Milliseconds to wait before the next request by the server's own counters; 0 where it says nothing. */
  quota?: (headers: Headers, now: number) => number;
}

/** What makes a later request conditional. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface HttpAnswer {
  status: number;
  text: string;
  headers: Headers;
  validators: Validators;
  /** When the request that was answered began, milliseconds since 1970. */
  asked: number;
}

interface RequestOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  validators?: Validators | null;
  /** Tries in all; without it the request is repeated until it is answered. */
  attempts?: number;
}

const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 32 * 1024 * 1024;
const defaultBackoff = { baseMs: 2_000, capMs: 300_000 };
const noteAgainMs = 600_000;

/** Paces are shared by all collectors that live in one world, so that two of them do not double the load on a host. */
const paces = new WeakMap<World, Map<string, Pace>>();

function paceOf(world: World, host: string, intervalMs: number): Pace {
  const known = paces.get(world) ?? new Map<string, Pace>();
  paces.set(world, known);
  const found = known.get(host);
  if (found && found.intervalMs >= intervalMs) return found;
  const pace = new Pace(intervalMs, world);
  known.set(host, pace);
  return pace;
}

/**
 * Requests with manners: paced per host, conditional, bounded in time and size, repeated with backoff after 429, 5xx and network
 * trouble, waiting as long as the server asks for. Other answers are returned, whatever their status.
 */
export class PoliteHttp {
  readonly #settings: PoliteSettings;
  #lastNote = 0;

  constructor(settings: PoliteSettings) {
    this.#settings = settings;
  }

  get(url: string, options: RequestOptions = {}): Promise<HttpAnswer> {
    return this.#repeat(url, options);
  }

  post(url: string, body: string, options: RequestOptions = {}): Promise<HttpAnswer> {
    return this.#repeat(url, { ...options, body, method: 'POST' });
  }

  /**
   * Opens an answer that never ends, such as a stream of lines. Yields pieces of text; throws SourceError where it breaks off, is
   * refused, or gives nothing for `idleMs`.
   */
  async *stream(url: string, headers: Record<string, string>, idleMs: number): AsyncGenerator<string> {
    const { world, signal, source } = this.#settings;
    const pace = this.#pace(url);
    const stop = new AbortController();
    const watch = silenceWatch(world, idleMs, () =>
      stop.abort(new SourceError(source, `nothing for ${idleMs} ms`, true)),
    );
    try {
      const response = await pace.run(
        () => world.fetch(url, { headers: this.#headers(headers), signal: AbortSignal.any([signal, stop.signal]) }),
        signal,
      );
      if (response.status !== 200 || !response.body) throw await this.#refusal(response, pace);
      const decoder = new TextDecoder();
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        watch.heard();
        yield decoder.decode(piece, { stream: true });
      }
      throw new SourceError(source, 'the server ended the stream', true);
    } catch (error) {
      signal.throwIfAborted();
      throw stop.signal.aborted ? stop.signal.reason : this.#named(error);
    } finally {
      watch.end();
      stop.abort(new SourceError(source, 'stream closed', true));
    }
  }

  async #repeat(url: string, options: RequestOptions): Promise<HttpAnswer> {
    const { world, signal, backoff = defaultBackoff } = this.#settings;
    const { attempts = Number.POSITIVE_INFINITY } = options;
    const pace = this.#pace(url);
    for (let attempt = 0; ; attempt++) {
      try {
        return await pace.run(() => this.#once(url, options, pace), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SourceError) || !error.retryable || attempt + 1 >= attempts) throw error;
        const wait = backoffMs(attempt, backoff, world.random);
        this.#noteTrouble(error, wait);
        await world.sleep(wait, signal);
      }
    }
  }

  async #once(url: string, options: RequestOptions, pace: Pace): Promise<HttpAnswer> {
    const { world, signal, source, timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = this.#settings;
    const { method = 'GET', headers = {}, body, validators } = options;
    const asked = world.now();
    const stop = new AbortController();
    const watch = silenceWatch(world, timeoutMs, () =>
      stop.abort(new SourceError(source, `no answer within ${timeoutMs} ms`, true)),
    );
    try {
      const response = await world.fetch(url, {
        method,
        headers: this.#headers({
          ...headers,
          ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
          ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
        }),
        signal: AbortSignal.any([signal, stop.signal]),
        ...(body === undefined ? {} : { body }),
      });
      if (response.status === 429 || response.status >= 500) throw await this.#refusal(response, pace);
      const text = await readBody(response, maxBytes, source, watch.heard);
      this.#obeyQuota(response.headers, pace);
      return {
        status: response.status,
        text,
        headers: response.headers,
        validators: { etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') },
        asked,
      };
    } catch (error) {
      signal.throwIfAborted();
      throw stop.signal.aborted ? stop.signal.reason : this.#named(error);
    } finally {
      watch.end();
    }
  }

  /** What a refusal means; Retry-After and quotas hold the whole host. */
  async #refusal(response: Response, pace: Pace): Promise<SourceError> {
    const { source, world } = this.#settings;
    const status = response.status;
    const wait = retryAfterMs(response.headers.get('retry-after'), world.now());
    if (wait > 0) pace.hold(wait);
    this.#obeyQuota(response.headers, pace);
    const text = await readBody(response, 100_000, source, () => {}).catch(() => '');
    const about = text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200);
    const asks = wait > 0 ? `, asks to wait ${Math.ceil(wait / 1000)} s` : '';
    return new SourceError(
      source,
      `the server answers ${status}${asks}${about === '' ? '' : ` (${about})`}`,
      status === 429 || status >= 500,
    );
  }

  #obeyQuota(headers: Headers, pace: Pace): void {
    const { quota, world } = this.#settings;
    const wait = quota?.(headers, world.now()) ?? 0;
    if (wait > 0) pace.hold(wait);
  }

  #pace(url: string): Pace {
    return paceOf(this.#settings.world, new URL(url).host, this.#settings.intervalMs);
  }

  #headers(more: Record<string, string>): Record<string, string> {
    return { 'user-agent': this.#settings.userAgent, 'accept-encoding': 'gzip, deflate, br', ...more };
  }

  /** Network trouble of the runtime as a SourceError; all else is a bug and stays what it is. */
  #named(error: unknown): unknown {
    if (error instanceof SourceError || !(error instanceof Error)) return error;
    const cause = error.cause instanceof Error ? error.cause : error;
    const code = (cause as NodeJS.ErrnoException).code;
    if (error instanceof TypeError && (error.cause !== undefined || /fetch failed|terminated/.test(error.message)))
      return new SourceError(this.#settings.source, `no connection (${troubleInWords(code ?? cause.message)})`, true, {
        cause: error,
      });
    return error;
  }

  #noteTrouble(error: SourceError, wait: number): void {
    const { world, note } = this.#settings;
    if (world.now() - this.#lastNote < noteAgainMs && this.#lastNote > 0) return;
    this.#lastNote = world.now();
    note(`${error.message}; trying again in ${(wait / 1000).toFixed(1)} s or later`);
  }
}

async function readBody(response: Response, maxBytes: number, source: string, heard: () => void): Promise<string> {
  if (!response.body) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    heard();
    bytes += piece.length;
    if (bytes > maxBytes) throw new SourceError(source, `an answer of more than ${maxBytes} bytes`, false);
    parts.push(piece);
  }
  return Buffer.concat(parts).toString('utf8');
}
