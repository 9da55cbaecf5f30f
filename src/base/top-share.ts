/**
 * Share of the total that the largest `fraction` of the amounts holds, 0 where the total is 0.
 *
 * The number counted as top is n * fraction rounded up, at least one. RangeError for no amounts or a fraction outside
 * (0, 1].
 */
export function topShare(amounts: ArrayLike<number>, fraction: number): number {
  const n = amounts.length;
  if (n === 0) throw new RangeError('top share of no amounts');
  if (!(fraction > 0 && fraction <= 1)) throw new RangeError(`top share needs a fraction in (0, 1], got ${fraction}`);
  const sorted = new Float64Array(amounts).sort();
  const top = Math.max(1, Math.ceil(n * fraction - 1e-9));
  let total = 0;
  let held = 0;
  for (let i = 0; i < n; i++) {
    total += sorted[i]!;
    if (i >= n - top) held += sorted[i]!;
  }
  return total === 0 ? 0 : held / total;
}
