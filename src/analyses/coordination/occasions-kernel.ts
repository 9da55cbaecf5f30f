import { emptyShares, largestKey, type ShareColumns } from './share-columns-kernel.ts';

/**
 * Acts by occasion: an occasion is one artifact in one stretch of time; every account acts at most once in it, by its first share. The columns hold the
 * number of the occasion in place of the artifact; `row` leads back to the share.
 */
export interface Occasions {
  acts: ShareColumns;
  row: Uint32Array;
  /** Acts of occasion o: starts[o] .. starts[o + 1] - 1, by time. */
  starts: Uint32Array;
  /** Artifact of each act, where it was looked up. */
  artifacts?: Uint32Array;
}

/** Occasions with at least two acts; `width` in microseconds. */
export function findOccasions(shares: ShareColumns, width: number): Occasions {
  const { artifact, time, account, content } = shares;
  const shareCount = artifact.length;
  const row = new Uint32Array(shareCount);
  const starts = new Uint32Array(Math.floor(shareCount / 2) + 2);
  const lastMet = new Uint32Array(shareCount === 0 ? 0 : largestKey(account) + 1);
  let count = 0;
  let occasions = 0;
  for (let start = 0; start < shareCount; ) {
    const latest = (Math.floor(time[start]! / width) + 1) * width;
    const began = count;
    let end = start;
    for (; end < shareCount && artifact[end] === artifact[start] && time[end]! < latest; end++) {
      if (lastMet[account[end]!] === start + 1) continue;
      lastMet[account[end]!] = start + 1;
      row[count++] = end;
    }
    if (count - began < 2) count = began;
    else starts[++occasions] = count;
    start = end;
  }
  const acts = emptyShares(count);
  for (let occasion = 0; occasion < occasions; occasion++)
    for (let at = starts[occasion]!; at < starts[occasion + 1]!; at++) {
      acts.artifact[at] = occasion;
      acts.time[at] = time[row[at]!]!;
      acts.account[at] = account[row[at]!]!;
      acts.content[at] = content[row[at]!]!;
    }
  return { acts, row: row.slice(0, count), starts: starts.slice(0, occasions + 1) };
}

/** Pairs of acts within the window in each occasion, and its acts; only acts that `counts` lets in. */
export function closePairs(
  { acts, starts }: Occasions,
  window: number,
  counts: (act: number) => boolean,
): { close: Float64Array; members: Uint32Array } {
  const occasions = starts.length - 1;
  const close = new Float64Array(occasions);
  const members = new Uint32Array(occasions);
  const times = new Float64Array(acts.time.length);
  for (let occasion = 0; occasion < occasions; occasion++) {
    let size = 0;
    let older = 0;
    let pairs = 0;
    for (let act = starts[occasion]!; act < starts[occasion + 1]!; act++) {
      if (!counts(act)) continue;
      times[size] = acts.time[act]!;
      while (times[older]! < times[size]! - window) older++;
      pairs += size - older;
      size++;
    }
    close[occasion] = pairs;
    members[occasion] = size;
  }
  return { close, members };
}

/** Size class of an occasion: 2, 3-4, 5-8, 9-16 and so on. */
export function sizeClass(members: number): number {
  return members < 2 ? 0 : Math.ceil(Math.log2(members));
}

const borrowedOccasions = 10;

/**
 * Usual chance, by size class, that two acts of one occasion lie within the window: the mean over occasions, drawn towards that of all classes by ten
 * occasions' worth, and that towards evenly spread acts by another ten.
 */
export function usualChances(close: Float64Array, members: Uint32Array, evenChance: number): Float64Array {
  const sums = new Float64Array(40);
  const counts = new Float64Array(40);
  let all = 0;
  let occasions = 0;
  for (let occasion = 0; occasion < close.length; occasion++) {
    const size = members[occasion]!;
    if (size < 2) continue;
    const chance = close[occasion]! / ((size * (size - 1)) / 2);
    const place = sizeClass(size);
    sums[place] = sums[place]! + chance;
    counts[place] = counts[place]! + 1;
    all += chance;
    occasions++;
  }
  const overall = (all + borrowedOccasions * evenChance) / (occasions + borrowedOccasions);
  return sums.map((sum, place) => (sum + borrowedOccasions * overall) / (counts[place]! + borrowedOccasions));
}
