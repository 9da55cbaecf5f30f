import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from './adjusted-rand-index.ts';
import { componentsWithin } from './connected-components.ts';
import { buildCsrGraph } from './csr-graph.ts';
import { leiden } from './leiden.ts';
import { modularity } from './modularity.ts';
import { Random } from './random.ts';

/** Zachary's karate club, from node 0: each row lists the neighbours with a larger number. */
const KARATE = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  [],
  [],
  [],
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
  [],
];
const karateEdges = KARATE.flatMap((row, v) => row.map((u) => [v, u] as const));
const karate = buildCsrGraph({ nodes: 34, source: karateEdges.map(([v]) => v), target: karateEdges.map(([, u]) => u) });

function plantedGraph(seed: number, scale = 1) {
  const random = new Random(seed);
  const truth = Array.from({ length: 400 }, (_, v) => v % 8);
  const edges: [number, number][] = [];
  while (edges.length < 3000) {
    const a = random.int(400);
    const b = random.int(400);
    if (a !== b && (truth[a] === truth[b] || random.uniform() < 0.05)) edges.push([a, b]);
  }
  const weight = edges.map(() => scale);
  return {
    truth,
    edges,
    graph: buildCsrGraph({ nodes: 400, source: edges.map((e) => e[0]), target: edges.map((e) => e[1]), weight }),
  };
}

describe('leiden', () => {
  it('reaches the optimum of the karate club from every seed', () => {
    expect(karateEdges).toHaveLength(78);
    for (let seed = 0; seed < 50; seed++) {
      const found = leiden(karate, new Random(seed));
      expect(found.modularity).toBeCloseTo(0.419789612, 8);
      expect(found.count).toBe(4);
      expect([...found.sizes]).toEqual([12, 11, 6, 5]);
      expect(found.stable).toBe(true);
    }
  });

  it('numbers communities by size and reports the modularity of what it returns', () => {
    const found = leiden(karate, new Random(1));
    expect([...found.membership]).toEqual([
      1, 1, 1, 1, 3, 3, 3, 1, 0, 0, 3, 1, 1, 1, 0, 0, 3, 1, 0, 1, 0, 1, 0, 2, 2, 2, 0, 2, 2, 0, 0, 2, 0, 0,
    ]);
    expect(modularity(karate, found.membership)).toBeCloseTo(found.modularity, 12);
  });

  it('finds planted communities, the same from one seed, whatever the order of edges and the unit of weight', () => {
    const { truth, edges, graph } = plantedGraph(3);
    const found = leiden(graph, new Random(7));
    expect(adjustedRandIndex(found.membership, truth)).toBeGreaterThan(0.95);
    expect(leiden(graph, new Random(7)).membership).toEqual(found.membership);
    const turned = edges.toReversed();
    const again = buildCsrGraph({ nodes: 400, source: turned.map((e) => e[1]), target: turned.map((e) => e[0]) });
    expect(leiden(again, new Random(7)).membership).toEqual(found.membership);
    expect(leiden(plantedGraph(3, 1024).graph, new Random(7)).membership).toEqual(found.membership);
  });

  it('returns only connected communities, at every resolution', () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = new Random(seed);
      const source = Array.from({ length: 500 }, () => random.int(300));
      const target = source.map(() => random.zipf(300, 1));
      const graph = buildCsrGraph({ nodes: 300, source, target, weight: source.map(() => random.uniform()) });
      for (const resolution of [0.2, 1, 4]) {
        const found = leiden(graph, random, { resolution, maxIterations: 1 + (seed % 3) });
        expect(componentsWithin(graph, found.membership).count).toBe(found.count);
        expect(found.sizes.reduce((a, b) => a + b)).toBe(300);
      }
    }
  });

  it('splits more at a higher resolution and keeps no node from moving to a better community', () => {
    const { graph } = plantedGraph(5);
    expect(leiden(graph, new Random(1), { resolution: 4 }).count).toBeGreaterThan(leiden(graph, new Random(1)).count);
    const found = leiden(graph, new Random(1));
    for (let v = 0; v < 400; v++) {
      for (let c = 0; c < found.count; c++) {
        const moved = found.membership.slice();
        moved[v] = c;
        expect(modularity(graph, moved)).toBeLessThanOrEqual(found.modularity + 1e-9);
      }
    }
  });

  it('answers for graphs without edges, with loops, and refuses what it cannot do', () => {
    const alone = leiden(buildCsrGraph({ nodes: 3, source: [], target: [] }), new Random(1));
    expect(alone).toMatchObject({ count: 3, modularity: 0, stable: true });
    expect(leiden(buildCsrGraph({ nodes: 0, source: [], target: [] }), new Random(1)).count).toBe(0);
    const looped = buildCsrGraph(
      { nodes: 2, source: [0, 0, 1], target: [0, 1, 1], weight: [9, 1, 9] },
      { loops: 'keep' },
    );
    expect(leiden(looped, new Random(1)).count).toBe(2);
    const directed = buildCsrGraph({ nodes: 2, source: [0], target: [1] }, { directed: true });
    expect(() => leiden(directed, new Random(1))).toThrow(RangeError);
    const negative = buildCsrGraph({ nodes: 2, source: [0], target: [1], weight: [-1] });
    expect(() => leiden(negative, new Random(1))).toThrow(RangeError);
  });
});
