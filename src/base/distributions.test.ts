import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import {
  binomialCdf,
  binomialUpperTail,
  clopperPearsonInterval,
  wilsonInterval,
  zeroEventUpperBound,
} from './binomial.ts';
import { hypergeometricUpperTail, logHypergeometricUpperTail } from './hypergeometric.ts';
import { normalQuantile, normalUpperTail } from './normal.ts';
import { logPoissonUpperTail, poissonCdf, poissonRateInterval, poissonUpperTail } from './poisson.ts';
import { logFactorial } from './stirling.ts';

function choose(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < k; i++) result = (result * (n - i)) / (i + 1n);
  return result;
}

describe('logFactorial', () => {
  it('agrees with the product', () => {
    let sum = 0;
    for (let n = 1; n <= 400; n++) {
      sum += Math.log(n);
      expect(Math.abs(logFactorial(n) - sum)).toBeLessThan(1e-12 * Math.max(1, sum));
    }
  });
});

describe('poisson', () => {
  it.each([
    [15, 2.444444444444, 5.2e-8, 0.01],
    [11, 0.5, 7.74e-12, 0.01],
    [24, 5, 8.07e-10, 0.01],
    [149, 0.6666666666667, 7.83e-288, 0.01],
  ])('P(X >= %d | %d) is the known %d', (k, mean, p, tolerance) => {
    expect(Math.abs(poissonUpperTail(k, mean) / p - 1)).toBeLessThan(tolerance);
  });
  it('agrees with direct sums on both sides of the mean', () => {
    for (const mean of [0.3, 4, 33.3]) {
      let term = Math.exp(-mean);
      let cdf = 0;
      for (let k = 0; k < 60; k++) {
        expect(poissonUpperTail(k, mean)).toBeCloseTo(1 - cdf, 12);
        cdf += term;
        expect(poissonCdf(k, mean)).toBeCloseTo(cdf, 12);
        term *= mean / (k + 1);
      }
    }
  });
  it('stays finite and sensible for huge counts', () => {
    expect(poissonUpperTail(1_000_000, 1_000_000)).toBeCloseTo(0.5 + 1 / (3 * Math.sqrt(2 * Math.PI * 1e6)) + 0, 3);
    expect(poissonUpperTail(1_005_000, 1_000_000)).toBeGreaterThan(2.8e-7);
    expect(poissonUpperTail(1_005_000, 1_000_000)).toBeLessThan(3.2e-7);
    expect(poissonUpperTail(5000, 1)).toBe(0);
    expect(logPoissonUpperTail(5000, 1)).toBeCloseTo(-1 - logFactorial(5000) + Math.log1p(1 / 5000), 6);
  });
  it('knows the edges', () => {
    expect(poissonUpperTail(0, 3)).toBe(1);
    expect(poissonUpperTail(1, 0)).toBe(0);
    expect(poissonCdf(-1, 3)).toBe(0);
    expect(() => poissonUpperTail(1.5, 2)).toThrow(RangeError);
    expect(() => poissonUpperTail(1, Number.NaN)).toThrow(RangeError);
  });
  it('gives exact rate intervals', () => {
    const ten = poissonRateInterval(10);
    expect(ten.low).toBeCloseTo(4.795389, 5);
    expect(ten.high).toBeCloseTo(18.390356, 5);
    const none = poissonRateInterval(0, 2);
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(-Math.log(0.025) / 2, 10);
    const many = poissonRateInterval(1_000_000);
    expect(many.low).toBeCloseTo(998_041, -1);
    expect(many.high).toBeCloseTo(1_001_962, -1);
  });
});

describe('normal', () => {
  it('knows its quantiles and tails', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 12);
    expect(normalUpperTail(3) / 1.3498980316300933e-3).toBeCloseTo(1, 12);
    expect(normalUpperTail(2.9999999) / normalUpperTail(3)).toBeCloseTo(1, 5);
    expect(normalUpperTail(10) / 7.619853024160527e-24).toBeCloseTo(1, 10);
  });
});

