import { logPoissonUpperTail } from './poisson.ts';

/**
 * ln P(X >= k) for X negative binomial with this mean and variance: counts that vary more than a Poisson's. With a variance that is not above the mean it
 * is the Poisson's.
 * @throws RangeError for a count that is no integer, or moments that are not positive and finite.
 */
export function logNegativeBinomialUpperTail(k: number, mean: number, variance: number): number {
  if (!Number.isInteger(k)) throw new RangeError(`the count must be an integer, got ${k}`);
  if (!(mean > 0 && mean < Infinity && variance >= 0 && variance < Infinity))
    throw new RangeError(`mean and variance must be finite and above 0, got ${mean} and ${variance}`);
  if (variance <= mean * (1 + 1e-6)) return logPoissonUpperTail(k, mean);
  if (k <= 0) return 0;
  const q = 1 - mean / variance;
  const size = mean ** 2 / (variance - mean);
  let logMass = size * Math.log1p(-q);
  let below = Math.exp(logMass);
  for (let j = 1; j <= k; j++) {
    logMass += Math.log((q * (size + j - 1)) / j);
    if (j < k) below += Math.exp(logMass);
  }
  if (below < 0.5) return Math.log1p(-below);
  let term = 1;
  let sum = 1;
  for (let j = k + 1; term > sum * 1e-17; j++) {
    term *= (q * (size + j - 1)) / j;
    sum += term;
  }
  return logMass + Math.log(sum);
}
