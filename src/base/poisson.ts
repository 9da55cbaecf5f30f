import { bisect } from './bisect.ts';
import type { Interval } from './interval.ts';
import { portableLog } from './portable-log-exp.ts';
import { saddleDeviance, stirlingError } from './stirling.ts';

/** ln P(X = k) for X Poisson with this mean; -Infinity where impossible. */
export function logPoissonMass(k: number, mean: number): number {
  assertCountAndMean(k, mean);
  if (mean === 0) return k === 0 ? 0 : -Infinity;
  if (k < 0) return -Infinity;
  if (k === 0) return -mean;
  return -stirlingError(k) - saddleDeviance(k, mean) - 0.5 * portableLog(2 * Math.PI * k);
}

/** ln P(X >= k): keeps its relative accuracy where the probability itself is too small for a double. */
export function logPoissonUpperTail(k: number, mean: number): number {
  assertCountAndMean(k, mean);
  if (k <= 0) return 0;
  if (mean === 0) return -Infinity;
  if (k > mean) return logPoissonMass(k, mean) + Math.log(sumUp(k, mean));
  return Math.log1p(-Math.exp(logPoissonMass(k - 1, mean)) * sumDown(k - 1, mean));
}

/** P(X >= k) for X Poisson with this mean; k an integer. */
export function poissonUpperTail(k: number, mean: number): number {
  return Math.exp(logPoissonUpperTail(k, mean));
}

/** P(X <= k) for X Poisson with this mean; k an integer. */
export function poissonCdf(k: number, mean: number): number {
  assertCountAndMean(k, mean);
  if (k < 0) return 0;
  if (k < mean) return Math.exp(logPoissonMass(k, mean)) * sumDown(k, mean);
  return -Math.expm1(logPoissonUpperTail(k + 1, mean));
}

/**
 * Exact interval of a rate (events per unit of exposure) after `count` events (Garwood 1936).
 *
 * Each side keeps (1 - confidence) / 2; with no event the lower bound is 0 and the upper bound still two-sided.
 */
export function poissonRateInterval(count: number, exposure = 1, confidence = 0.95): Interval {
  assertCountAndMean(count, exposure);
  if (!(count >= 0 && exposure > 0 && confidence > 0 && confidence < 1)) {
    throw new RangeError('a rate interval needs count >= 0, exposure > 0 and confidence between 0 and 1');
  }
  const side = (1 - confidence) / 2;
  const ceiling = count + 20 + 10 * Math.sqrt(count + 1) * -Math.log10(side);
  const low = count === 0 ? 0 : bisect((mean) => poissonUpperTail(count, mean) - side, 0, count);
  const high = bisect((mean) => side - poissonCdf(count, mean), count, ceiling);
  return { low: low / exposure, high: high / exposure };
}

function sumUp(k: number, mean: number): number {
  let term = 1;
  let sum = 1;
  for (let j = k + 1; term > sum * 1e-17; j++) {
    term *= mean / j;
    sum += term;
  }
  return sum;
}

function sumDown(k: number, mean: number): number {
  let term = 1;
  let sum = 1;
  for (let j = k; j > 0 && term > sum * 1e-17; j--) {
    term *= j / mean;
    sum += term;
  }
  return sum;
}

function assertCountAndMean(k: number, mean: number): void {
  if (!Number.isInteger(k)) throw new RangeError(`Poisson count must be an integer, got ${k}`);
  if (!(mean >= 0 && mean < Infinity)) throw new RangeError(`Poisson mean must be finite and >= 0, got ${mean}`);
}
