/**
 * Share of positives among the k highest scores; where scores tie at the cut, the mean over all orders of the tied.
 *
 * Divides by k also where fewer than k items are given, so a short list cannot look better. RangeError for k < 1 or a
 * NaN score.
 */
export function precisionAt(scores: ArrayLike<number>, positive: ArrayLike<number>, k: number): number {
  const n = scores.length;
  if (positive.length !== n) throw new RangeError(`${n} scores for ${positive.length} labels`);
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`precision at k needs a whole k >= 1, got ${k}`);
  const sorted = new Float64Array(scores).sort();
  if (Number.isNaN(sorted[n - 1])) throw new RangeError('precision of a NaN score');
  const cut = n > k ? sorted[n - k]! : -Infinity;
  let above = 0;
  let positivesAbove = 0;
  let tied = 0;
  let positivesTied = 0;
  for (let i = 0; i < n; i++) {
    const isPositive = positive[i] ? 1 : 0;
    if (scores[i]! > cut) {
      above++;
      positivesAbove += isPositive;
    } else if (scores[i] === cut) {
      tied++;
      positivesTied += isPositive;
    }
  }
  const places = Math.min(tied, k - above);
  return (positivesAbove + (tied === 0 ? 0 : (places * positivesTied) / tied)) / k;
}
