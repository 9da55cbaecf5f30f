import { poissonUpperTail } from './poisson.ts';

const longestExact = 400;

/**
 * P(X >= k) for a sum of independent yes/no events with these probabilities (Poisson-binomial): exact by dynamic programming up to 400 events, Poisson with the
 * same mean beyond, which is never smaller in the upper tail (Hodges & Le Cam 1960 for the distance; Hoeffding 1956 for the side above the mean).
 */
export function poissonBinomialUpperTail(k: number, probabilities: ArrayLike<number>): number {
  const n = probabilities.length;
  if (k <= 0) return 1;
  if (k > n) return 0;
  if (n > longestExact) {
    let mean = 0;
    for (let event = 0; event < n; event++) mean += probabilities[event]!;
    return poissonUpperTail(k, mean);
  }
  const below = new Float64Array(k);
  below[0] = 1;
  let reached = 0;
  for (let event = 0; event < n; event++) {
    const p = probabilities[event]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${p} at ${event}`);
    reached += below[k - 1]! * p;
    for (let count = k - 1; count > 0; count--) below[count] = below[count]! * (1 - p) + below[count - 1]! * p;
    below[0] = below[0]! * (1 - p);
  }
  return Math.min(1, reached);
}
