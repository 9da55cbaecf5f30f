import { expect, test } from 'vitest';
import { arrivals } from './arrivals-kernel.ts';
import { firstBurst } from './burst-kernel.ts';
import { takeoffs } from './takeoff-kernel.ts';
import { type SharesOfOne, scaleFeatures, warningFeatures, warningFeaturesOf } from './warning-features-kernel.ts';

const minute = 60_000;

test('a takeoff is a five-minute bin that the 90 minutes before cannot explain, once per six hours', () => {
  const quiet = Array.from({ length: 18 }, (_, i) => i * 10 * minute);
  const wave = (at: number, n: number) => Array.from({ length: n }, (_, i) => at + i * 1000);
  const times = Float64Array.from([
    ...quiet,
    ...wave(200 * minute, 12),
    ...wave(210 * minute, 80),
    ...wave(700 * minute, 12),
  ]);
  const found = takeoffs(times, times.length);
  expect(found.map((one) => [one.start / minute, one.count])).toEqual([
    [200, 12],
    [700, 12],
  ]);
  expect(found[0]!.expected).toBeCloseTo(7 / 18 + 0.5, 10);
  expect(takeoffs(times, 18 + 5)).toEqual([]);
});

test('a burst is found at the share that makes it one', () => {
  const times = Float64Array.from([0, 60, 61, 62, 63, 64, 65, 66, 67, 68], (one) => one * minute);
  const burst = firstBurst(times, 30 * minute, { mean: 1, variance: 1 }, 1e-4)!;
  expect(burst.at).toBe(7);
  expect(burst.count).toBe(7);
  expect(burst.pValue).toBeLessThan(1e-4);
  expect(firstBurst(times, 30 * minute, { mean: 4, variance: 4 }, 1e-4)).toBeNull();
  expect(firstBurst(times, 30 * minute, { mean: 1, variance: 3 }, 1e-4)).toBeNull();
});

test('features count what they say', () => {
  const shares: SharesOfOne = {
    time: Float64Array.from([0, 4, 10, 10.1, 10.2, 11], (one) => one * minute),
    tier: Uint8Array.of(0, 0, 1, 1, 1, 1),
    platform: Uint8Array.of(0, 0, 1, 1, 1, 1),
    account: Uint32Array.of(0xffffffff, 0xffffffff, 1, 2, 3, 3),
    reshare: Uint8Array.of(0, 0, 0, 1, 1, 1),
    repeated: Uint32Array.of(1, 2, 3, 3, 3, 4),
    reach: Float64Array.of(Number.NaN, Number.NaN, 5000, 10, 10, 10),
    created: Float64Array.of(Number.NaN, Number.NaN, -400 * 86_400_000, -1000, -1000, Number.NaN),
  };
  const values = Object.fromEntries(warningFeatures.map((name, i) => [name, warningFeaturesOf(shares)[i]]));
  expect(values).toEqual({
    fringeShares: 2,
    socialShares: 4,
    platforms: 2,
    carriers: 1,
    reach: 5000,
    resharePart: 0.75,
    together: 3,
    togetherPart: 0.75,
    youngPart: 2 / 3,
    busiestPart: 0.5,
  });
  const scaled = scaleFeatures(warningFeaturesOf(shares));
  expect(scaled[warningFeatures.indexOf('reach')]).toBeCloseTo(Math.log(5001), 10);
  expect(scaled[warningFeatures.indexOf('busiestPart')]).toBe(0.5);
});

test('an arrival is the first share on a tier above all before, of what the story mostly carries', () => {
  const never = Number.POSITIVE_INFINITY;
  const shares = (tier: number[], time: number[], seen: number[] = time) => ({
    artifact: Int32Array.of(7),
    offset: Uint32Array.of(0, tier.length),
    time: Float64Array.from(time),
    tier: Uint8Array.from(tier),
    post: Int32Array.from(tier, (_, i) => i),
    seen: Float64Array.from(seen),
  });
  const climbs = shares([0, 0, 1, 2], [0, 10, 20, 30]);
  expect(arrivals(climbs, 0, 100)).toEqual([
    { artifact: 0, at: 2, below: 0 },
    { artifact: 0, at: 3, below: 0 },
  ]);
  expect(arrivals(climbs, 0, 29)).toEqual([{ artifact: 0, at: 2, below: 0 }]);
  expect(arrivals(climbs, 25, 100)).toEqual([{ artifact: 0, at: 3, below: 0 }]);
  expect(arrivals(shares([2, 0, 1], [0, 10, 20]), 0, 100)).toEqual([]);
  expect(arrivals(shares([0, 1], [0, 0]), 0, 100)).toEqual([]);
  expect(arrivals(shares([0, 0, 0, 1, 1], [0, 1, 2, 3, 4], [0, never, never, never, 4]), 0, 100)).toEqual([]);
  expect(arrivals(shares([0, 1, 1, 0], [0, 1, 2, 3], [0, never, never, 3]), 0, 100)).toHaveLength(1);
  expect(arrivals(shares([0, 1], [0, 1], [0, 50]), 0, 49)).toEqual([]);
  expect(arrivals(shares([0, 1], [0, 1]), 2, 100)).toEqual([]);
});
