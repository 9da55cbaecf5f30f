import type { Batch, Gap } from './collector.ts';

export interface ListedItem {
  id: string;
  /** Milliseconds since 1970. */
  time: number;
  line: string;
}

export interface ListedPage {
  items: readonly ListedItem[];
  /** What to ask the next older page with; null at the end. */
  next: string | null;
}

/** What was seen at the newest end of a listing; plain JSON. */
export interface WalkState {
  ids: readonly string[];
  newest: number;
}

export interface WalkOptions {
  known: WalkState | null;
  /** How many pages one walk may read. */
  mostPages: number;
  /** When the walk began, milliseconds since 1970. */
  began: number;
  /** Why the source would end before what is known is reached. */
  endCause: string;
  /** The walk need not go further back than this time. */
  since?: number;
}

const idsKept = 1_000;

/**
 * Reads a listing from its newest end until it meets what is known, and tells the gap where it ends before that. Yields one batch
 * a page; the state stands in the last one only, so that a walk that is broken off is done again.
 */
export async function* walkBack(
  readPage: (next: string | null) => Promise<ListedPage>,
  { known, mostPages, began, endCause, since }: WalkOptions,
): AsyncGenerator<Batch & { walk?: WalkState; stopped?: 'known' | 'end' | 'limit' }> {
  const met = new Set(known?.ids);
  const seen: string[] = [];
  let oldest = began;
  let newest = known?.newest ?? 0;
  let next: string | null = null;
  let stopped: 'known' | 'end' | 'limit' = 'limit';
  for (let page = 0; page < mostPages; page++) {
    const { items, next: older } = await readPage(next);
    const fresh = items.filter((item) => !met.has(item.id));
    for (const item of fresh) {
      met.add(item.id);
      seen.push(item.id);
      oldest = Math.min(oldest, item.time);
      newest = Math.max(newest, item.time);
    }
    yield { records: fresh.map((item) => item.line) };
    const reached = known !== null && (fresh.length < items.length || oldest < known.newest);
    if (reached || (since !== undefined && oldest <= since)) stopped = 'known';
    else if (older === null || items.length === 0) stopped = 'end';
    if (stopped !== 'limit') break;
    next = older;
  }
  const gaps: Gap[] = [];
  if (known !== null && known.newest > 0 && stopped !== 'known' && seen.length > 0 && oldest > known.newest) {
    const cause = stopped === 'limit' ? 'more posts came than one walk may read' : endCause;
    gaps.push({ from: known.newest, to: oldest, cause, missed: null, flag: 'gap' });
  }
  yield {
    gaps,
    collectedThrough: began,
    ...(known === null ? { collectedFrom: since ?? oldest } : {}),
    walk: { ids: [...seen, ...(known?.ids ?? [])].slice(0, idsKept), newest },
    stopped,
  };
}
