import { describe, expect, it } from 'vitest';
import { gini } from './gini.ts';
import { hIndex } from './h-index.ts';
import { smoothedLogRatio } from './log-ratio.ts';
import { median, quantile, quantileSorted } from './quantile.ts';
import { topShare } from './top-share.ts';

describe('quantile', () => {
  it('is the type 7 of R', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(quantile([4, 1, 3, 2], 0.9)).toBeCloseTo(3.7, 12);
    expect(quantile([1, 1, 1, 2, 3], 0.5)).toBe(1);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantileSorted([1, 2], 0)).toBe(1);
    expect(quantileSorted([1, 2], 1)).toBe(2);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9])).toBe(9.5);
  });
  it('does not blur equal neighbours', () => {
    expect(quantileSorted([0.1, 0.1, 0.1, 0.1], 0.3)).toBe(0.1);
  });
  it('refuses nothing and NaN', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
  });
});

describe('gini', () => {
  it('matches the known value, whatever the order or scale', () => {
    const amounts = [100, 50, 20, 10, 5, 5, 4, 3, 2, 1];
    expect(gini(amounts)).toBeCloseTo(0.665, 10);
    expect(gini(amounts.toReversed().map((x) => x * 7))).toBeCloseTo(0.665, 10);
  });
  it('is 0 for equals and (n - 1) / n for one who holds all', () => {
    expect(gini([3, 3, 3])).toBeCloseTo(0, 12);
    expect(gini([0, 0])).toBe(0);
    expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75, 12);
  });
  it('refuses negatives and nothing', () => {
    expect(() => gini([-1, 2])).toThrow(RangeError);
    expect(() => gini([])).toThrow(RangeError);
    expect(() => gini([Number.NaN])).toThrow(RangeError);
  });
});

describe('topShare', () => {
  it('counts at least one and rounds up', () => {
    const amounts = [100, 50, 20, 10, 5, 5, 4, 3, 2, 1];
    expect(topShare(amounts, 0.1)).toBeCloseTo(0.5, 12);
    expect(topShare(amounts, 0.01)).toBeCloseTo(0.5, 12);
    expect(topShare(amounts, 0.11)).toBeCloseTo(0.75, 12);
    expect(topShare(amounts, 0.3)).toBeCloseTo(0.85, 12);
    expect(topShare(amounts, 1)).toBe(1);
    expect(topShare([0, 0], 0.5)).toBe(0);
  });
});

describe('hIndex', () => {
  it.each([
    [[10, 8, 5, 4, 3], 4],
    [[25, 8, 5, 3, 3], 3],
    [[1_000_000], 1],
    [[0, 0], 0],
    [[], 0],
    [[3, 3, 3, 3], 3],
  ])('of %j is %d', (counts, index) => expect(hIndex(counts)).toBe(index));
});

describe('smoothedLogRatio', () => {
  it('matches the known values and turns its sign with the groups', () => {
    const ratios = smoothedLogRatio([10, 0, 5], [2, 3, 5]);
    const known = [0.973860584, -1.711716762, -0.3254224];
    const turned = smoothedLogRatio([2, 3, 5], [10, 0, 5]);
    known.forEach((value, i) => {
      expect(ratios[i]).toBeCloseTo(value, 8);
      expect(turned[i]).toBeCloseTo(-value, 8);
    });
  });
  it('refuses lists of different length', () => {
    expect(() => smoothedLogRatio([1], [1, 2])).toThrow(RangeError);
  });
});
