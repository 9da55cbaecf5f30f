import { describe, expect, it } from 'vitest';
import { cascadeShape, cascadeShapes } from './cascade-shape.ts';
import { casinInfluence, casinParentProbabilities, sampleCasinParents } from './casin-influence.ts';
import { PDI_GRID, pdiInfluence, pdiParentProbabilities } from './pdi-influence.ts';
import { Random } from './random.ts';
import { samplePdiParents } from './sample-pdi-parents.ts';

const TIMES = Float64Array.of(0, 321, 339, 383, 699, 824, 835, 1049);
const FOLLOWERS = [4674, 1327, 976, 477, 1209, 119, 1408, 896];

function expectClose(found: ArrayLike<number>, known: ArrayLike<number>, relative = 1e-8): void {
  expect(found.length).toBe(known.length);
  for (let i = 0; i < known.length; i++) {
    expect(Math.abs(found[i]! - known[i]!), `at ${i}`).toBeLessThan(relative * Math.max(1, Math.abs(known[i]!)));
  }
}

/** phi_i = 1 + sum over j > i of p_ij phi_j, by definition. */
function expectedDescendants(parentProbabilities: ArrayLike<number>[]): Float64Array {
  const n = parentProbabilities.length;
  const phi = new Float64Array(n).fill(1);
  for (let j = n - 1; j > 0; j--) for (let i = 0; i < j; i++) phi[i] = phi[i]! + parentProbabilities[j]![i]! * phi[j]!;
  return phi;
}

function randomCascade(n: number, seed: number, meanGap: number): { times: Float64Array; followers: number[] } {
  const random = new Random(seed);
  const times = new Float64Array(n);
  for (let i = 1; i < n; i++) times[i] = times[i - 1]! + random.exponential(1 / meanGap);
  return { times, followers: Array.from(times, () => Math.floor(random.pareto(1, 0.8)) - 1) };
}

