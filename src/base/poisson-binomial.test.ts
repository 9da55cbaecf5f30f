import { expect, it } from 'vitest';
import { binomialUpperTail } from './binomial.ts';
import { poissonBinomialUpperTail } from './poisson-binomial.ts';

it('is the binomial tail where all probabilities are equal', () => {
  for (const k of [1, 3, 7, 10])
    expect(poissonBinomialUpperTail(k, new Float64Array(10).fill(0.3))).toBeCloseTo(binomialUpperTail(k, 10, 0.3), 12);
});

it('adds up by hand', () => {
  expect(poissonBinomialUpperTail(2, [0.5, 0.2])).toBeCloseTo(0.1, 12);
  expect(poissonBinomialUpperTail(1, [0.5, 0.2])).toBeCloseTo(0.6, 12);
  expect(poissonBinomialUpperTail(3, [0.5, 0.2])).toBe(0);
  expect(poissonBinomialUpperTail(0, [])).toBe(1);
});
