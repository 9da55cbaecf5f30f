/**
 * Quantile of values in ascending order by linear interpolation of order statistics, R's type 7.
 *
 * Source: Hyndman & Fan 1996; same rounding as R's `quantile`. `p` in 0 .. 1; RangeError for no values.
 */
export function quantileSorted(ascending: ArrayLike<number>, p: number): number {
  const n = ascending.length;
  if (n === 0) throw new RangeError('quantile of no values');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile needs p in 0 .. 1, got ${p}`);
  const position = (n - 1) * p;
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.ceil(position)]!;
  if (low === high) return low;
  const share = position - below;
  return (1 - share) * low + share * high;
}

/** Quantile of values in any order; `values` stays as it is. RangeError for no values or a NaN among them. */
export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = new Float64Array(values).sort();
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError('quantile of NaN');
  return quantileSorted(sorted, p);
}

/** The quantile at one half. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