describe('cascadeShape', () => {
  const path = Int32Array.from({ length: 10 }, (_, i) => i - 1);
  const binary = (n: number) => Int32Array.from({ length: n }, (_, i) => Math.floor((i + 1) / 2) - 1);

  it.each<[string, Int32Array, number, number[]]>([
    ['a star', new Int32Array(10).fill(0).fill(-1, 0, 1), 1.8, [1, 9]],
    ['a path', path, 11 / 3, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['a binary tree of 15', binary(15), 3.504761905, [1, 2, 4, 8]],
    ['a binary tree of 31', binary(31), 4.95483871, [1, 2, 4, 8, 16]],
    ['a mixed tree', Int32Array.of(-1, 0, 0, 0, 1, 1, 4), 2.19047619, [1, 3, 2, 1]],
    ['a single post', Int32Array.of(-1), 0, [1]],
  ])('of %s', (_, parent, virality, breadths) => {
    const shape = cascadeShape(parent);
    expect(shape.structuralVirality).toBeCloseTo(virality, 8);
    expect([...shape.breadthByDepth]).toEqual(breadths);
    expect(shape).toMatchObject({ size: parent.length, depth: breadths.length - 1, maxBreadth: Math.max(...breadths) });
  });

  it('does not depend on the order of nodes', () => {
    const reversed = Int32Array.of(2, 5, 5, 6, 6, 6, -1);
    expect(cascadeShape(reversed).structuralVirality).toBeCloseTo(2.19047619, 8);
  });

  it('takes a forest apart', () => {
    const shapes = cascadeShapes(Int32Array.of(-1, 3, 0, -1, 1, -1));
    expect([...shapes.roots]).toEqual([0, 3, 5]);
    expect([...shapes.treeOf]).toEqual([0, 1, 0, 1, 1, 2]);
    expect([...shapes.sizes]).toEqual([2, 3, 1]);
    expect([...shapes.depths]).toEqual([1, 2, 0]);
    expect([...shapes.structuralViralities]).toEqual([1, 4 / 3, 0]);
    expect([...shapes.breadths]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('refuses cycles, strangers and several roots', () => {
    expect(() => cascadeShapes(Int32Array.of(-1, 2, 1))).toThrow(RangeError);
    expect(() => cascadeShapes(Int32Array.of(-1, 5))).toThrow(RangeError);
    expect(() => cascadeShape(Int32Array.of(-1, -1))).toThrow(RangeError);
  });
});

describe('casIn', () => {
  it('gives the known influence and parents', () => {
    const known = [8, 2.349472916, 1.710452259, 1.260465614, 1.432887758, 1.028243563, 1.143258341, 1];
    expectClose(casinInfluence(TIMES, FOLLOWERS), known);
    const parents = [0.449310666, 0.130379324, 0.096010602, 0.047063819, 0.12187853, 0.012098718, 0.143258341];
    expectClose(casinParentProbabilities(TIMES, FOLLOWERS, 7), parents);
  });

  it('agrees with the double sum, for long and short cascades and a fast decay', () => {
    for (const [gap, rate] of [
      [30, -6.8e-5],
      [5000, -6.8e-5],
      [100, -0.5],
      [10, 0],
    ] as const) {
      const { times, followers } = randomCascade(300, 1, gap);
      const table = Array.from(times, (_, j) => casinParentProbabilities(times, followers, j, rate));
      expectClose(casinInfluence(times, followers, rate), expectedDescendants(table));
    }
  });

  it('hands the whole of a large cascade to its root', () => {
    const { times, followers } = randomCascade(100_000, 2, 60);
    const influence = casinInfluence(times, followers);
    expect(influence[0]! / 100_000).toBeCloseTo(1, 9);
    expect(influence.every((x) => x >= 1 && x < 100_001)).toBe(true);
  });

  it('does not change with a shift in time and refuses bad input', () => {
    expectClose(
      casinInfluence(
        TIMES.map((t) => t + 1.49e9),
        FOLLOWERS,
      ),
      casinInfluence(TIMES, FOLLOWERS),
    );
    expect(casinInfluence(new Float64Array(0), [])).toHaveLength(0);
    expect([...casinInfluence(Float64Array.of(5, 5, 5), [0, 0, 0])]).toEqual([3, 1.5, 1]);
    expect(() => casinInfluence(Float64Array.of(2, 1), [1, 1])).toThrow(RangeError);
    expect(() => casinInfluence(Float64Array.of(1, 2), [1, Number.NaN])).toThrow(RangeError);
    expect(() => casinInfluence(TIMES, FOLLOWERS, 0.1)).toThrow(RangeError);
  });

  it('samples trees with the same probabilities', () => {
    const random = new Random(1);
    const known = casinParentProbabilities(TIMES, FOLLOWERS, 7);
    const counts = new Float64Array(7);
    for (let i = 0; i < 20_000; i++) {
      const parents = sampleCasinParents(TIMES, FOLLOWERS, random);
      expect(cascadeShapes(parents).roots).toHaveLength(1);
      counts[parents[7]!] = counts[parents[7]!]! + 1 / 20_000;
    }
    expectClose(counts, known, 0.015);
  });
});

describe('PDI', () => {
  it.each([
    [1.1, 0.25, [0.2286086, 0.093554842, 0.677836558]],
    [1.5, 0.25, [0.225759042, 0.049998262, 0.724242696]],
    [1.5, 0.75, [0.675853615, 0.022672093, 0.301474292]],
    [2.5, 0.25, [0.225229926, 0.010662003, 0.76410807]],
    [3, 0.75, [0.67567582, 0.00790883, 0.31641535]],
  ])('alpha %d, gamma %d gives the known parents', (alpha, gamma, known) => {
    expectClose(pdiParentProbabilities([1000, 10, 100], [600, 30, 5], { alpha, gamma }), known);
  });

  it.each([0.05, 20, 4000, 100_000])('agrees with the double sum over the grid, mean gap %d s', (gap) => {
    const { times, followers } = randomCascade(250, 3, gap);
    const found = pdiInfluence(times, followers);
    expect(found).toHaveLength(15);
    for (const { influence, ...setting } of found) {
      const table = Array.from(times, (now, j) => {
        const waits = Array.from(times.subarray(0, j), (t) => now - t);
        return pdiParentProbabilities(followers.slice(0, j), waits, setting);
      });
      expectClose(influence, expectedDescendants(table), 2e-6);
    }
  });

  it('gives the root everything, also where nobody has followers or all is in one second', () => {
    const { times } = randomCascade(3000, 4, 8);
    for (const { influence } of pdiInfluence(times, new Float64Array(3000))) {
      expect(influence[0]! / 3000).toBeCloseTo(1, 6);
    }
    const instant = pdiInfluence(new Float64Array(3).fill(9), [0, 0, 0], [{ alpha: 2, gamma: 0.5 }]);
    expectClose(instant[0]!.influence, [3, 1.5, 1]);
    expect(pdiInfluence(new Float64Array(0), [])).toHaveLength(15);
    expect(() => pdiInfluence(TIMES, FOLLOWERS, [{ alpha: 1, gamma: 0.5 }])).toThrow(RangeError);
    expect(() => pdiInfluence(Float64Array.of(2, 1), [1, 1])).toThrow(RangeError);
  });

  it('samples trees with the same probabilities', () => {
    for (const setting of [PDI_GRID[0]!, PDI_GRID[7]!, PDI_GRID[12]!]) {
      const random = new Random(1);
      const times = Float64Array.of(0, 30, 31, 31.5, 90, 94.2, 94.5, 95);
      const waits = Array.from(times.subarray(0, 7), (t) => 95 - t);
      const known = pdiParentProbabilities(FOLLOWERS.slice(0, 7), waits, setting);
      const counts = new Float64Array(7);
      for (let i = 0; i < 20_000; i++) {
        const parents = samplePdiParents(times, FOLLOWERS, setting, random);
        counts[parents[7]!] = counts[parents[7]!]! + 1 / 20_000;
      }
      expectClose(counts, known, 0.015);
    }
  });

  it('repeats a sample from its seed, and every sample is one tree', () => {
    const { times, followers } = randomCascade(2000, 5, 3);
    const first = samplePdiParents(times, followers, PDI_GRID[4]!, new Random(8));
    expect(samplePdiParents(times, followers, PDI_GRID[4]!, new Random(8))).toEqual(first);
    expect(cascadeShape(first).size).toBe(2000);
    first.forEach((parent, j) => {
      expect(parent).toBeLessThan(Math.max(j, 0));
    });
  });
});
