import { expect, test } from 'vitest';
import { logNegativeBinomialUpperTail } from './negative-binomial.ts';
import { logPoissonUpperTail } from './poisson.ts';

test('the tail agrees with masses from the gamma function, summed by another program', () => {
  for (const [k, mean, variance, expected] of [
    [1, 1.5, 2.5, -0.381026515942574],
    [11, 1.56, 2.5, -7.793353868427276],
    [40, 2.08, 9.4, -11.343056311876827],
    [3, 5, 6, -0.1611018478008708],
    [200, 2, 30, -17.952974581151615],
  ] as const)
    expect(logNegativeBinomialUpperTail(k, mean, variance)).toBeCloseTo(expected, 8);
});

test('with a variance like the mean it is the Poisson, and tails grow with the variance', () => {
  expect(logNegativeBinomialUpperTail(9, 2, 2)).toBe(logPoissonUpperTail(9, 2));
  expect(logNegativeBinomialUpperTail(9, 2, 2.0001)).toBeCloseTo(logPoissonUpperTail(9, 2), 2);
  expect(logNegativeBinomialUpperTail(9, 2, 4)).toBeGreaterThan(logPoissonUpperTail(9, 2));
  expect(() => logNegativeBinomialUpperTail(2, 0, 1)).toThrow(RangeError);
});
