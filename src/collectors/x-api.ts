import { SourceError, UserError } from '../base/errors.ts';
import type { CollectorInput } from './collector.ts';
import { type HttpAnswer, PoliteHttp } from './polite-http.ts';
import { readObject } from './read-answer.ts';

/** What is asked for with every post: what the importer reads. */
const wantedFields: Record<string, string> = {
  'tweet.fields':
    'id,text,author_id,created_at,conversation_id,in_reply_to_user_id,referenced_tweets,entities,attachments,public_metrics,lang,note_tweet,edit_history_tweet_ids',
  expansions:
    'author_id,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,entities.mentions.username',
  'user.fields': 'id,username,name,created_at,description,public_metrics,verified,verified_type',
  'media.fields': 'media_key,type,url,preview_image_url',
};

export interface XPage {
  line: string;
  posts: number;
  /** Time of the oldest post; milliseconds since 1970, NaN for an empty page. */
  oldest: number;
  newestId: string | null;
  next: string | null;
}

/** Milliseconds until a used-up quota of the X API is filled again. */
function quota(headers: Headers, now: number): number {
  const left = headers.get('x-rate-limit-remaining');
  const reset = Number(headers.get('x-rate-limit-reset') ?? 'NaN') * 1000;
  return left === '0' && reset > now ? reset - now : 0;
}

/** The X API v2 with an application's bearer token. */
export class XApi {
  readonly http: PoliteHttp;
  readonly #base: string;
  readonly #headers: Record<string, string>;

  constructor(input: CollectorInput, base: string) {
    this.http = new PoliteHttp({ source: 'x', ...input, intervalMs: 1_000, quota });
    this.#base = (input.baseUrl ?? base).replace(/\/$/, '');
    this.#headers = { authorization: `Bearer ${input.credentials.SPILLOVER_X_BEARER}` };
  }

  /** A page of the search; newest posts first. @throws UserError where the API refuses. */
  async search(kind: 'recent' | 'all', parameters: Record<string, string>): Promise<XPage> {
    const url = this.#address(`/2/tweets/search/${kind}`, { ...wantedFields, ...parameters });
    const answer = expectAccepted(await this.http.get(url, { headers: this.#headers }));
    const page = readObject('x', answer.text) as {
      data?: { created_at?: string }[];
      meta?: { next_token?: string; newest_id?: string };
    };
    const posts = Array.isArray(page.data) ? page.data : [];
    return {
      line: JSON.stringify(page),
      posts: posts.length,
      oldest: Math.min(
        ...posts.map((post) => Date.parse(post.created_at ?? '')).filter(Number.isFinite),
        Number.POSITIVE_INFINITY,
      ),
      newestId: page.meta?.newest_id ?? null,
      next: page.meta?.next_token ?? null,
    };
  }

  stream(idleMs: number): AsyncGenerator<string> {
    return this.http.stream(this.#address('/2/tweets/search/stream', wantedFields), this.#headers, idleMs);
  }

  async rules(): Promise<{ id: string; value: string; tag: string }[]> {
    const answer = expectAccepted(
      await this.http.get(this.#address('/2/tweets/search/stream/rules', {}), { headers: this.#headers }),
    );
    const { data } = readObject('x', answer.text) as { data?: { id: string; value: string; tag?: string }[] };
    return (data ?? []).map(({ id, value, tag = '' }) => ({ id, value, tag }));
  }

  /** @throws UserError that names the first rule that the API does not take. */
  async changeRules(change: object): Promise<void> {
    const answer = expectAccepted(
      await this.http.post(this.#address('/2/tweets/search/stream/rules', {}), JSON.stringify(change), {
        headers: { ...this.#headers, 'content-type': 'application/json' },
      }),
    );
    const { errors } = readObject('x', answer.text) as {
      errors?: { value?: string; title?: string; details?: string[] }[];
    };
    const [first] = errors ?? [];
    if (first)
      throw new UserError(
        `X does not take the rule ${first.value ?? ''}: ${first.details?.[0] ?? first.title ?? 'no reason given'}.`,
      );
  }

  #address(path: string, parameters: Record<string, string>): string {
    const url = new URL(`${this.#base}${path}`);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }
}

function expectAccepted(answer: HttpAnswer): HttpAnswer {
  if (answer.status === 200 || answer.status === 201) return answer;
  if (answer.status === 401 || answer.status === 403 || answer.status === 402) {
    throw new UserError(
      `X refuses (${answer.status}): ${detailOf(answer.text)}`,
      'Check SPILLOVER_X_BEARER, and whether the access you pay for has this endpoint.',
    );
  }
  if (answer.status === 400) throw new UserError(`X does not take the request: ${detailOf(answer.text)}`);
  throw new SourceError('x', `answers ${answer.status}`, true);
}

function detailOf(text: string): string {
  try {
    const { detail, title, errors } = JSON.parse(text) as {
      detail?: string;
      title?: string;
      errors?: { message?: string }[];
    };
    return errors?.[0]?.message ?? detail ?? title ?? text.slice(0, 200);
  } catch (error) {
    if (error instanceof SyntaxError) return text.slice(0, 200);
    throw error;
  }
}
