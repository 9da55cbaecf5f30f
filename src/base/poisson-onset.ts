import { logPoissonUpperTail } from './poisson.ts';

/** The first bin whose count the baseline cannot explain. */
export interface PoissonOnset {
  /** Index of the bin in the series. */
  bin: number;
  count: number;
  /** Mean count per bin that the rule expects: baseline mean + allowance. */
  expected: number;
  /** P(X >= count), 0 where it is too small for a double. */
  pValue: number;
  /** Natural logarithm of the same. */
  logPValue: number;
}

/**
 * `baselineBins`: how many leading bins count as before. `allowance`: added to their mean. `threshold`: p value to fall
 * below.
 */
export interface PoissonOnsetOptions {
  baselineBins: number;
  allowance?: number;
  threshold?: number;
}

/**
 * First bin after the baseline with Poisson P(X >= count | baseline mean + allowance) below the threshold, or null.
 *
 * Defaults: allowance 0.5, threshold 1e-6. The rule takes the baseline as quiet and steady: a daily rhythm in it shifts
 * the onset. RangeError where the baseline is empty or longer than the series.
 */
export function poissonOnset(counts: ArrayLike<number>, options: PoissonOnsetOptions): PoissonOnset | null {
  const { baselineBins, allowance = 0.5, threshold = 1e-6 } = options;
  if (!(Number.isInteger(baselineBins) && baselineBins >= 1 && baselineBins <= counts.length)) {
    throw new RangeError(`a baseline of ${baselineBins} bins in a series of ${counts.length}`);
  }
  let sum = 0;
  for (let i = 0; i < baselineBins; i++) sum += counts[i]!;
  const expected = sum / baselineBins + allowance;
  const logThreshold = Math.log(threshold);
  for (let bin = baselineBins; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count <= expected) continue;
    const logPValue = logPoissonUpperTail(count, expected);
    if (logPValue < logThreshold) return { bin, count, expected, pValue: Math.exp(logPValue), logPValue };
  }
  return null;
}
