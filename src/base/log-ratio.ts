/**
 * Smoothed log ratio of the shares that items have in two groups: above 0 where the item belongs to the first.
 *
 * ln((a_i + s) / sum(a + s)) - ln((b_i + s) / sum(b + s)); tweetmineR (Shaffer 2018) with s = 1. The sums run over the
 * items given, so a choice of items changes every value. RangeError where lengths differ or s is not above 0.
 */
export function smoothedLogRatio(first: ArrayLike<number>, second: ArrayLike<number>, smoothing = 1): Float64Array {
  const n = first.length;
  if (second.length !== n) throw new RangeError(`log ratio of ${n} against ${second.length} counts`);
  if (!(smoothing > 0)) throw new RangeError(`log ratio needs smoothing > 0, got ${smoothing}`);
  let firstTotal = 0;
  let secondTotal = 0;
  for (let i = 0; i < n; i++) {
    firstTotal += first[i]! + smoothing;
    secondTotal += second[i]! + smoothing;
  }
  const shift = Math.log(secondTotal / firstTotal);
  const ratios = new Float64Array(n);
  for (let i = 0; i < n; i++) ratios[i] = Math.log((first[i]! + smoothing) / (second[i]! + smoothing)) + shift;
  return ratios;
}
