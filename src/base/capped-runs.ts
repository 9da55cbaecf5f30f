import { quantile } from './quantile.ts';

/** Consecutive bins of nearly the same count: the mark that a collector's cap leaves. */
export interface FlatRun {
  /** First bin of the run. */
  start: number;
  /** Number of bins. */
  length: number;
  lowest: number;
  highest: number;
  /**
   * Variance over mean of the counts in the run; about 1 for a steady Poisson stream, far below it for a capped one.
   */
  dispersion: number;
}

/** `maxRatio`: a run is flat while its largest count over its smallest is below this (default 1.01). */
export interface FlatRunOptions {
  above: number;
  maxRatio?: number;
}

/** A flat run near the top of a series that the ordinary changes of the series do not explain. */
export interface CappedRun extends FlatRun {
  /** Expected number of runs of this length near the top if flat steps came by accident. */
  chance: number;
  /** Mean step at the two ends of the run over the mean step inside it; Infinity where the run does not move at all. */
  sharpness: number;
}

/**
 * `minimumBins` default 3, `level` (quantile of the series) default 0.9, `maxRatio` default 1.01, `minimumCount`
 * default 100, `maxChance` default 0.01, `minSharpness` default 10.
 */
export interface CappedRunOptions {
  minimumBins?: number;
  level?: number;
  maxRatio?: number;
  minimumCount?: number;
  maxChance?: number;
  minSharpness?: number;
}

/**
 * The longest run of bins with counts above a level and largest / smallest below `maxRatio`, the earliest of equals, or
 * null.
 */
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
 * A bin is near the top when its count times `maxRatio` reaches the quantile `level` of the series (so a cap that holds
 * for most of the series is found too) and is at least `minimumCount`. Where runs overlap the longest is kept, then the
 * earliest. A smooth daily peak is flat for some bins as well, so two things more are asked. Accident must not explain
 * the run: `chance` = tops * q^(L - 1) is below `maxChance`, for a run of L bins, tops bins near the top that are in
 * this run or in none, and q the share of flat steps outside all runs among steps that touch at least half the top
 * level. And the run must begin and end abruptly: `sharpness` is at least `minSharpness`; a run that is the whole
 * series has no ends and needs `dispersion` below 0.5 instead. On simulated smooth rhythms of 240 Poisson bins without
 * a cap up to 7 % of the series are still flagged: a sign of a cap, not a proof.
 */
export function cappedRuns(counts: ArrayLike<number>, options: CappedRunOptions = {}): CappedRun[] {
  const {
    minimumBins = 3,
    level = 0.9,
    maxRatio = 1.01,
    minimumCount = 100,
    maxChance = 0.01,
    minSharpness = 10,
  } = options;
  if (counts.length < minimumBins) return [];
  const floor = Math.max(minimumCount, quantile(counts, level) / maxRatio);
  const candidates = maximalFlatRuns(counts, (count) => count >= floor, maxRatio).filter(
    (run) => run.length >= minimumBins,
  );
  candidates.sort((a, b) => b.length - a.length || a.start - b.start);
  const runOf = new Uint32Array(counts.length);
  const kept: FlatRun[] = [];
  for (const run of candidates) {
    const end = run.start + run.length;
    if (runOf[run.start] || runOf[end - 1]) continue;
    kept.push(run);
    runOf.fill(kept.length, run.start, end);
  }
  let loose = 0;
  let steps = 0;
  let flatSteps = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! >= floor && !runOf[i]) loose++;
    if (i === 0 || (runOf[i] && runOf[i] === runOf[i - 1])) continue;
    const larger = Math.max(counts[i]!, counts[i - 1]!);
    if (larger < floor / 2) continue;
    steps++;
    if (larger / Math.min(counts[i]!, counts[i - 1]!) < maxRatio) flatSteps++;
  }
  const flatShare = (flatSteps + 0.5) / (steps + 1);
  return kept
    .map((run) => ({
      ...run,
      chance: (loose + run.length) * flatShare ** (run.length - 1),
      sharpness: sharpnessOf(counts, run),
    }))
    .filter((run) => run.chance < maxChance && run.sharpness >= minSharpness)
    .sort((a, b) => a.start - b.start);
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

/** Mean step at the ends of a run over the mean step inside. */
function sharpnessOf(counts: ArrayLike<number>, run: FlatRun): number {
  const end = run.start + run.length;
  let edges = 0;
  let outside = 0;
  if (run.start > 0) {
    outside += Math.abs(counts[run.start]! - counts[run.start - 1]!);
    edges++;
  }
  if (end < counts.length) {
    outside += Math.abs(counts[end]! - counts[end - 1]!);
    edges++;
  }
  if (edges === 0) return run.dispersion < 0.5 ? Infinity : 0;
  let inside = 0;
  for (let i = run.start + 1; i < end; i++) inside += Math.abs(counts[i]! - counts[i - 1]!);
  return outside / edges / (inside / (run.length - 1));
}
