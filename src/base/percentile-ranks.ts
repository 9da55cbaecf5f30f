/** Mid-rank percentile (0 to 1) of each value among those that are known; NaN stays NaN. */
export function percentileRanks(values: Float64Array): Float64Array {
  const known = Uint32Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]!));
  known.sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0; start < known.length; ) {
    let end = start;
    while (end < known.length && values[known[end]!] === values[known[start]!]) end++;
    for (let i = start; i < end; i++) ranks[known[i]!] = (start + end) / 2 / known.length;
    start = end;
  }
  return ranks;
}
