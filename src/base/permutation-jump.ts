import type { Interval } from './interval.ts';
import { quantileSorted } from './quantile.ts';
import type { Random } from './random.ts';

/** Posts before and after a moment, and how much more there are after. */
export interface OutwardJump {
  /** Number of times in [at - window, at). */
  before: number;
  /** Number of times in (at, at + window]. */
  after: number;
  /** ln((after + 0.5) / (before + 0.5)). */
  jump: number;
}

/** Jump at one moment in ascending times, all in one unit; times equal to `at` are on neither side. */
export function outwardJump(times: Float64Array, at: number, window: number): OutwardJump {
  if (!(window > 0)) throw new RangeError(`the window must be above 0, got ${window}`);
  const before = firstAtOrAfter(times, at) - firstAtOrAfter(times, at - window);
  const after = firstAfter(times, at + window) - firstAfter(times, at);
  return { before, after, jump: Math.log((after + 0.5) / (before + 0.5)) };
}

/**
 * Interval of a jump by the Poisson bootstrap: each post counts a Poisson(1) number of times, so each side is Poisson
 * with its count.
 *
 * Default 1,000 draws and 95 %. A side without posts stays at 0, so the interval of a jump from nothing is too narrow:
 * read it with the counts.
 */
export function jumpInterval(counts: OutwardJump, random: Random, draws = 1000, confidence = 0.95): Interval {
  const jumps = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    jumps[i] = Math.log((random.poisson(counts.after) + 0.5) / (random.poisson(counts.before) + 0.5));
  }
  jumps.sort();
  const side = (1 - confidence) / 2;
  return { low: quantileSorted(jumps, side), high: quantileSorted(jumps, 1 - side) };
}

/** Jumps at other moments, for comparison: one for each place in `moments`. */
export function placeboJumps(times: Float64Array, moments: ArrayLike<number>, window: number): Float64Array {
  const jumps = new Float64Array(moments.length);
  for (let i = 0; i < moments.length; i++) jumps[i] = outwardJump(times, moments[i]!, window).jump;
  return jumps;
}

/** `count` moments uniform in [from, to], ascending. */
export function randomMoments(from: number, to: number, count: number, random: Random): Float64Array {
  if (!(from <= to)) throw new RangeError(`no moment between ${from} and ${to}`);
  const moments = new Float64Array(count);
  for (let i = 0; i < count; i++) moments[i] = random.between(from, to);
  return moments.sort();
}

/** (1 + number of placebo values at or above the observed) / (1 + number of placebo values): never 0. */
export function placeboPValue(observed: number, placebo: ArrayLike<number>): number {
  let atLeast = 0;
  for (let i = 0; i < placebo.length; i++) if (placebo[i]! >= observed) atLeast++;
  return (1 + atLeast) / (1 + placebo.length);
}

function firstAtOrAfter(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAfter(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
