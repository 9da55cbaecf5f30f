import { SourceError, UserError } from '../base/errors.ts';
import type { Batch, CollectorInput } from './collector.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import { PoliteHttp } from './polite-http.ts';
import { pollListings } from './poll-listings.ts';
import { readObject } from './read-answer.ts';
import { numberOption, textOption } from './read-collector-options.ts';
import type { ListedPage } from './walk-back.ts';

const publicHost = 'https://public.api.bsky.app';
const signedInHost = 'https://bsky.social';
/** The search gives no more than 10,000 posts for one query. */
const mostPages = 100;

/** Asks Bluesky's search again and again, newest first, back to what is known. */
export function readBlueskySearch(input: CollectorInput): AsyncGenerator<Batch> {
  const handle = input.credentials.SPILLOVER_BLUESKY_HANDLE;
  const host = (input.baseUrl ?? (handle ? signedInHost : publicHost)).replace(/\/$/, '');
  const http = new PoliteHttp({ source: 'bluesky', ...input, intervalMs: 1_000 });
  const session = new Session(http, host, handle, input.credentials.SPILLOVER_BLUESKY_APP_PASSWORD);
  const query = textOption(input.options, 'search')!;
  const everyMs = numberOption(input.options, 'everySeconds') * 1000;
  const endCause = 'the search ended before it reached what was known';
  const readPageOf = (next: string | null) => readPage(http, session, host, query, next);
  return pollListings(input, [{ key: 'search', place: 'the search', readPage: readPageOf }], {
    everyMs,
    mostPages,
    endCause,
  });
}

/** A session by app password; without one the public service is asked. */
class Session {
  readonly #http: PoliteHttp;
  readonly #host: string;
  readonly #identifier: string | undefined;
  readonly #password: string | undefined;
  #token: string | null = null;

  constructor(http: PoliteHttp, host: string, identifier: string | undefined, password: string | undefined) {
    this.#http = http;
    this.#host = host;
    this.#identifier = identifier;
    this.#password = password;
  }

  get isSignedIn(): boolean {
    return this.#token !== null;
  }

  forget(): void {
    this.#token = null;
  }

  async headers(): Promise<Record<string, string>> {
    if (!this.#identifier || !this.#password) return {};
    if (this.#token === null) {
      const body = JSON.stringify({ identifier: this.#identifier, password: this.#password });
      const answer = await this.#http.post(`${this.#host}/xrpc/com.atproto.server.createSession`, body, {
        headers: { 'content-type': 'application/json' },
      });
      const token = answer.status === 200 ? readObject('bluesky', answer.text).accessJwt : null;
      if (typeof token !== 'string') {
        throw new UserError(
          `Bluesky does not accept the handle and app password (${answer.status}).`,
          'Make an app password in the settings of Bluesky; the password of the account itself is not needed.',
        );
      }
      this.#token = token;
    }
    return { authorization: `Bearer ${this.#token}` };
  }
}

interface PostView {
  uri?: unknown;
  indexedAt?: unknown;
}

async function readPage(
  http: PoliteHttp,
  session: Session,
  host: string,
  query: string,
  next: string | null,
): Promise<ListedPage> {
  const url = new URL(`${host}/xrpc/app.bsky.feed.searchPosts`);
  url.searchParams.set('q', query);
  url.searchParams.set('sort', 'latest');
  url.searchParams.set('limit', '100');
  if (next !== null) url.searchParams.set('cursor', next);
  let answer = await http.get(url.href, { headers: await session.headers() });
  if ((answer.status === 401 || answer.text.includes('ExpiredToken')) && session.isSignedIn) {
    session.forget();
    answer = await http.get(url.href, { headers: await session.headers() });
  }
  if (answer.status === 401 || answer.status === 403) {
    throw new PlaceRefusal(
      `Bluesky's search at ${host} refuses (${answer.status}).`,
      'Set SPILLOVER_BLUESKY_HANDLE and SPILLOVER_BLUESKY_APP_PASSWORD, or collect the stream with --match.',
    );
  }
  const about = `answers ${answer.status}: ${answer.text.slice(0, 200)}`;
  if (isRefusal(answer.status)) throw new PlaceRefusal(`Bluesky's search ${about}`);
  if (answer.status !== 200) throw new SourceError('bluesky', `the search ${about}`, true);
  return asPage(answer.text);
}

function asPage(text: string): ListedPage {
  const page = readObject('bluesky', text);
  const posts = Array.isArray(page.posts) ? (page.posts as (PostView | null)[]) : [];
  const items = posts.map((post, index) => ({
    id: typeof post?.uri === 'string' ? post.uri : `odd:${index}:${JSON.stringify(post)}`,
    time: Date.parse(String(post?.indexedAt)) || Number.POSITIVE_INFINITY,
    line: JSON.stringify(post),
  }));
  return { items, next: typeof page.cursor === 'string' ? page.cursor : null };
}
