/**
 * Adjusted p values that control the false discovery rate (Benjamini & Hochberg 1995), in the order of the input.
 *
 * `tests` is the number of tests made where only the smallest p values are given; a test left out counts as p = 1.
 * RangeError for a p outside 0 .. 1 or fewer tests than p values.
 */
export function benjaminiHochberg(pValues: ArrayLike<number>, tests = pValues.length): Float64Array {
  const n = pValues.length;
  if (tests < n) throw new RangeError(`${n} p values cannot come from ${tests} tests`);
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const p = pValues[i]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p value ${p} at ${i}`);
    order[i] = i;
  }
  order.sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Float64Array(n);
  let smallest = 1;
  for (let rank = n; rank >= 1; rank--) {
    const i = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[i]! * tests) / rank);
    adjusted[i] = smallest;
  }
  return adjusted;
}
