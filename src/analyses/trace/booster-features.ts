import { none, type TracePosts } from './load-trace-posts.ts';

export const boosterFeatures = [
  'volume',
  'unoriginality',
  'coAction',
  'speed',
  'persistence',
  'youth',
  'pace',
] as const;
export type BoosterFeature = (typeof boosterFeatures)[number];

const day = 86_400_000;

/** Posts of account a in the order of time: index[offsets[a]] .. index[offsets[a + 1] - 1]. */
export interface PostsByAccount {
  offsets: Uint32Array;
  index: Uint32Array;
}

export function postsByAccount({ count, account, accountCount }: TracePosts): PostsByAccount {
  const offsets = new Uint32Array(accountCount + 1);
  for (let i = 0; i < count; i++) if (account[i] !== none) offsets[account[i]! + 1] = offsets[account[i]! + 1]! + 1;
  for (let a = 0; a < accountCount; a++) offsets[a + 1] = offsets[a + 1]! + offsets[a]!;
  const cursor = offsets.slice();
  const index = new Uint32Array(offsets[accountCount]!);
  for (let i = 0; i < count; i++) {
    const own = account[i]!;
    if (own === none) continue;
    const at = cursor[own]!;
    cursor[own] = at + 1;
    index[at] = i;
  }
  return { offsets, index };
}

/** The features of each account; NaN where one is not known, and everywhere for accounts without a post in the story. */
export function measureFeatures(
  posts: TracePosts,
  { offsets, index }: PostsByAccount,
  strength: Float64Array,
): Record<BoosterFeature, Float64Array> {
  const { time, kind, parent, text, accountCount } = posts;
  const values = {} as Record<BoosterFeature, Float64Array>;
  for (const feature of boosterFeatures) values[feature] = new Float64Array(accountCount).fill(Number.NaN);
  const half = time[Math.floor(posts.count / 2)]! - time[0]!;
  const late = time[0]! + 2 * half;
  const isCopy = copies(posts);
  let newest = -Infinity;
  for (let account = 0; account < accountCount; account++)
    if (offsets[account + 1]! > offsets[account]! && posts.accountCreated[account]! > newest)
      newest = posts.accountCreated[account]!;
  for (let account = 0; account < accountCount; account++) {
    const start = offsets[account]!;
    const end = offsets[account + 1]!;
    const amount = end - start;
    if (amount === 0) continue;
    let unoriginal = 0;
    let delays = 0;
    let fast = 0;
    let after = 0;
    for (let at = start; at < end; at++) {
      const i = index[at]!;
      if (kind[i] === 1 || (text[i] !== none && isCopy[i] === 1)) unoriginal++;
      if (time[i]! > late) after++;
      if (kind[i] !== 1 || parent[i]! < 0) continue;
      delays++;
      if (time[i]! - time[parent[i]!]! <= 10_000) fast++;
    }
    values.volume[account] = amount;
    if (amount >= 2) values.unoriginality[account] = unoriginal / amount;
    values.coAction[account] = strength[account]!;
    if (delays >= 2) values.speed[account] = fast / delays;
    if (amount >= 2) values.persistence[account] = after / amount;
    const created = posts.accountCreated[account]!;
    if (!Number.isNaN(created)) values.youth[account] = -(newest - created) / day;
    const span = time[index[end - 1]!]! - time[index[start]!]!;
    if (amount >= 3) values.pace[account] = amount / Math.max(span / day, 1 / 24);
  }
  return values;
}

/** 1 for posts whose text another post of the story had before. */
function copies({ count, text }: TracePosts): Uint8Array {
  let texts = 0;
  for (let i = 0; i < count; i++) if (text[i] !== none && text[i]! >= texts) texts = text[i]! + 1;
  const seen = new Uint8Array(texts);
  const isCopy = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if (text[i] === none) continue;
    isCopy[i] = seen[text[i]!]!;
    seen[text[i]!] = 1;
  }
  return isCopy;
}

/** Mid-rank percentile of each value among the known ones; NaN stays NaN. */
export function percentileRanks(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const levels: number[] = [];
  const rankOf: number[] = [];
  for (let start = 0; start < known.length; ) {
    let end = start;
    while (end < known.length && known[end] === known[start]) end++;
    levels.push(known[start]!);
    rankOf.push((start + end) / 2 / known.length);
    start = end;
  }
  return values.map((value) => (Number.isNaN(value) ? value : rankOf[placeOf(levels, value)]!));
}

/** Place of a value in an ascending list that has it. */
function placeOf(levels: readonly number[], value: number): number {
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
