/**
 * Gini coefficient of non-negative amounts: 0 where all are equal (also where all are 0), near 1 where one holds
 * everything.
 *
 * 2 sum(i x_i) / (n sum(x)) - (n + 1) / n with x ascending and i from 1. RangeError for no or negative amounts.
 */
export function gini(amounts: ArrayLike<number>): number {
  const n = amounts.length;
  if (n === 0) throw new RangeError('gini of no amounts');
  const sorted = new Float64Array(amounts).sort();
  if (!(sorted[0]! >= 0) || Number.isNaN(sorted[n - 1])) throw new RangeError('gini needs amounts >= 0');
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    sum += sorted[i]!;
    weighted += (i + 1) * sorted[i]!;
  }
  return sum === 0 ? 0 : (2 * weighted) / (n * sum) - (n + 1) / n;
}
