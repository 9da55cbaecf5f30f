import { portableLog } from './portable-log-exp.ts';

const HALF_LOG_2PI = 0.9189385332046727;
const SMALL = 16;
const smallErrors = new Float64Array(SMALL);
{
  let factorial = 1;
  for (let n = 1; n < SMALL; n++) {
    factorial *= n;
    smallErrors[n] = portableLog(factorial) - ((n + 0.5) * portableLog(n) - n + HALF_LOG_2PI);
  }
}

/**
 * ln(n!) minus Stirling's approximation (n + 1/2) ln n - n + ln(2 pi) / 2, for integer n >= 1.
 *
 * Used so that probabilities of large counts keep their relative accuracy (Loader 2000, Fast and Accurate Computation
 * of Binomial Probabilities).
 */
export function stirlingError(n: number): number {
  if (n < SMALL) return smallErrors[n]!;
  const q = 1 / (n * n);
  return (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q / 1188)))) / n;
}

/**
 * Deviance x ln(x / mean) + mean - x for x > 0 and mean > 0, without cancellation where x is near the mean (Loader
 * 2000).
 */
export function saddleDeviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * portableLog(x / mean) + mean - x;
  const v = difference / (x + mean);
  const square = v * v;
  let sum = difference * v;
  let term = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    term *= square;
    const next = sum + term / odd;
    if (next === sum) return next;
    sum = next;
  }
}

/** ln(n!) for integer n >= 0. */
export function logFactorial(n: number): number {
  if (n < 2) return 0;
  return stirlingError(n) + (n + 0.5) * portableLog(n) - n + HALF_LOG_2PI;
}
