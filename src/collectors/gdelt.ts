import { SourceError, UserError } from '../base/errors.ts';
import { fnv1a } from '../base/fnv1a.ts';
import type { Batch, Collector, CollectorInput, Gap } from './collector.ts';
import { namePart } from './name-part.ts';
import { PoliteHttp } from './polite-http.ts';
import { numberOption, textOption } from './read-collector-options.ts';

interface Cursor {
  /** Articles seen before this time have been asked for; milliseconds. */
  through: number;
  /** Hashes of the newest addresses. */
  seen: readonly number[];
}

const mostArticles = 250;
const quarterHour = 900_000;
const day = 86_400_000;
const seenKept = 2_000;
/** The index takes articles in late: every look begins an hour before the last one ended. */
const overlapMs = 3_600_000;

/** News articles of the world by keyword, from GDELT's DOC 2.0 interface. */
export const gdelt: Collector = {
  id: 'gdelt',
  title: 'GDELT DOC 2.0 (news by keyword)',
  about:
    'Asks GDELT for news articles that hold the words, in a window that moves with time. One answer holds at most 250 articles: fuller windows are cut in halves down to a quarter of an hour, and what is still cut off is recorded as capped. Times are those at which GDELT saw the article, in steps of 15 minutes.',
  manners:
    'Open without an account; one request in five seconds. GDELT asks to be named and linked. It gives addresses and titles, not the articles; the last three months can be asked for.',
  baseUrl: 'https://api.gdeltproject.org',
  options: [
    {
      name: 'query',
      kind: 'text',
      default: null,
      required: true,
      help: 'words, "phrases" and operators of GDELT, such as sourcelang:french',
    },
    {
      name: 'backDays',
      kind: 'integer',
      default: 1,
      minimum: 0,
      maximum: 90,
      help: 'how many days back the first look goes',
    },
    {
      name: 'everySeconds',
      kind: 'integer',
      default: 900,
      minimum: 60,
      maximum: 86_400,
      help: 'how often GDELT is asked, in seconds',
    },
  ],
  credentials: [],
  examples: [
    `spillover collect gdelt --query '"macron leaks"'`,
    `spillover collect gdelt --query '(macronleaks OR "macron leaks") sourcelang:english' --back-days 30 --for 1h`,
  ],
  plan: (options) => {
    const query = textOption(options, 'query')!;
    return {
      name: `gdelt-${namePart(query)}`,
      platform: 'news',
      format: 'gdelt-articles',
      scope: `articles that GDELT finds for ${query}`,
      covers: 'platform',
    };
  },
  async *collect(input) {
    const { world, signal, options } = input;
    const http = new PoliteHttp({ source: 'gdelt', ...input, intervalMs: 5_000 });
    const everyMs = numberOption(options, 'everySeconds') * 1000;
    let { through, seen } = (input.cursor as Cursor | null) ?? {
      through: world.now() - numberOption(options, 'backDays') * day,
      seen: [],
    };
    let isFirst = input.cursor === null;
    let isTaken = !isFirst;
    const ask = async (from: number, to: number) => {
      const articles = await askOnce(http, input, from, to, isTaken);
      isTaken = true;
      return articles;
    };
    for (;;) {
      const began = world.now();
      const from = isFirst ? through : through - overlapMs;
      const met = new Set(seen);
      const fresh: number[] = [];
      for await (const { articles, gap } of readWindow(ask, from, began)) {
        const news = articles.filter(({ mark }) => !met.has(mark));
        for (const { mark } of news) {
          met.add(mark);
          fresh.push(mark);
        }
        yield { records: news.map(({ line }) => line), gaps: gap ? [gap] : [] } satisfies Batch;
      }
      seen = [...fresh, ...seen].slice(0, seenKept);
      yield {
        cursor: { through: began, seen } satisfies Cursor,
        ...(isFirst ? { collectedFrom: through } : {}),
        collectedThrough: began,
      };
      through = began;
      isFirst = false;
      await world.sleep(Math.max(0, began + everyMs - world.now()), signal);
    }
  },
};

interface Article {
  mark: number;
  line: string;
}

/** Articles of a span of time; halves it until an answer is not full. */
async function* readWindow(
  ask: (from: number, to: number) => Promise<Article[]>,
  from: number,
  to: number,
): AsyncGenerator<{ articles: Article[]; gap: Gap | null }> {
  const articles = await ask(from, to);
  if (articles.length < mostArticles) {
    yield { articles, gap: null };
  } else if (to - from <= quarterHour) {
    const cause = `one answer of GDELT holds ${mostArticles} articles, and a quarter of an hour had more`;
    yield { articles, gap: { from, to, cause, missed: null, flag: 'capped' } };
  } else {
    const middle = Math.floor((from + to) / 2 / 1000) * 1000;
    yield* readWindow(ask, from, middle);
    yield* readWindow(ask, middle, to);
  }
}

const stamp = (time: number) => new Date(time).toISOString().replace(/[-:T]/g, '').slice(0, 14);

async function askOnce(
  http: PoliteHttp,
  input: CollectorInput,
  from: number,
  to: number,
  isTaken: boolean,
): Promise<Article[]> {
  const url = new URL('/api/v2/doc/doc', input.baseUrl ?? gdelt.baseUrl);
  const parameters = {
    query: textOption(input.options, 'query')!,
    mode: 'artlist',
    format: 'json',
    sort: 'datedesc',
    maxrecords: String(mostArticles),
    startdatetime: stamp(from),
    enddatetime: stamp(to),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  for (;;) {
    const answer = await http.get(url.href);
    if (answer.status === 200 && /limit requests/i.test(answer.text.slice(0, 400))) {
      input.note('GDELT asks for fewer requests; waiting a minute');
      await input.world.sleep(60_000, input.signal);
    } else return readArticles(answer.status, answer.text, isTaken);
  }
}

/** GDELT says in words what it does not like about a query; words about one that it took before are trouble on the way. */
function readArticles(status: number, text: string, isTaken: boolean): Article[] {
  const clean = text.replace(/[\u0000-\u001f]+/g, ' ').trim();
  if (clean === '' || clean === '{}') return [];
  if (!clean.startsWith('{')) {
    const words = clean
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 200)
      .replace(/^\s+|[\s.]+$/g, '');
    if (isTaken) throw new SourceError('gdelt', `no list of articles but "${words}" (${status})`, true);
    throw new UserError(
      `GDELT does not take the query: ${words} (${status}).`,
      'Its words are explained at blog.gdeltproject.org (DOC 2.0).',
    );
  }
  let articles: unknown;
  try {
    articles = (JSON.parse(clean) as { articles?: unknown }).articles;
  } catch (error) {
    throw new SourceError('gdelt', 'the answer is no JSON', true, { cause: error });
  }
  return (Array.isArray(articles) ? articles : []).map((article: { url?: unknown } | null) => ({
    mark: fnv1a(String(article?.url ?? JSON.stringify(article))),
    line: JSON.stringify(article),
  }));
}
