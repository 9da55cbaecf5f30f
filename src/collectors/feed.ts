import { SourceError, UserError } from '../base/errors.ts';
import { fnv1a } from '../base/fnv1a.ts';
import type { Batch, Collector, CollectorInput } from './collector.ts';
import { namePart } from './name-part.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import { Places, type PlacesState } from './places.ts';
import { PoliteHttp, type Validators } from './polite-http.ts';
import { listOption, numberOption } from './read-collector-options.ts';

interface FeedState {
  validators: Validators | null;
  /** Hashes of the addresses and ids of its items. */
  items: readonly number[];
  /** When it was last read, milliseconds since 1970. */
  read: number;
}

interface Cursor {
  feeds: Record<string, FeedState>;
  places: PlacesState;
}

/** Where there are others, a feed whose server does not answer is left for a while after so many tries. */
const attemptsAmongOthers = 3;

/** RSS, Atom and JSON feeds of news sites. */
export const feed: Collector = {
  id: 'feed',
  title: 'News feeds (RSS, Atom, JSON Feed)',
  about:
    'Reads feeds again and again with conditional requests and keeps each version that brings something new. A feed shows its newest items only: where all of them changed between two looks, the gap is recorded.',
  manners:
    'Feeds are made to be read by programs; the pace is one request in two seconds for each host, and every five minutes for each feed unless you say otherwise. The terms of each publisher hold for what you do with the texts.',
  baseUrl: 'the address of each feed',
  options: [
    { name: 'url', kind: 'list', default: [], required: true, help: 'address of a feed; may be given again' },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 300,
      minimum: 60,
      maximum: 86_400,
      help: 'how often each feed is read, in seconds',
    },
  ],
  credentials: [],
  examples: ['spillover collect feed --url https://www.example.org/rss.xml --url https://news.example/feed.json'],
  plan: (options) => {
    const urls = listOption(options, 'url');
    for (const url of urls)
      if (!URL.canParse(url) || !/^https?:/.test(url))
        throw new UserError(`"${url}" is not the address of a feed.`, 'Write it whole: https://…');
    const hosts = [...new Set(urls.map((url) => new URL(url).hostname))];
    return {
      name: `feed-${namePart(hosts[0] ?? '')}${urls.length > 1 ? `-${fnv1a(urls.join('\n')).toString(36)}` : ''}`,
      platform: 'news',
      format: 'news-feed',
      scope: `feeds ${urls.join(', ')}`,
      covers: 'part',
    };
  },
  async *collect(input) {
    const http = new PoliteHttp({ source: 'feed', ...input, intervalMs: 2_000 });
    const everyMs = numberOption(input.options, 'everySeconds') * 1000;
    const urls = listOption(input.options, 'url');
    const attempts = urls.length > 1 ? attemptsAmongOthers : Number.POSITIVE_INFINITY;
    const known = readCursor(input.cursor);
    let states = known.feeds;
    const places = new Places(input, urls, known.places, { areTroublesOwn: true });
    const cursor = (): Cursor => ({ feeds: states, places: places.state() });
    for (;;) {
      const began = input.world.now();
      for (const url of places.due()) {
        try {
          const { state, ...batch } = await readFeed(http, input, url, states[url] ?? null, attempts);
          states = { ...states, [url]: state };
          places.gave(url, state.read);
          yield { ...batch, cursor: cursor() };
        } catch (error) {
          places.failed(url, error);
        }
      }
      yield { gaps: places.gaps(), cursor: cursor(), ...(places.areAllAway ? {} : { collectedThrough: began }) };
      await input.world.sleep(Math.max(0, began + everyMs - input.world.now()), input.signal);
    }
  },
};

/** Cursors of earlier versions hold the feeds alone. */
function readCursor(value: unknown): Cursor {
  if (typeof value === 'object' && value !== null && 'feeds' in value) return value as Cursor;
  const feeds = (value ?? {}) as Cursor['feeds'];
  const read = Object.entries(feeds).flatMap(([url, state]) => (state.read > 0 ? [[url, state.read]] : []));
  return { feeds, places: { read: Object.fromEntries(read), absent: {} } };
}

async function readFeed(
  http: PoliteHttp,
  input: CollectorInput,
  url: string,
  known: FeedState | null,
  attempts: number,
): Promise<Batch & { state: FeedState }> {
  const address = input.baseUrl === null ? url : new URL(new URL(url).pathname, input.baseUrl).href;
  const answer = await http.get(address, {
    validators: known?.validators ?? null,
    attempts,
    headers: { accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9' },
  });
  if (answer.status === 304 && known !== null) return { state: { ...known, read: answer.asked } };
  const extension = answer.status === 200 ? feedKind(answer.text) : null;
  const status = `gives no feed (${answer.status})`;
  if (extension === null && known !== null && !isRefusal(answer.status))
    throw new SourceError('feed', `${url} ${status}`, true);
  if (extension === null)
    throw new PlaceRefusal(`${url} ${status}.`, 'Open it in a browser: news sites name their feeds on their pages.');
  const items = itemMarks(answer.text, extension);
  const before = new Set(known?.items);
  const fresh = items.filter((mark) => !before.has(mark));
  const isTurnedOver = known !== null && before.size > 0 && items.length > 0 && fresh.length === items.length;
  const cause = `all items of ${url} changed between two looks: some may have come and gone`;
  const state = { validators: answer.validators, items, read: answer.asked };
  return {
    documents: known === null || fresh.length > 0 ? [{ extension, text: answer.text }] : [],
    gaps: isTurnedOver ? [{ from: known.read, to: answer.asked, cause, missed: null, flag: 'capped' }] : [],
    ...(known === null ? { collectedFrom: answer.asked } : {}),
    state,
  };
}

function feedKind(text: string): 'xml' | 'json' | null {
  const head = text.slice(0, 4_000);
  if (/<(?:[\w.-]+:)?(?:rss|feed|RDF)[\s>]/.test(head)) return 'xml';
  return /^\s*\{/.test(head) && /jsonfeed\.org\/version/.test(text) ? 'json' : null;
}

/** Hashes of what names the items and their versions: address, id, title, time of change. */
function itemMarks(text: string, kind: 'xml' | 'json'): number[] {
  if (kind === 'json') {
    const { items } = JSON.parse(text) as { items?: unknown };
    return (Array.isArray(items) ? items : []).map((item) => fnv1a(JSON.stringify(item)));
  }
  const parts = text.match(/<(?:[\w.-]+:)?(?:item|entry)[\s>][\s\S]*?<\/(?:[\w.-]+:)?(?:item|entry)>/g) ?? [];
  return parts.map((item) => fnv1a(item));
}
