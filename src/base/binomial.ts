import { bisect } from './bisect.ts';
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';
import { portableLog } from './portable-log-exp.ts';
import { saddleDeviance, stirlingError } from './stirling.ts';

/** ln P(X = k) for X binomial; -Infinity where impossible. Loader 2000. */
export function logBinomialMass(k: number, trials: number, probability: number): number {
  assertBinomial(k, trials, probability);
  if (k < 0 || k > trials) return -Infinity;
  if (probability === 0) return k === 0 ? 0 : -Infinity;
  if (probability === 1) return k === trials ? 0 : -Infinity;
  if (k === 0) return trials * Math.log1p(-probability);
  if (k === trials) return trials * portableLog(probability);
  const rest = trials - k;
  const errors = stirlingError(trials) - stirlingError(k) - stirlingError(rest);
  const deviance = saddleDeviance(k, trials * probability) + saddleDeviance(rest, trials * (1 - probability));
  return errors - deviance + 0.5 * portableLog(trials / (2 * Math.PI * k * rest));
}

/** P(X >= k) for X binomial. */
export function binomialUpperTail(k: number, trials: number, probability: number): number {
  assertBinomial(k, trials, probability);
  if (k <= 0) return 1;
  if (k > trials || probability === 0) return 0;
  if (k > trials * probability)
    return Math.exp(logBinomialMass(k, trials, probability)) * sumUp(k, trials, probability);
  return 1 - binomialCdf(k - 1, trials, probability);
}

/** P(X <= k) for X binomial. */
export function binomialCdf(k: number, trials: number, probability: number): number {
  return k < trials * probability
    ? Math.exp(logBinomialMass(k, trials, probability)) * sumUp(trials - k, trials, 1 - probability)
    : 1 - binomialUpperTail(k + 1, trials, probability);
}

/**
 * Upper bound of a probability after `trials` trials without one event: 1 - (1 - confidence)^(1 / trials), one-sided.
 *
 * About 3 / trials at 95 %; 1 where there were no trials. `trials` may be a fraction (trials times coverage).
 */
export function zeroEventUpperBound(trials: number, confidence = 0.95): number {
  if (!(trials >= 0 && confidence > 0 && confidence < 1)) {
    throw new RangeError('a zero-event bound needs trials >= 0 and confidence between 0 and 1');
  }
  return trials === 0 ? 1 : -Math.expm1(Math.log(1 - confidence) / trials);
}

/** Score interval of a proportion (Wilson 1927); [0, 1] where there were no trials. */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  assertProportion(successes, trials);
  if (trials === 0) return { low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = successes / trials;
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  };
}

/**
 * Exact interval of a proportion (Clopper & Pearson 1934), each side (1 - confidence) / 2; [0, 1] where there were no
 * trials.
 */
export function clopperPearsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  assertProportion(successes, trials);
  const side = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : bisect((p) => binomialUpperTail(successes, trials, p) - side, 0, 1),
    high: successes === trials ? 1 : bisect((p) => side - binomialCdf(successes, trials, p), 0, 1),
  };
}

/** sum over j >= k of P(X = j) / P(X = k). */
function sumUp(k: number, trials: number, probability: number): number {
  const odds = probability / (1 - probability);
  let term = 1;
  let sum = 1;
  for (let j = k; j < trials && term > sum * 1e-17; j++) {
    term *= ((trials - j) / (j + 1)) * odds;
    sum += term;
  }
  return sum;
}

function assertBinomial(k: number, trials: number, probability: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(trials) || trials < 0 || !(probability >= 0 && probability <= 1)) {
    throw new RangeError(`binomial needs integers and a probability, got ${k} of ${trials} at ${probability}`);
  }
}

function assertProportion(successes: number, trials: number): void {
  if (!Number.isInteger(successes) || !Number.isInteger(trials) || successes < 0 || successes > trials) {
    throw new RangeError(`a proportion needs 0 <= successes <= trials, got ${successes} of ${trials}`);
  }
}
