import { SourceError, UserError } from '../base/errors.ts';
import type { Collector, CollectorInput } from './collector.ts';
import { namePart } from './name-part.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import { PoliteHttp } from './polite-http.ts';
import { type Listing, pollListings } from './poll-listings.ts';
import { readObject } from './read-answer.ts';
import { listOption, numberOption, textOption } from './read-collector-options.ts';
import type { ListedPage } from './walk-back.ts';

const pageSize = 100;
/** Reddit shows about 1,000 things of a listing. */
const mostPages = 10;

/** Milliseconds until the quota of Reddit is filled again, where nothing of it is left. */
function quota(headers: Headers): number {
  const left = Number(headers.get('x-ratelimit-remaining') ?? 'NaN');
  const reset = Number(headers.get('x-ratelimit-reset') ?? 'NaN');
  return left < 1 && reset > 0 ? reset * 1000 : 0;
}

/** Reddit's listings and search, with an application's own access. */
export const reddit: Collector = {
  id: 'reddit',
  title: 'Reddit (new posts and comments of forums, or search)',
  about:
    'Asks for the newest posts and comments of subreddits, or for what the search finds, again and again. A listing shows about 1,000 things: what comes faster than that between two looks is recorded as a gap.',
  manners:
    'Needs an application of your own (reddit.com/prefs/apps); research use is bound by the Data API Terms, which also ask you to delete what its authors delete. 100 requests a minute; the counters in the answers are obeyed. Deletions cannot be seen in a listing.',
  baseUrl: 'https://oauth.reddit.com',
  options: [
    { name: 'subreddit', kind: 'list', default: [], help: 'name of a subreddit; may be given again' },
    { name: 'search', kind: 'text', default: null, help: 'query for the search instead of whole subreddits' },
    { name: 'comments', kind: 'yes/no', default: true, help: 'without the comments of the subreddits' },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 60,
      minimum: 10,
      maximum: 86_400,
      help: 'how often the newest end is read, in seconds',
    },
  ],
  credentials: [
    { variable: 'SPILLOVER_REDDIT_CLIENT_ID', required: true, about: 'id of your Reddit application' },
    { variable: 'SPILLOVER_REDDIT_CLIENT_SECRET', required: true, about: 'secret of your Reddit application' },
  ],
  examples: [
    'spillover collect reddit --subreddit conspiracy --subreddit worldnews --contact you@example.org',
    'spillover collect reddit --search "macron leaks"',
  ],
  plan: (options) => {
    const subreddits = listOption(options, 'subreddit');
    const search = textOption(options, 'search');
    if (subreddits.length === 0 && search === null)
      throw new UserError('Say what to collect from Reddit.', 'Give --subreddit NAME or --search QUERY.');
    for (const name of subreddits)
      if (!/^\w{2,24}$/.test(name)) throw new UserError(`"${name}" is no name of a subreddit.`, 'Write it without r/.');
    const where = subreddits.length > 0 ? ` in ${subreddits.map((name) => `r/${name}`).join(', ')}` : '';
    return {
      name: ['reddit', ...subreddits, ...(search === null ? [] : [`search-${namePart(search)}`])]
        .join('-')
        .slice(0, 100),
      platform: 'reddit',
      format: 'pushshift',
      scope:
        search === null
          ? `new posts${options.comments ? ' and comments' : ''}${where}`
          : `posts that the search finds for ${search}${where}`,
      covers: search !== null && subreddits.length === 0 ? 'platform' : 'part',
    };
  },
  collect: (input) => {
    const http = new PoliteHttp({ source: 'reddit', ...input, intervalMs: 1_000, quota });
    const access = new Access(http, input);
    const everyMs = numberOption(input.options, 'everySeconds') * 1000;
    const endCause = 'Reddit shows about 1,000 posts of a listing, and more came between two looks';
    return pollListings(input, listings(input, http, access), { everyMs, mostPages, endCause });
  },
};

/** A token for the application, fetched anew when it is refused. */
class Access {
  readonly #http: PoliteHttp;
  readonly #input: CollectorInput;
  #token: string | null = null;

  constructor(http: PoliteHttp, input: CollectorInput) {
    this.#http = http;
    this.#input = input;
  }

  forget(): void {
    this.#token = null;
  }

  async header(): Promise<Record<string, string>> {
    if (this.#token === null) {
      const { credentials, baseUrl } = this.#input;
      const pair = `${credentials.SPILLOVER_REDDIT_CLIENT_ID}:${credentials.SPILLOVER_REDDIT_CLIENT_SECRET}`;
      const answer = await this.#http.post(
        `${baseUrl ?? 'https://www.reddit.com'}/api/v1/access_token`,
        'grant_type=client_credentials',
        {
          headers: {
            authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
        },
      );
      const token = answer.status === 200 ? readObject('reddit', answer.text).access_token : null;
      if (typeof token !== 'string') {
        throw new UserError(
          `Reddit does not accept the id and secret of the application (${answer.status}).`,
          'See reddit.com/prefs/apps.',
        );
      }
      this.#token = token;
    }
    return { authorization: `Bearer ${this.#token}` };
  }
}

function listings(input: CollectorInput, http: PoliteHttp, access: Access): Listing[] {
  const search = textOption(input.options, 'search');
  const subreddits = listOption(input.options, 'subreddit');
  const base = input.baseUrl ?? reddit.baseUrl;
  const at = (path: string, place: string): Listing => ({
    key: path,
    place,
    readPage: (next) => readPage(http, access, `${base}${path}`, next, Math.floor(input.world.now() / 1000)),
  });
  if (search !== null) {
    const query = `q=${encodeURIComponent(search)}&sort=new&type=link`;
    return subreddits.length === 0
      ? [at(`/search?${query}`, 'the search')]
      : subreddits.map((name) => at(`/r/${name}/search?${query}&restrict_sr=1`, `r/${name}`));
  }
  return subreddits.flatMap((name) => [
    at(`/r/${name}/new`, `r/${name}`),
    ...(input.options.comments === false ? [] : [at(`/r/${name}/comments`, `r/${name}`)]),
  ]);
}

async function readPage(
  http: PoliteHttp,
  access: Access,
  address: string,
  next: string | null,
  stamp: number,
): Promise<ListedPage> {
  const url = new URL(address);
  url.searchParams.set('limit', String(pageSize));
  if (next !== null) url.searchParams.set('after', next);
  let answer = await http.get(url.href, { headers: await access.header() });
  if (answer.status === 401) {
    access.forget();
    answer = await http.get(url.href, { headers: await access.header() });
  }
  if (isRefusal(answer.status))
    throw new PlaceRefusal(
      `Reddit does not show ${url.pathname} (${answer.status}).`,
      'It may be private, banned or misspelt.',
    );
  if (answer.status !== 200) throw new SourceError('reddit', `${url.pathname} answers ${answer.status}`, true);
  const data = readObject('reddit', answer.text).data as { after?: unknown; children?: unknown } | undefined;
  if (!Array.isArray(data?.children)) throw new SourceError('reddit', 'the answer is no listing', true);
  const items = (data.children as ({ data?: Record<string, unknown> } | null)[]).map((child, index) => ({
    id: typeof child?.data?.name === 'string' ? child.data.name : `odd:${index}:${JSON.stringify(child)}`,
    time: Number(child?.data?.created_utc) * 1000 || Number.POSITIVE_INFINITY,
    line: JSON.stringify(typeof child?.data === 'object' ? { ...child.data, retrieved_on: stamp } : child),
  }));
  return { items, next: typeof data.after === 'string' ? data.after : null };
}
