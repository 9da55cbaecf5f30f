import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from './adjusted-rand-index.ts';
import { auc } from './auc.ts';
import { precisionAt } from './precision-at.ts';
import { Random } from './random.ts';

describe('adjustedRandIndex', () => {
  it.each([
    [[0, 0, 1, 1], [5, 5, 2, 2], 1],
    [[0, 0, 1, 2], [0, 0, 1, 1], 4 / 7],
    [[0, 0, 0, 0], [0, 1, 2, 3], 0],
    [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
    [[7], [3], 1],
    [[0, 0], [1, 1], 1],
  ])('%j against %j is %d', (a, b, known) => {
    expect(adjustedRandIndex(a, b)).toBeCloseTo(known, 12);
    expect(adjustedRandIndex(b, a)).toBeCloseTo(known, 12);
  });
  it('is about 0 for unrelated partitions', () => {
    const random = new Random(1);
    const a = Array.from({ length: 5000 }, () => random.int(8));
    const b = Array.from({ length: 5000 }, () => random.int(5));
    expect(Math.abs(adjustedRandIndex(a, b))).toBeLessThan(0.005);
    expect(() => adjustedRandIndex([1], [1, 2])).toThrow(RangeError);
  });
});

describe('auc', () => {
  it('counts pairs, ties one half', () => {
    expect(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
    expect(auc([1, 1, 1], [0, 1, 0])).toBe(0.5);
    expect(auc([3, 2, 2, 1], [1, 1, 0, 0])).toBe(0.875);
    expect(auc([1, 2], [1, 1])).toBeNull();
    expect(() => auc([Number.NaN, 1], [0, 1])).toThrow(RangeError);
  });
});

describe('precisionAt', () => {
  it('shares the last places among the tied', () => {
    expect(precisionAt([5, 4, 3, 2], [1, 0, 1, 1], 2)).toBe(0.5);
    expect(precisionAt([5, 4, 4, 4], [1, 1, 0, 0], 2)).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(precisionAt([4, 4, 5, 4], [0, 1, 1, 0], 2)).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(precisionAt([1, 1], [1, 1], 4)).toBe(0.5);
    expect(precisionAt([], [], 3)).toBe(0);
    expect(() => precisionAt([1], [1], 0)).toThrow(RangeError);
  });
});
