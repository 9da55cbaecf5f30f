/**
 * Chance that a random positive has a higher score than a random negative, ties counting one half (Mann-Whitney).
 *
 * `positive[i]` is not 0 for positives. Null where one of the two classes is empty; RangeError for a NaN score.
 */
export function auc(scores: ArrayLike<number>, positive: ArrayLike<number>): number | null {
  const n = scores.length;
  if (positive.length !== n) throw new RangeError(`${n} scores for ${positive.length} labels`);
  const order = new Uint32Array(n);
  let positives = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is NaN`);
    order[i] = i;
    if (positive[i]) positives++;
  }
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return null;
  order.sort((a, b) => scores[a]! - scores[b]! || a - b);
  let wins = 0;
  let negativesBelow = 0;
  for (let start = 0; start < n; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let tiedPositives = 0;
    for (; end < n && scores[order[end]!] === score; end++) if (positive[order[end]!]) tiedPositives++;
    const tiedNegatives = end - start - tiedPositives;
    wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    start = end;
  }
  return wins / (positives * negatives);
}
