/**
 * Size of a sequence after Lempel-Ziv coding (LZ78: number of phrases times the bits of a phrase) over its size with log2(alphabet) bits
 * per symbol. About 1 or more for chance, near 0 for repetition; symbols are below `alphabet`. RangeError for an empty sequence.
 */
export function lempelZivRatio(symbols: Uint8Array, alphabet: number): number {
  const n = symbols.length;
  if (n === 0 || alphabet < 2) throw new RangeError(`Lempel-Ziv coding of ${n} symbols of an alphabet of ${alphabet}`);
  let next = new Int32Array(alphabet * 64);
  let nodes = 1;
  let node = 0;
  let phrases = 0;
  for (let i = 0; i < n; i++) {
    const symbol = symbols[i]!;
    if (symbol >= alphabet) throw new RangeError(`symbol ${symbol} of an alphabet of ${alphabet}`);
    const child = next[node * alphabet + symbol]!;
    if (child > 0) {
      node = child;
      if (i === n - 1) phrases++;
      continue;
    }
    if ((nodes + 1) * alphabet > next.length) {
      const larger = new Int32Array(next.length * 2);
      larger.set(next);
      next = larger;
    }
    next[node * alphabet + symbol] = nodes++;
    phrases++;
    node = 0;
  }
  return (phrases * (Math.log2(phrases + 1) + Math.log2(alphabet))) / (n * Math.log2(alphabet));
}
