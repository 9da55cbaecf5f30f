import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { componentsWithin, connectedComponents } from './connected-components.ts';
import { buildCsrGraph, type EdgeList, nodeStrengths } from './csr-graph.ts';
import { disparityFilter } from './disparity-filter.ts';
import { eigenvectorCentrality } from './eigenvector-centrality.ts';
import { coreNumbers } from './k-core.ts';
import { modularity } from './modularity.ts';
import { pagerank } from './pagerank.ts';
import { Random } from './random.ts';

const karateFile = sharedData('oracle/graphs/karate_club.csv');
const miserablesFile = sharedData('oracle/graphs/les_miserables.csv');

function readEdges(path: string): Required<EdgeList> {
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  const names = [...new Set(rows.flatMap(([a, b]) => [a!, b!]))];
  if (names.every((name) => /^\d+$/.test(name))) names.sort((a, b) => Number(a) - Number(b));
  const ids = new Map(names.map((name, i) => [name, i]));
  return {
    nodes: names.length,
    source: Uint32Array.from(rows, ([a]) => ids.get(a!)!),
    target: Uint32Array.from(rows, ([, b]) => ids.get(b!)!),
    weight: Float64Array.from(rows, ([, , w]) => Number(w)),
  };
}

/** Two triangles joined by the edge 2-3, a pendant 6 on node 5, and node 7 alone. */
const bowtie: EdgeList = { nodes: 8, source: [0, 1, 2, 2, 3, 4, 5, 5], target: [1, 2, 0, 3, 4, 5, 3, 6] };

describe('buildCsrGraph', () => {
  it('sums repeated edges whichever way they point, and sorts rows', () => {
    const graph = buildCsrGraph({
      nodes: 4,
      source: [2, 0, 1, 3, 3],
      target: [0, 2, 0, 1, 3],
      weight: [1, 2, 5, 7, 9],
    });
    expect([...graph.offsets]).toEqual([0, 2, 4, 5, 6]);
    expect([...graph.targets]).toEqual([1, 2, 0, 3, 0, 1]);
    expect([...graph.weights]).toEqual([5, 3, 5, 7, 3, 7]);
    expect([...nodeStrengths(graph)]).toEqual([8, 12, 3, 7]);
  });
  it('keeps direction and loops where asked', () => {
    const graph = buildCsrGraph(
      { nodes: 3, source: [2, 0, 2, 1], target: [0, 2, 0, 1] },
      { directed: true, loops: 'keep' },
    );
    expect([...graph.offsets]).toEqual([0, 1, 2, 3]);
    expect([...graph.targets]).toEqual([2, 1, 0]);
    expect([...graph.weights]).toEqual([1, 1, 2]);
    const loop = buildCsrGraph({ nodes: 2, source: [0, 0], target: [0, 1] }, { loops: 'keep' });
    expect([...nodeStrengths(loop)]).toEqual([3, 1]);
  });
  it('agrees with a table of pairs on random graphs with hubs, and does not depend on the order of edges', () => {
    const random = new Random(1);
    const nodes = 300;
    const edges = Array.from({ length: 6000 }, () => [random.zipf(nodes, 0.8), random.int(nodes), 1 + random.int(9)]);
    const table = new Map<string, number>();
    for (const [a, b, w] of edges) {
      if (a === b) continue;
      table.set(`${a}-${b}`, (table.get(`${a}-${b}`) ?? 0) + w!);
      table.set(`${b}-${a}`, (table.get(`${b}-${a}`) ?? 0) + w!);
    }
    const build = (rows: number[][]) =>
      buildCsrGraph({
        nodes,
        source: rows.map((r) => r[0]!),
        target: rows.map((r) => r[1]!),
        weight: rows.map((r) => r[2]!),
      });
    const graph = build(edges);
    expect(graph.targets).toHaveLength(table.size);
    for (let v = 0; v < nodes; v++) {
      for (let arc = graph.offsets[v]!; arc < graph.offsets[v + 1]!; arc++) {
        expect(graph.weights[arc]).toBe(table.get(`${v}-${graph.targets[arc]}`));
        if (arc > graph.offsets[v]!) expect(graph.targets[arc]).toBeGreaterThan(graph.targets[arc - 1]!);
      }
    }
    expect(build(random.shuffle([...edges]))).toEqual(graph);
    const unweighted = buildCsrGraph({ nodes, source: edges.map((r) => r[0]!), target: edges.map((r) => r[1]!) });
    expect(unweighted.targets).toEqual(graph.targets);
  });
  it('refuses a node that is not there', () => {
    expect(() => buildCsrGraph({ nodes: 2, source: [0], target: [2] })).toThrow(RangeError);
    expect(() => buildCsrGraph({ nodes: 2, source: [0, 1], target: [1] })).toThrow(RangeError);
    expect(buildCsrGraph({ nodes: 0, source: [], target: [] }).targets).toHaveLength(0);
  });
});

describe('connectedComponents', () => {
  it('numbers them by their smallest node', () => {
    const found = connectedComponents(buildCsrGraph(bowtie));
    expect([...found.component]).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect([...found.sizes]).toEqual([7, 1]);
  });
  it('stays inside groups', () => {
    const found = componentsWithin(buildCsrGraph(bowtie), [0, 0, 0, 1, 1, 1, 0, 0]);
    expect([...found.component]).toEqual([0, 0, 0, 1, 1, 1, 2, 3]);
  });
});

