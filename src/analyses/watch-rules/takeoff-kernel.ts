import { logPoissonUpperTail } from '../../base/poisson.ts';

const binMs = 5 * 60_000;
const baselineBins = 18;
const allowance = 0.5;
const logThreshold = Math.log(1e-6);
const quietMs = 6 * 3_600_000;

export interface Takeoff {
  /** Start of the 5-minute bin, milliseconds since 1970. */
  start: number;
  /** Posts in the bin and what the 90 minutes before let expect. */
  count: number;
  expected: number;
  /** Places of the bin's first and last post, the latter exclusive. */
  from: number;
  to: number;
}

/**
 * Takeoffs of a series of `count` ascending times: 5-minute bins (counted from 1970) with a Poisson tail below 1e-6 of the mean of the 18 bins
 * before + 0.5, after six hours without such a bin. The last bin may be unfinished: more posts only make it clearer.
 */
export function takeoffs(times: Float64Array, count: number): Takeoff[] {
  const found: Takeoff[] = [];
  const starts: number[] = [];
  const counts: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; ) {
    const start = Math.floor(times[i]! / binMs) * binMs;
    let end = i;
    while (end < count && times[end]! < start + binMs) end++;
    let before = 0;
    for (let b = starts.length - 1; b >= 0 && starts[b]! >= start - baselineBins * binMs; b--) before += counts[b]!;
    const expected = before / baselineBins + allowance;
    const size = end - i;
    if (size > expected && logPoissonUpperTail(size, expected) < logThreshold) {
      if (start - last >= quietMs) found.push({ start, count: size, expected, from: i, to: end });
      last = start;
    }
    starts.push(start);
    counts.push(size);
    i = end;
  }
  return found;
}
