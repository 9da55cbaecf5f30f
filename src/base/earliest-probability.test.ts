import { describe, expect, it } from 'vitest';
import { earliestProbabilities } from './earliest-probability.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import { Random } from './random.ts';

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

describe('earliestProbabilities', () => {
  it.each([
    ['one candidate', [3], [9], [1]],
    ['two alike', [0, 0], [1, 1], [1 / 2, 1 / 2]],
    ['half overlapping', [0, 0.5], [1, 1.5], [7 / 8, 1 / 8]],
    ['one within the other', [0, 1], [4, 2], [3 / 8, 5 / 8]],
    ['apart', [0, 5], [1, 6], [1, 0]],
    ['a point within', [0, 2], [10, 2], [0.2, 0.8]],
    ['two points that tie within an interval', [0, 2, 2], [10, 2, 2], [0.2, 0.4, 0.4]],
    ['points apart', [1, 2, 1], [1, 2, 1], [1 / 2, 0, 1 / 2]],
    ['a point at the end of an interval', [0, 1], [1, 1], [1, 0]],
    ['an interval that begins at a point', [1, 1], [5, 1], [0, 1]],
    ['epoch milliseconds', [1.494e12, 1.494e12 + 500], [1.494e12 + 1000, 1.494e12 + 1500], [7 / 8, 1 / 8]],
  ])('%s', (_, low, high, known) => {
    const found = earliestProbabilities(low, high);
    known.forEach((p, i) => {
      expect(found[i]).toBeCloseTo(p, 10);
    });
  });

  it('shares equally among many alike', () => {
    for (const n of [30, 33, 200, 10_000]) {
      const found = earliestProbabilities(new Float64Array(n), new Float64Array(n).fill(60_000));
      expect(Math.abs(found[0]! * n - 1)).toBeLessThan(1e-9);
      expect(sum(found)).toBeCloseTo(1, 9);
    }
  });

  it('agrees with drawing, in any order of candidates', () => {
    const random = new Random(1);
    for (const n of [3, 12, 60]) {
      const low = Float64Array.from({ length: n }, () => random.between(0, 10));
      const high = low.map((x) => x + (random.uniform() < 0.2 ? 0 : random.between(1, 30)));
      const found = earliestProbabilities(low, high);
      expect(sum(found)).toBeCloseTo(1, 9);
      const wins = new Float64Array(n);
      for (let draw = 0; draw < 40_000; draw++) {
        let best = 0;
        let first = Infinity;
        for (let i = 0; i < n; i++) {
          const t = random.between(low[i]!, high[i]!);
          if (t < first) {
            first = t;
            best = i;
          }
        }
        wins[best] = wins[best]! + 1 / 40_000;
      }
      found.forEach((p, i) => {
        expect(Math.abs(p - wins[i]!)).toBeLessThan(0.012);
      });
      expect(earliestProbabilities(low.toReversed(), high.toReversed()).toReversed()).toEqual(found);
    }
  });

  it('sums to 1 for thousands of candidates of mixed precision', () => {
    const random = new Random(2);
    const n = 10_000;
    const low = Float64Array.from({ length: n }, () => random.between(0, 3_600_000));
    const high = low.map((x) => x + random.pick([1, 1000, 60_000, 86_400_000]));
    expect(sum(earliestProbabilities(low, high))).toBeCloseTo(1, 9);
    const wide = low.map((x) => x + 86_400_000);
    expect(sum(earliestProbabilities(low, wide))).toBeCloseTo(1, 9);
  });

  it('refuses intervals that are none', () => {
    expect(earliestProbabilities([], [])).toHaveLength(0);
    expect(() => earliestProbabilities([2], [1])).toThrow(RangeError);
    expect(() => earliestProbabilities([Number.NaN], [1])).toThrow(RangeError);
    expect(() => earliestProbabilities([-Infinity], [1])).toThrow(RangeError);
  });
});

describe('gaussLegendre', () => {
  it('integrates polynomials up to degree 2 n - 1 exactly', () => {
    for (const n of [1, 3, 16]) {
      const { nodes, weights } = gaussLegendre(n);
      for (let degree = 0; degree < 2 * n; degree++) {
        const found = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
        expect(found).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
      }
    }
  });
});
