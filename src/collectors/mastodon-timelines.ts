import { SourceError } from '../base/errors.ts';
import type { CollectorInput } from './collector.ts';
import { authorization } from './mastodon-access.ts';
import { matchTerms } from './match-terms.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import { PoliteHttp } from './polite-http.ts';
import { readList, readObject } from './read-answer.ts';
import { listOption } from './read-collector-options.ts';

export interface Timeline {
  stream: 'public' | 'public:local' | 'hashtag' | 'hashtag:local';
  tag: string | null;
}

interface Status {
  id?: unknown;
}

interface Cursor {
  newest: Record<string, string>;
  /** Ids that were read, newest last; cursors of earlier versions have none. */
  recent?: Record<string, readonly string[]>;
  read: number | null;
}

/** What names a timeline in the cursor. */
export const timelineKey = ({ stream, tag }: Timeline): string => `${stream}/${tag ?? ''}`;

const pageSize = 40;
/** A break is mended with up to so many pages of a timeline. */
const mostPages = 200;

/**
 * A post of another server gets an id by the time at which it was written there, so one that arrives late stands below what was
 * read: every look begins so much earlier, but not more than so many posts.
 */
const overlapMs = 120_000;
const overlapPosts = 5 * pageSize;

/** Ids are numbers as text that grow with time; also longer than a JavaScript number. */
const isNewer = (a: string, b: string) => (a.length === b.length ? a > b : a.length > b.length);

/** The id as old as `ms` before this one: the upper 48 bits are milliseconds (Mastodon, lib/mastodon/snowflake.rb). Ids of old servers only count. */
const earlierId = (id: string, ms: number): string =>
  /^\d{17,19}$/.test(id) ? String(BigInt(id) - (BigInt(ms) << 16n)) : id;

/** The timelines of one server by page, and how far each was read. */
export class MastodonTimelines {
  readonly http: PoliteHttp;
  readonly #input: CollectorInput;
  readonly #server: string;
  readonly #matches: (record: unknown) => boolean;
  readonly #newest: Record<string, string>;
  /** Ids that were read, newest last, by timeline. */
  readonly #recent: Map<string, string[]>;
  /** Until when everything was received; milliseconds since 1970, null before the first time. */
  lastRead: number | null;

  constructor(input: CollectorInput, server: string) {
    const cursor = input.cursor as Cursor | null;
    this.#input = input;
    this.#server = server;
    this.#newest = { ...cursor?.newest };
    this.#recent = new Map(Object.entries(cursor?.recent ?? {}).map(([key, ids]) => [key, [...ids]]));
    this.lastRead = cursor?.read ?? null;
    this.#matches = matchTerms(listOption(input.options, 'match'));
    this.http = new PoliteHttp({ source: 'mastodon', ...input, intervalMs: 1_000, quota });
  }

  cursor(): Cursor {
    const recent = Object.fromEntries([...this.#recent].map(([key, ids]) => [key, [...ids]]));
    return { newest: { ...this.#newest }, recent, read: this.lastRead };
  }

  /**
   * Whether a status in JSON is wanted; what is no JSON is kept, so that it ends in the list of problems. A status that a stream
   * brought moves its timeline on, so that a break is mended from there.
   */
  takes(payload: string, timeline: string | null): boolean {
    try {
      const status = JSON.parse(payload) as Status | null;
      if (timeline !== null) this.#moveOn(timeline, status?.id);
      return this.#matches(status);
    } catch (error) {
      if (error instanceof SyntaxError) return true;
      throw error;
    }
  }

  /** Another host may stream for this one. */
  async streamingServer(): Promise<string> {
    const answer = await this.http.get(`${this.#server}/api/v2/instance`, { headers: authorization(this.#input) });
    if (answer.status !== 200) return this.#server;
    const { configuration } = readObject('mastodon', answer.text) as {
      configuration?: { urls?: { streaming?: unknown } };
    };
    const told = configuration?.urls?.streaming;
    return typeof told === 'string' && URL.canParse(told) ? told : this.#server;
  }

  /**
   * Statuses that are newer than what was read, oldest page first; of a timeline that was never read its newest page. The last
   * batch says whether the timeline gave everything.
   */
  async *newer(timeline: Timeline): AsyncGenerator<{ records: string[]; ended?: 'whole' | 'limit' }> {
    const key = timelineKey(timeline);
    const isFirst = this.#newest[key] === undefined;
    const recent = this.#recent.get(key) ?? [];
    const known = new Set(recent);
    let since = isFirst ? null : this.#overlap(key, recent);
    for (let page = 0; page < mostPages; page++) {
      const before = since;
      const statuses = await this.#page(timeline, since);
      const fresh = statuses.filter(({ id }) => typeof id !== 'string' || !known.has(id));
      for (const { id } of statuses) {
        if (typeof id !== 'string') continue;
        if (since === null || isNewer(id, since)) since = id;
        this.#moveOn(key, id);
      }
      const records = fresh.filter(this.#matches).map((status) => JSON.stringify(status));
      const isDone = isFirst || statuses.length === 0 || since === before;
      yield isDone ? { records, ended: 'whole' } : { records };
      if (isDone) return;
    }
    yield { records: [], ended: 'limit' };
  }

  #overlap(key: string, recent: readonly string[]): string {
    const earlier = earlierId(this.#newest[key]!, overlapMs);
    const [oldest] = recent;
    return oldest !== undefined && recent.length >= overlapPosts && isNewer(oldest, earlier) ? oldest : earlier;
  }

  #moveOn(key: string, id: unknown): void {
    if (typeof id !== 'string') return;
    const recent = this.#recent.get(key) ?? [];
    if (recent.includes(id)) return;
    recent.push(id);
    if (recent.length > overlapPosts) recent.shift();
    this.#recent.set(key, recent);
    if (this.#newest[key] === undefined || isNewer(id, this.#newest[key]!)) this.#newest[key] = id;
  }

  async #page({ stream, tag }: Timeline, minimum: string | null): Promise<Status[]> {
    const path = tag === null ? 'public' : `tag/${encodeURIComponent(tag)}`;
    const url = new URL(`/api/v1/timelines/${path}`, this.#server);
    url.searchParams.set('limit', String(pageSize));
    if (stream.endsWith(':local')) url.searchParams.set('local', 'true');
    if (minimum !== null) url.searchParams.set('min_id', minimum);
    const answer = await this.http.get(url.href, { headers: authorization(this.#input) });
    if ([401, 403, 422].includes(answer.status)) {
      throw new PlaceRefusal(
        `${this.#server} does not show its timelines without an account (${answer.status}).`,
        'Set SPILLOVER_MASTODON_TOKEN to a token of an account on this server (Settings, Development), with the scope read:statuses.',
      );
    }
    if (isRefusal(answer.status))
      throw new PlaceRefusal(
        `${this.#server} does not show ${tag === null ? 'its timeline' : `#${tag}`} (${answer.status}).`,
      );
    if (answer.status !== 200) throw new SourceError('mastodon', `the timeline answers ${answer.status}`, true);
    return readList('mastodon', answer.text) as Status[];
  }
}

/** Milliseconds until Mastodon's counter is filled again, where nothing of it is left. */
function quota(headers: Headers, now: number): number {
  const left = headers.get('x-ratelimit-remaining');
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  return left === '0' && reset > now ? reset - now : 0;
}
