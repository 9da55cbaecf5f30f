import { describe, expect, it } from 'vitest';
import { kleinbergBursts } from './kleinberg.ts';
import { Random } from './random.ts';

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

const seriesA = Float64Array.from([
  ...steps(0, 400, 100),
  ...steps(410, 450, 5),
  ...steps(451, 469, 2),
  ...steps(480, 600, 5),
  700,
  ...steps(710, 800, 5),
  900,
  1000,
]);
const seriesB = Float64Array.of(4, 17, 23, 27, 33, 35, 37, 76, 77, 82, 84, 88, 90, 92);

function shapes(times: Float64Array, base: number, gamma: number): number[][] {
  return kleinbergBursts(times, { base, gamma }).map((burst) => [burst.level, burst.start, burst.end]);
}

/** The automaton as in the paper: every state from every state. */
function levelsByDefinition(times: Float64Array, base: number, gamma: number): number[] {
  const gaps = Array.from(times.subarray(1), (t, i) => t - times[i]!);
  const n = gaps.length;
  const span = times[n]! - times[0]!;
  const states = Math.ceil(1 + Math.log(span / Math.min(...gaps)) / Math.log(base));
  let cost = Array.from({ length: states }, (_, j) => (j === 0 ? 0 : Infinity));
  let paths: number[][] = cost.map(() => []);
  for (const gap of gaps) {
    const nextCost: number[] = [];
    const nextPaths: number[][] = [];
    for (let j = 0; j < states; j++) {
      const rate = (base ** j * n) / span;
      const arrivals = cost.map((c, i) => c + Math.max(0, j - i) * gamma * Math.log(n));
      const from = arrivals.indexOf(Math.min(...arrivals));
      nextCost.push(arrivals[from]! - Math.log(rate) + rate * gap);
      nextPaths.push([...paths[from]!, j]);
    }
    cost = nextCost;
    paths = nextPaths;
  }
  return paths[cost.indexOf(Math.min(...cost))]!;
}

describe('kleinbergBursts', () => {
  it('gives the published bursts', () => {
    expect(seriesA).toHaveLength(71);
    expect(shapes(seriesA, 2, 1)).toEqual([
      [0, 0, 1000],
      [1, 410, 600],
      [1, 710, 800],
      [2, 450, 469],
    ]);
    expect(shapes(seriesA, 3, 1)).toEqual([
      [0, 0, 1000],
      [1, 410, 600],
      [1, 710, 800],
    ]);
    expect(shapes(seriesA, 2, 3)).toEqual([
      [0, 0, 1000],
      [1, 410, 600],
    ]);
    expect(shapes(seriesB, 2, 0.1)).toEqual([
      [0, 4, 92],
      [1, 33, 37],
      [1, 76, 92],
      [2, 76, 77],
    ]);
  });

  it('takes the same path as the automaton of the paper', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = new Random(seed);
      const times = new Float64Array(60);
      for (let i = 1; i < 60; i++) times[i] = times[i - 1]! + random.exponential(i > 20 && i < 40 ? 9 : 1) + 0.01;
      const levels = new Array(59).fill(0);
      for (const burst of kleinbergBursts(times, { gamma: 0.5 })) {
        for (let gap = burst.first; gap < burst.last; gap++) levels[gap] = Math.max(levels[gap], burst.level);
      }
      expect(levels).toEqual(levelsByDefinition(times, 2, 0.5));
    }
  });

  it('does not change with unit or origin of time, and nests', () => {
    const moved = seriesA.map((t) => 1.5e12 + 1000 * t);
    const bursts = kleinbergBursts(seriesA);
    const again = kleinbergBursts(moved);
    expect(again.map((b) => [b.level, b.first, b.last])).toEqual(bursts.map((b) => [b.level, b.first, b.last]));
    again.forEach((burst, i) => {
      expect(burst.weight).toBeCloseTo(bursts[i]!.weight, 6);
      if (burst.level > 0) expect(burst.weight).toBeGreaterThan(0);
      const parents = again.filter(
        (b) => b.level === burst.level - 1 && b.first <= burst.first && b.last >= burst.last,
      );
      expect(parents).toHaveLength(burst.level === 0 ? 0 : 1);
    });
  });

  it('spreads or merges equal times by its rule', () => {
    const times = Float64Array.of(0, 60, 120, 180, 180, 180, 180, 181, 181, 181, 240, 300, 360, 420, 480);
    const spread = kleinbergBursts(times, { resolution: 1, gamma: 0.5 });
    expect(spread.filter((b) => b.level > 0)[0]).toMatchObject({ level: 1, first: 3, last: 9, start: 180, end: 181 });
    const merged = kleinbergBursts(times, { ties: 'merge', gamma: 0.5 });
    expect(Math.max(...merged.map((b) => b.level))).toBeLessThan(Math.max(...spread.map((b) => b.level)));
  });

  it('answers for degenerate series', () => {
    expect(kleinbergBursts(new Float64Array(0))).toEqual([]);
    const one = { level: 0, first: 0, last: 0, start: 7, end: 7, weight: 0 };
    expect(kleinbergBursts(Float64Array.of(7))).toEqual([one]);
    expect(kleinbergBursts(Float64Array.of(7, 7, 7))).toEqual([{ ...one, last: 2 }]);
    expect(kleinbergBursts(Float64Array.of(7, 9))).toEqual([{ ...one, last: 1, end: 9 }]);
    expect(() => kleinbergBursts(Float64Array.of(2, 1))).toThrow(RangeError);
    expect(() => kleinbergBursts(Float64Array.of(1, Number.NaN))).toThrow(RangeError);
    expect(() => kleinbergBursts(Float64Array.of(1, 2), { base: 1 })).toThrow(RangeError);
  });
});
