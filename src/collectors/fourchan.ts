import { UserError } from '../base/errors.ts';
import type { BoardState } from './board-state.ts';
import { BoardWatch } from './board-watch.ts';
import type { Batch, Collector, CollectorInput } from './collector.ts';
import { Places, type PlacesState } from './places.ts';
import { PoliteHttp } from './polite-http.ts';
import { listOption, numberOption, textOption } from './read-collector-options.ts';

const boardsOf = (options: CollectorInput['options']) =>
  listOption(options, 'board').map((board) => board.replaceAll('/', ''));

/** 4chan's read-only API, and boards that answer like it. */
export const fourchan: Collector = {
  id: 'fourchan',
  title: '4chan and boards with the same API',
  about:
    'Reads the list of threads of a board again and again and every thread that changed, threads about to fall off first. Archived, pruned and deleted threads are told apart; edited posts are written again, the first text stays.',
  manners:
    'The API rules of 4chan (github.com/4chan/4chan-API): at most one request a second, a thread at most every ten seconds, If-Modified-Since; name 4chan as the source and link to it, and do not clone the site. No account is needed. Boards are anonymous: a post id inside a thread is no person.',
  baseUrl: 'https://a.4cdn.org',
  options: [
    {
      name: 'board',
      kind: 'list',
      default: [],
      required: true,
      help: 'board to collect, such as pol; may be given again',
    },
    {
      name: 'listEverySeconds',
      kind: 'integer',
      default: 30,
      minimum: 10,
      maximum: 3600,
      help: 'how often the list of threads is read, in seconds',
    },
    {
      name: 'site',
      kind: 'choice',
      default: '4chan',
      choices: ['4chan', '8chan', '8kun'],
      help: 'platform of the posts; for another than 4chan give its API with --base-url',
    },
  ],
  credentials: [],
  examples: [
    'spillover collect fourchan --board pol',
    'spillover collect fourchan --board pol --board news --for 6h',
    'spillover collect fourchan --board q --site 8kun --base-url https://boards.example/api',
  ],
  plan: (options) => {
    const boards = boardsOf(options);
    const site = textOption(options, 'site') ?? '4chan';
    for (const board of boards) {
      if (!/^[a-z0-9]{1,12}$/i.test(board))
        throw new UserError(`"${board}" is no name of a board.`, 'Write it as pol or /pol/.');
    }
    return {
      name: `${site}-${boards.join('-')}`,
      platform: site,
      format: 'fourchan-api',
      scope: `board${boards.length > 1 ? 's' : ''} ${boards.map((board) => `/${board}/`).join(', ')}`,
      covers: 'platform',
    };
  },
  async *collect(input) {
    const states = readCursor(input.cursor);
    const http = new PoliteHttp({ source: 'fourchan', ...input, intervalMs: 1_000 });
    const base = (input.baseUrl ?? fourchan.baseUrl).replace(/\/$/, '');
    const listEveryMs = numberOption(input.options, 'listEverySeconds') * 1000;
    const boards = boardsOf(input.options).map((board) => {
      states[board] ??= { threads: {}, listed: 0 };
      return { name: `/${board}/`, watch: new BoardWatch(board, base, states[board], listEveryMs, http, input) };
    });
    const places = new Places(
      input,
      boards.map(({ name }) => name),
      readPlaces(input.cursor, states),
    );
    const cursor = () => ({ boards: states, places: places.state() });
    for (;;) {
      let isIdle = true;
      for (const { name, watch } of boards) {
        if (places.waitMs(name) > 0) continue;
        const batch = await step(watch, (error) => places.failed(name, error));
        if (batch !== null) {
          isIdle = false;
          places.gave(name, watch.completeThrough() ?? input.world.now());
        }
        const gaps = places.gaps();
        if (batch === null && gaps.length === 0) continue;
        const through = boards.filter((one) => !places.isAway(one.name)).map((one) => one.watch.completeThrough());
        const isWhole = through.length > 0 && through.every((time) => time !== null);
        yield {
          ...batch,
          gaps: [...(batch?.gaps ?? []), ...gaps],
          cursor: cursor(),
          ...(isWhole ? { collectedThrough: Math.min(...through) } : {}),
        };
      }
      const waits = boards.map(({ name, watch }) => places.waitMs(name) || watch.idleMs());
      if (isIdle) await input.world.sleep(Math.min(...waits), input.signal);
    }
  },
};

/** One step of a board; a board that is refused is told of and gives nothing. */
async function step(watch: BoardWatch, onRefused: (error: unknown) => void): Promise<Batch | null> {
  try {
    return await watch.step();
  } catch (error) {
    onRefused(error);
    return null;
  }
}

/** Cursors of earlier versions say only when the list of a board was read. */
function readPlaces(cursor: unknown, states: Readonly<Record<string, BoardState>>): Partial<PlacesState> {
  const known = (cursor as { places?: PlacesState } | null)?.places;
  const listed = Object.entries(states).filter(([, state]) => state.listed > 0);
  return known ?? { read: Object.fromEntries(listed.map(([board, state]) => [`/${board}/`, state.listed])) };
}

function readCursor(value: unknown): Record<string, BoardState> {
  const boards = (value as { boards?: Record<string, BoardState> } | null)?.boards;
  return typeof boards === 'object' && boards !== null ? structuredClone(boards) : {};
}
