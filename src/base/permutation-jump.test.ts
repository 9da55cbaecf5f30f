import { describe, expect, it } from 'vitest';
import { jumpInterval, outwardJump, placeboJumps, placeboPValue, randomMoments } from './permutation-jump.ts';
import { Random } from './random.ts';

describe('outwardJump', () => {
  it('counts both sides and leaves out the moment itself', () => {
    const times = Float64Array.of(0, 5, 9, 10, 10, 11, 12, 20, 21);
    expect(outwardJump(times, 10, 10)).toEqual({ before: 3, after: 3, jump: 0 });
    expect(outwardJump(times, 10, 5)).toEqual({ before: 2, after: 2, jump: 0 });
    expect(outwardJump(times, 10, 1)).toEqual({ before: 1, after: 1, jump: 0 });
    expect(outwardJump(times, 100, 10)).toEqual({ before: 0, after: 0, jump: 0 });
    expect(outwardJump(Float64Array.of(1, 2, 3), 0, 5).jump).toBeCloseTo(Math.log(7), 12);
    expect(() => outwardJump(times, 1, 0)).toThrow(RangeError);
  });
});

describe('jumpInterval', () => {
  it('is as wide as the counts allow and repeats from its seed', () => {
    const counts = { before: 100, after: 400, jump: Math.log(400.5 / 100.5) };
    const interval = jumpInterval(counts, new Random(1), 20_000);
    const deviation = Math.sqrt(1 / 100 + 1 / 400);
    expect(interval.low).toBeCloseTo(counts.jump - 1.96 * deviation, 1);
    expect(interval.high).toBeCloseTo(counts.jump + 1.96 * deviation, 1);
    expect(jumpInterval(counts, new Random(1), 100)).toEqual(jumpInterval(counts, new Random(1), 100));
    expect(jumpInterval({ before: 0, after: 0, jump: 0 }, new Random(1))).toEqual({ low: 0, high: 0 });
  });
});

describe('placebo', () => {
  it('finds a planted jump and is uniform without one', () => {
    const random = new Random(3);
    const quiet = Float64Array.from({ length: 2000 }, () => random.between(0, 86_400)).sort();
    const moments = randomMoments(900, 85_500, 200, random);
    const placebo = placeboJumps(quiet, moments, 900);
    let small = 0;
    for (let i = 0; i < 400; i++) {
      const moment = random.between(900, 85_500);
      if (placeboPValue(outwardJump(quiet, moment, 900).jump, placebo) <= 0.05) small++;
    }
    expect(small).toBeLessThan(44);
    const loud = Float64Array.from([
      ...quiet,
      ...Array.from({ length: 300 }, () => random.between(40_000, 40_900)),
    ]).sort();
    expect(placeboPValue(outwardJump(loud, 40_000, 900).jump, placeboJumps(loud, moments, 900))).toBeLessThan(0.02);
  });
  it('never gives 0', () => {
    expect(placeboPValue(9, [1, 2, 3])).toBe(0.25);
    expect(placeboPValue(2, [1, 2, 3])).toBe(0.75);
    expect(placeboPValue(1, [])).toBe(1);
    expect(() => randomMoments(2, 1, 5, new Random(1))).toThrow(RangeError);
  });
});