describe('coreNumbers', () => {
  it('peels', () => {
    expect([...coreNumbers(buildCsrGraph(bowtie))]).toEqual([2, 2, 2, 2, 2, 2, 1, 0]);
  });
  it.skipIf(!karateFile)('gives the known cores of the karate club', () => {
    const cores = coreNumbers(buildCsrGraph(readEdges(karateFile!)));
    expect([...cores]).toEqual([
      4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2, 2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3, 4, 4,
    ]);
  });
});

describe('eigenvectorCentrality', () => {
  it('settles on a bipartite star, where plain iteration swings', () => {
    const star = eigenvectorCentrality(buildCsrGraph({ nodes: 5, source: [0, 0, 0, 0], target: [1, 2, 3, 4] }));
    expect(star.converged).toBe(true);
    expect(star.eigenvalue).toBeCloseTo(2, 7);
    expect(star.scores[0]).toBeCloseTo(Math.SQRT1_2, 7);
    expect(star.scores[3]).toBeCloseTo(Math.sqrt(1 / 8), 7);
  });
  it('answers for a graph without edges and says when it did not settle', () => {
    expect(eigenvectorCentrality(buildCsrGraph({ nodes: 2, source: [], target: [] })).scores).toEqual(
      new Float64Array(2),
    );
    expect(eigenvectorCentrality(buildCsrGraph(bowtie), { maxIterations: 2 }).converged).toBe(false);
  });
  it.skipIf(!karateFile)('gives the known centralities of the karate club', () => {
    const { weight: _, ...edges } = readEdges(karateFile!);
    const found = eigenvectorCentrality(buildCsrGraph(edges));
    expect(found.eigenvalue).toBeCloseTo(6.725697728, 6);
    expect(found.scores[33]).toBeCloseTo(0.37336347, 6);
    expect(found.scores[0]).toBeCloseTo(0.355491445, 6);
    expect(found.scores[2]).toBeCloseTo(0.317192504, 6);
  });
});

describe('pagerank', () => {
  it('solves a star exactly', () => {
    const { scores, converged } = pagerank(buildCsrGraph({ nodes: 4, source: [0, 0, 0], target: [1, 2, 3] }), {
      tolerance: 1e-12,
    });
    const centre = (0.15 / 4 + 0.85 * 3 * (0.15 / 4)) / (1 - 0.85 ** 2);
    expect(converged).toBe(true);
    expect(scores[0]).toBeCloseTo(centre, 10);
    expect(scores[1]).toBeCloseTo(0.15 / 4 + (0.85 * centre) / 3, 10);
  });
  it('follows weights and spreads the rank of dead ends', () => {
    const graph = buildCsrGraph({ nodes: 3, source: [0, 0], target: [1, 2], weight: [3, 1] }, { directed: true });
    const { scores } = pagerank(graph, { tolerance: 1e-12 });
    const source = (0.15 + 0.85 * (scores[1]! + scores[2]!)) / 3;
    expect(scores[0]).toBeCloseTo(source, 10);
    expect(scores[1]).toBeCloseTo(source + 0.85 * 0.75 * scores[0]!, 10);
    expect(scores[0]! + scores[1]! + scores[2]!).toBeCloseTo(1, 10);
  });
});

describe('modularity', () => {
  it('follows its formula, loops and resolution included', () => {
    const graph = buildCsrGraph(bowtie);
    const groups = [0, 0, 0, 1, 1, 1, 1, 2];
    expect(modularity(graph, groups)).toBeCloseTo(14 / 16 - (7 / 16) ** 2 - (9 / 16) ** 2, 12);
    expect(modularity(graph, groups, 2)).toBeCloseTo(14 / 16 - 2 * ((7 / 16) ** 2 + (9 / 16) ** 2), 12);
    expect(modularity(graph, new Uint32Array(8))).toBeCloseTo(0, 12);
    const looped = buildCsrGraph({ nodes: 2, source: [0, 0], target: [0, 1] }, { loops: 'keep' });
    expect(modularity(looped, [0, 1])).toBeCloseTo(2 / 4 - (3 / 4) ** 2 - (1 / 4) ** 2, 12);
    expect(modularity(buildCsrGraph({ nodes: 3, source: [], target: [] }), [0, 1, 2])).toBe(0);
  });
});

describe('disparityFilter', () => {
  it('gives 1 to an edge whose two ends have no other, and the smaller of the two ends', () => {
    const alphas = disparityFilter({ nodes: 6, source: [0, 2, 2, 2], target: [1, 3, 4, 5], weight: [5, 8, 1, 1] });
    expect([...alphas]).toEqual([1, (1 - 8 / 10) ** 2, 0.9 ** 2, 0.9 ** 2]);
    expect(() => disparityFilter({ nodes: 2, source: [0], target: [1], weight: [0] })).toThrow(RangeError);
  });
  it.skipIf(!karateFile || !miserablesFile)('keeps the known numbers of edges', () => {
    const kept = (path: string, levels: number[]) => {
      const alphas = disparityFilter(readEdges(path));
      return levels.map((level) => alphas.filter((alpha) => alpha < level).length);
    };
    expect(kept(karateFile!, [0.01, 0.05, 0.1, 0.2, 0.3, 0.5])).toEqual([0, 0, 0, 4, 18, 61]);
    expect(kept(miserablesFile!, [0.01, 0.05, 0.1])).toEqual([3, 9, 21]);
  });
});
