import { bisect } from './bisect.ts';

const INVERSE_SQRT_2PI = 0.3989422804014327;

/** P(Z >= z) for a standard normal Z: Taylor series near the middle, Laplace's continued fraction in the tails. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = INVERSE_SQRT_2PI * Math.exp((-z * z) / 2);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let odd = 3; term > sum * 1e-17; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let n = 120; n >= 1; n--) fraction = z + n / fraction;
  return density / fraction;
}

/** The z with P(Z <= z) = p for a standard normal Z; p strictly between 0 and 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normal quantile needs p between 0 and 1, got ${p}`);
  if (p < 0.5) return bisect((z) => normalUpperTail(-z) - p, -39, 0);
  return bisect((z) => 1 - p - normalUpperTail(z), 0, 39);
}
