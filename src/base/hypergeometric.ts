import { logBinomialMass } from './binomial.ts';

/**
 * ln P(overlap = k) when `drawn` of `population` things are drawn and `marked` of them are marked; -Infinity where
 * impossible.
 *
 * Loader 2000: three binomial probabilities, so that large populations keep their relative accuracy.
 */
export function logHypergeometricMass(k: number, population: number, marked: number, drawn: number): number {
  assertHypergeometric(k, population, marked, drawn);
  if (k < 0 || k > marked || k > drawn || drawn - k > population - marked) return -Infinity;
  if (drawn === 0 || drawn === population) return 0;
  const p = drawn / population;
  return (
    logBinomialMass(k, marked, p) +
    logBinomialMass(drawn - k, population - marked, p) -
    logBinomialMass(drawn, population, p)
  );
}

/** ln P(overlap >= k): the chance of at least this overlap between two sets chosen at random, in log space. */
export function logHypergeometricUpperTail(k: number, population: number, marked: number, drawn: number): number {
  assertHypergeometric(k, population, marked, drawn);
  const least = Math.max(0, drawn - (population - marked));
  if (k <= least) return 0;
  if (k > Math.min(marked, drawn)) return -Infinity;
  if (k * population > marked * drawn) {
    return logHypergeometricMass(k, population, marked, drawn) + Math.log(sumUp(k, population, marked, drawn));
  }
  const lower = Math.exp(logHypergeometricMass(k - 1, population, marked, drawn));
  return Math.log1p(-Math.min(1, lower * sumDown(k - 1, population, marked, drawn)));
}

/** P(overlap >= k). */
export function hypergeometricUpperTail(k: number, population: number, marked: number, drawn: number): number {
  return Math.exp(logHypergeometricUpperTail(k, population, marked, drawn));
}

function sumUp(k: number, population: number, marked: number, drawn: number): number {
  const most = Math.min(marked, drawn);
  let term = 1;
  let sum = 1;
  for (let j = k; j < most && term > sum * 1e-17; j++) {
    term *= ((marked - j) / (j + 1)) * ((drawn - j) / (population - marked - drawn + j + 1));
    sum += term;
  }
  return sum;
}

function sumDown(k: number, population: number, marked: number, drawn: number): number {
  const least = Math.max(0, drawn - (population - marked));
  let term = 1;
  let sum = 1;
  for (let j = k; j > least && term > sum * 1e-17; j--) {
    term *= (j / (marked - j + 1)) * ((population - marked - drawn + j) / (drawn - j + 1));
    sum += term;
  }
  return sum;
}

function assertHypergeometric(k: number, population: number, marked: number, drawn: number): void {
  const whole = [k, population, marked, drawn].every(Number.isInteger);
  if (!whole || marked < 0 || drawn < 0 || marked > population || drawn > population) {
    throw new RangeError(
      `hypergeometric needs 0 <= marked, drawn <= population, got ${marked}, ${drawn}, ${population}`,
    );
  }
}
