import { quantile } from './quantile.ts';

/** Consecutive bins of nearly the same count: the mark that a collector's cap leaves. */
export interface FlatRun {
  /** First bin of the run. */
  start: number;
  /** Number of bins. */
  length: number;
  lowest: number;
  highest: number;
  /** Variance over mean of the counts in the run; about 1 for a steady Poisson stream, far below it for a capped one. */
  dispersion: number;
}

/** `maxRatio`: a run is flat while its largest count over its smallest is below this (default 1.01). */
export interface FlatRunOptions {
  above: number;
  maxRatio?: number;
}

/** `minimumBins` default 3, `level` (quantile of the series) default 0.9, `maxRatio` default 1.01, `minimumCount` default 100. */
export interface CappedRunOptions {
  minimumBins?: number;
  level?: number;
  maxRatio?: number;
  minimumCount?: number;
}

/** The longest run of bins with counts above a level and largest / smallest below `maxRatio`, the earliest of equals, or null. */
export function longestFlatRun(counts: ArrayLike<number>, options: FlatRunOptions): FlatRun | null {
  const { above, maxRatio = 1.01 } = options;
  const runs = maximalFlatRuns(counts, (count) => count > above && count > 0, maxRatio);
  let best: FlatRun | null = null;
  for (const run of runs) if (best === null || run.length > best.length) best = run;
  return best;
}

/**
 * Runs of at least `minimumBins` flat bins near the top of a series, in time order and without overlap.
 *
 * A bin is near the top when its count times `maxRatio` reaches the quantile `level` of the series (so a cap that holds for most of the
 * series is found too) and is at least `minimumCount`, under which equal counts are common by chance. Where runs overlap the longest is
 * kept, then the earliest. A flat top is a sign of a cap, not a proof; a steady source at a high count can look the same
 * (`dispersion` tells them apart). An end bin that is cut off is not flat and is left out by itself.
 */
export function cappedRuns(counts: ArrayLike<number>, options: CappedRunOptions = {}): FlatRun[] {
  const { minimumBins = 3, level = 0.9, maxRatio = 1.01, minimumCount = 100 } = options;
  if (counts.length < minimumBins) return [];
  const floor = Math.max(minimumCount, quantile(counts, level) / maxRatio);
  const candidates = maximalFlatRuns(counts, (count) => count >= floor, maxRatio).filter(
    (run) => run.length >= minimumBins,
  );
  candidates.sort((a, b) => b.length - a.length || a.start - b.start);
  const taken = new Uint8Array(counts.length);
  const kept: FlatRun[] = [];
  for (const run of candidates) {
    const end = run.start + run.length;
    if (taken[run.start] || taken[end - 1]) continue;
    taken.fill(1, run.start, end);
    kept.push(run);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** All flat windows that cannot be made longer, by two pointers with queues of the falling maxima and rising minima. */
function maximalFlatRuns(counts: ArrayLike<number>, admits: (count: number) => boolean, maxRatio: number): FlatRun[] {
  const n = counts.length;
  const maxima = new Uint32Array(n);
  const minima = new Uint32Array(n);
  const runs: FlatRun[] = [];
  let start = 0;
  while (start < n) {
    if (!admits(counts[start]!)) {
      start++;
      continue;
    }
    let segmentEnd = start;
    while (segmentEnd < n && admits(counts[segmentEnd]!)) segmentEnd++;
    let maxHead = 0;
    let maxTail = 0;
    let minHead = 0;
    let minTail = 0;
    let left = start;
    for (let right = start; right < segmentEnd; right++) {
      const count = counts[right]!;
      const oldLeft = left;
      while (maxTail > maxHead && counts[maxima[maxTail - 1]!]! <= count) maxTail--;
      while (minTail > minHead && counts[minima[minTail - 1]!]! >= count) minTail--;
      maxima[maxTail++] = right;
      minima[minTail++] = right;
      while (counts[maxima[maxHead]!]! / counts[minima[minHead]!]! >= maxRatio) {
        left++;
        if (maxima[maxHead]! < left) maxHead++;
        if (minima[minHead]! < left) minHead++;
      }
      if (left > oldLeft) runs.push(describeRun(counts, oldLeft, right));
    }
    runs.push(describeRun(counts, left, segmentEnd));
    start = segmentEnd;
  }
  return runs;
}

function describeRun(counts: ArrayLike<number>, start: number, end: number): FlatRun {
  const length = end - start;
  let lowest = Infinity;
  let highest = -Infinity;
  let sum = 0;
  for (let i = start; i < end; i++) {
    const count = counts[i]!;
    sum += count;
    if (count < lowest) lowest = count;
    if (count > highest) highest = count;
  }
  const mean = sum / length;
  let squares = 0;
  for (let i = start; i < end; i++) squares += (counts[i]! - mean) ** 2;
  const dispersion = length < 2 ? 0 : squares / (length - 1) / mean;
  return { start, length, lowest, highest, dispersion };
}
