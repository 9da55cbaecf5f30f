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
}

const idsKept = 500;

/**
 * Reads a listing from its newest end until a page ends in what is known, and tells the gap where it ends before that. What comes
 * meanwhile pushes the listing on, so that a page begins with what the one before ended with: only its end says how far the walk
 * is. Yields one batch a page; the state stands in the last one only, so that a walk that is broken off is done again.
 */
export async function* walkBack(
  readPage: (next: string | null) => Promise<ListedPage>,
  { known, mostPages, began, endCause }: WalkOptions,
): AsyncGenerator<Batch & { state?: WalkState }> {
  const before = new Set(known?.ids);
  const met = new Set(before);
  const seen: string[] = [];
  let oldest = began;
  let reached = began;
  let newest = known?.newest ?? 0;
  let next: string | null = null;
  let stopped: 'known' | 'end' | 'limit' = 'limit';
  for (let page = 0; page < mostPages && stopped === 'limit'; page++) {
    const { items, next: older } = await readPage(next);
    const fresh = items.filter((item) => !met.has(item.id));
    for (const item of fresh) {
      met.add(item.id);
      seen.push(item.id);
      oldest = Math.min(oldest, item.time);
      newest = Math.max(newest, Number.isFinite(item.time) ? item.time : 0);
    }
    yield { records: fresh.map((item) => item.line) };
    const last = items.at(-1);
    if (last && Number.isFinite(last.time)) reached = last.time;
    if (known !== null && last && (before.has(last.id) || last.time < known.newest)) stopped = 'known';
    else if (older === null || items.length === 0) stopped = 'end';
    next = older;
  }
  const gaps: Gap[] = [];
  if (known !== null && known.newest > 0 && stopped !== 'known' && seen.length > 0 && reached > known.newest) {
    const cause = stopped === 'limit' ? 'more posts came than one walk may read' : endCause;
    gaps.push({ from: known.newest, to: reached, cause, missed: null, flag: 'gap' });
  }
  yield {
    gaps,
    collectedThrough: began,
    ...(known === null ? { collectedFrom: oldest } : {}),
    state: { ids: [...seen, ...(known?.ids ?? [])].slice(0, idsKept), newest },
  };
}
