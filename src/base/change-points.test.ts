import { describe, expect, it } from 'vitest';
import { poissonChangePoints } from './change-points.ts';
import { Random } from './random.ts';

describe('poissonChangePoints', () => {
  it('finds where the rate changed', () => {
    const random = new Random(1);
    const rates = [...Array(100).fill(2), ...Array(50).fill(12), ...Array(80).fill(4)] as number[];
    const stretches = poissonChangePoints(rates.map((rate) => random.poisson(rate)));
    expect(stretches).toHaveLength(3);
    expect(Math.abs(stretches[0]!.to - 100)).toBeLessThanOrEqual(1);
    expect(Math.abs(stretches[1]!.to - 150)).toBeLessThanOrEqual(3);
    expect(stretches[1]!.rate).toBeGreaterThan(10);
  });

  it('finds none in steady noise, in silence and in one bin', () => {
    const random = new Random(2);
    expect(poissonChangePoints(Array.from({ length: 300 }, () => random.poisson(5)))).toHaveLength(1);
    expect(poissonChangePoints([0, 0, 0])).toEqual([{ from: 0, to: 3, rate: 0 }]);
    expect(poissonChangePoints([7])).toEqual([{ from: 0, to: 1, rate: 7 }]);
    expect(() => poissonChangePoints([])).toThrow(RangeError);
  });
});