describe('binomial', () => {
  it('agrees with exact integers', () => {
    for (let k = 0; k <= 20; k++) {
      let tail = 0;
      for (let j = k; j <= 20; j++) tail += Number(choose(20n, BigInt(j))) * 0.3 ** j * 0.7 ** (20 - j);
      expect(binomialUpperTail(k, 20, 0.3)).toBeCloseTo(tail, 12);
      expect(binomialCdf(k - 1, 20, 0.3)).toBeCloseTo(1 - tail, 12);
    }
    expect(binomialUpperTail(0, 5, 0)).toBe(1);
    expect(binomialUpperTail(1, 5, 0)).toBe(0);
    expect(binomialUpperTail(5, 5, 1)).toBe(1);
  });
  it('gives the intervals of the textbooks', () => {
    const exact = clopperPearsonInterval(5, 20);
    expect(exact.low).toBeCloseTo(0.08657147, 7);
    expect(exact.high).toBeCloseTo(0.49104587, 7);
    const score = wilsonInterval(5, 20);
    expect(score.low).toBeCloseTo(0.111861, 5);
    expect(score.high).toBeCloseTo(0.468701, 5);
    expect(clopperPearsonInterval(0, 100, 0.9).high).toBeCloseTo(0.02951305, 7);
    expect(clopperPearsonInterval(20, 20).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
  it('bounds what was never seen', () => {
    expect(zeroEventUpperBound(100)).toBeCloseTo(0.02951305, 7);
    expect(zeroEventUpperBound(0)).toBe(1);
    expect(zeroEventUpperBound(1e9)).toBeCloseTo(2.995732e-9, 13);
  });
});

describe('hypergeometric', () => {
  it('agrees with exact integers', () => {
    for (const [population, marked, drawn] of [
      [50, 5, 10],
      [40, 30, 25],
      [9, 9, 4],
    ] as const) {
      const total = choose(BigInt(population), BigInt(drawn));
      for (let k = 0; k <= Math.min(marked, drawn); k++) {
        let tail = 0n;
        for (let j = k; j <= Math.min(marked, drawn); j++) {
          if (drawn - j > population - marked) continue;
          tail += choose(BigInt(marked), BigInt(j)) * choose(BigInt(population - marked), BigInt(drawn - j));
        }
        const known = Number((tail * 10n ** 15n) / total) / 1e15;
        expect(hypergeometricUpperTail(k, population, marked, drawn)).toBeCloseTo(known, 11);
      }
    }
  });
  it('is symmetric in its two sets and survives what a double cannot hold', () => {
    expect(hypergeometricUpperTail(7, 1000, 80, 60)).toBeCloseTo(hypergeometricUpperTail(7, 1000, 60, 80), 13);
    const log = logHypergeometricUpperTail(500, 1_000_000, 500, 500);
    const known = logFactorial(500) + logFactorial(999_500) - logFactorial(1_000_000);
    expect(Math.abs(log - known)).toBeLessThan(1e-6);
    expect(hypergeometricUpperTail(6, 50, 5, 10)).toBe(0);
    expect(() => hypergeometricUpperTail(1, 5, 6, 2)).toThrow(RangeError);
  });
});

describe('benjaminiHochberg', () => {
  it('adjusts, keeps the order of the input and never exceeds 1', () => {
    const adjusted = benjaminiHochberg([0.05, 0.01, 0.03, 0.02, 0.04]);
    for (const q of adjusted) expect(q).toBeCloseTo(0.05, 12);
    const known = [0.004, 0.016, 0.05466667, 0.5];
    benjaminiHochberg([0.001, 0.008, 0.041, 0.5]).forEach((q, i) => {
      expect(q).toBeCloseTo(known[i]!, 7);
    });
  });
  it('counts tests that were made but not given', () => {
    expect(benjaminiHochberg([0.001], 100)[0]).toBeCloseTo(0.1, 12);
    expect(() => benjaminiHochberg([0.1, 0.2], 1)).toThrow(RangeError);
    expect(() => benjaminiHochberg([1.2])).toThrow(RangeError);
    expect(benjaminiHochberg([])).toHaveLength(0);
  });
});
