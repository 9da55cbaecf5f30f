import type { Batch, CollectorInput, Deletion, Gap } from './collector.ts';
import { jetstreamFrames } from './jetstream-frames.ts';
import { matchTerms } from './match-terms.ts';
import { listOption, textOption } from './read-collector-options.ts';
import { Reconnection } from './reconnection.ts';
import { type Frame, socketFrames } from './socket-frames.ts';

interface JetstreamEvent {
  did?: unknown;
  time_us?: unknown;
  kind?: unknown;
  commit?: { operation?: unknown; collection?: unknown; rkey?: unknown; record?: unknown };
  account?: { active?: unknown; status?: unknown };
}

interface JetstreamCursor {
  /** Unix microseconds of the newest event. */
  jetstream: number;
}

const collections = ['app.bsky.feed.post', 'app.bsky.feed.repost'];
const idleMs = 60_000;
const reconnect = { baseMs: 1_000, capMs: 60_000 };
/** Events of the last seconds are asked for again after a break, as Jetstream's readme advises: they may come out of order. */
const overlapUs = 5_000_000;
/** The network gives hundreds of events a second: a replay that starts later than this after the cursor was cut. */
const replayHoleMs = 60_000;
const gone = new Set(['deleted', 'takendown']);

/** Bluesky's Jetstream (v1 wire): replays from a cursor in microseconds, about a day and a half back. */
export async function* readJetstream(input: CollectorInput, idle = idleMs): AsyncGenerator<Batch> {
  const { world } = input;
  let newest = (input.cursor as JetstreamCursor | null)?.jetstream ?? 0;
  const accounts = listOption(input.options, 'account');
  const reader = new EventReader(
    listOption(input.options, 'match'),
    jetstreamFrames(textOption(input.options, 'zstdDictionary')),
  );
  const reconnection = new Reconnection(input, reconnect, 'Check the address given with --base-url.');
  for (;;) {
    const asked = newest;
    const began = world.now();
    let isFirst = true;
    reconnection.opening();
    try {
      const url = address(input, accounts, asked);
      for await (const frames of socketFrames(url, {
        source: 'jetstream',
        ...input,
        headers: agent(input),
        idleMs: idle,
      })) {
        reconnection.heard(frames.length > 0);
        const { batch, first, last } = reader.read(frames, asked);
        newest = Math.max(newest, last);
        if (first === 0 && batch.records?.length === 0) continue;
        yield {
          ...batch,
          gaps: isFirst ? holeAfter(asked, first, accounts.length > 0) : [],
          cursor: { jetstream: newest } satisfies JetstreamCursor,
          ...(isFirst && asked === 0 ? { collectedFrom: Math.max(began, first / 1000) } : {}),
          ...(newest > 0 ? { collectedThrough: Math.min(newest / 1000, world.now()) } : {}),
        };
        if (first > 0) isFirst = false;
      }
    } catch (error) {
      await reconnection.waitAfter(error);
    }
  }
}

const agent = (input: CollectorInput) => ({ 'user-agent': input.userAgent });

function address(input: CollectorInput, accounts: readonly string[], newest: number): string {
  const url = new URL('/subscribe', input.baseUrl ?? 'wss://jetstream2.us-east.bsky.network');
  url.protocol = url.protocol.replace('http', 'ws');
  for (const collection of collections) url.searchParams.append('wantedCollections', collection);
  for (const account of accounts) url.searchParams.append('wantedDids', account);
  if (textOption(input.options, 'zstdDictionary') !== null) url.searchParams.set('compress', 'true');
  if (newest > 0) url.searchParams.set('cursor', String(newest - overlapUs));
  return url.href;
}

/** A cursor that is too old is not refused: the replay silently begins later. */
function holeAfter(asked: number, first: number, isFiltered: boolean): Gap[] {
  const hole = (first - asked) / 1000;
  if (asked === 0 || first === 0 || hole < replayHoleMs || isFiltered) return [];
  const cause = 'the server had no events as old as the cursor, or the network stood still';
  return [{ from: asked / 1000, to: first / 1000, cause, missed: null, flag: 'gap' }];
}

class EventReader {
  readonly #matches: (record: unknown) => boolean;
  readonly #textOf: (frame: Frame) => string;

  constructor(terms: readonly string[], textOf: (frame: Frame) => string) {
    this.#matches = matchTerms(terms);
    this.#textOf = textOf;
  }

  /** Sorts frames into posts to keep and deletions; those up to `known` microseconds come again. `first` and `last` are times of events in microseconds, 0 where none tells. */
  read(frames: readonly Frame[], known: number): { batch: Batch; first: number; last: number } {
    const records: string[] = [];
    const deletions: Deletion[] = [];
    let passedOver = 0;
    let again = 0;
    let first = 0;
    let last = 0;
    for (const frame of frames) {
      const text = this.#textOf(frame);
      const event = parsed(text);
      if (event === null) {
        records.push(text);
        continue;
      }
      const stamp = Number.isSafeInteger(event.time_us) ? (event.time_us as number) : 0;
      if (first === 0) first = stamp;
      last = Math.max(last, stamp);
      const deletion = deletionIn(event, stamp / 1000);
      if (deletion) deletions.push(deletion);
      else if (event.kind === 'commit' && this.#matches(event.commit?.record)) {
        records.push(text);
        if (stamp > 0 && stamp <= known) again++;
      } else passedOver++;
    }
    return { batch: { records, again, deletions, passedOver }, first, last };
  }
}

/** Null for what is no JSON object: it is kept as it came and ends in the list of problems. */
function parsed(text: string): JetstreamEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function deletionIn(event: JetstreamEvent, time: number): Deletion | null {
  const { did, kind, commit, account } = event;
  if (typeof did !== 'string') return null;
  if (kind === 'commit' && commit?.operation === 'delete')
    return { postId: `at://${did}/${commit.collection}/${commit.rkey}`, time };
  if (kind === 'account' && account?.active === false && gone.has(String(account.status)))
    return { accountId: did, time };
  return null;
}
