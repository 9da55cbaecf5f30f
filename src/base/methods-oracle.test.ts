import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { zeroEventUpperBound } from './binomial.ts';
import { longestFlatRun } from './capped-runs.ts';
import { cascadeShape } from './cascade-shape.ts';
import { casinInfluence, casinParentProbabilities } from './casin-influence.ts';
import { buildCsrGraph } from './csr-graph.ts';
import { disparityFilter } from './disparity-filter.ts';
import { eigenvectorCentrality } from './eigenvector-centrality.ts';
import { gini } from './gini.ts';
import { hIndex } from './h-index.ts';
import { coreNumbers } from './k-core.ts';
import { kleinbergBursts } from './kleinberg.ts';
import { leiden } from './leiden.ts';
import { smoothedLogRatio } from './log-ratio.ts';
import { modularity } from './modularity.ts';
import { pdiParentProbabilities } from './pdi-influence.ts';
import { poissonOnset } from './poisson-onset.ts';
import { Random } from './random.ts';
import { countWithin } from './time-bins.ts';
import { topShare } from './top-share.ts';

const oracleFile = sharedData('oracle/methods.json');

// biome-ignore lint/suspicious/noExplicitAny: the oracles are of many shapes
type Loose = any;

function oracle(id: string): { inputs: Loose; expected: Loose } {
  const all = JSON.parse(readFileSync(oracleFile!, 'utf8')) as {
    oracles: { id: string; inputs: Loose; expected: Loose }[];
  };
  return all.oracles.find((entry) => entry.id === id)!;
}

function readRows(path: string): string[][] {
  return readFileSync(sharedData(path)!, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

function readGraph(path: string) {
  const rows = readRows(path).slice(1);
  const names = [...new Set(rows.flatMap(([a, b]) => [a!, b!]))].sort(
    (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1),
  );
  const ids = new Map(names.map((name, i) => [name, i]));
  const source = rows.map(([a]) => ids.get(a!)!);
  const target = rows.map(([, b]) => ids.get(b!)!);
  return { nodes: names.length, source, target, weight: rows.map(([, , w]) => Number(w)) };
}

function expectClose(found: ArrayLike<number>, known: number[], tolerance = 1e-5): void {
  expect(found.length).toBe(known.length);
  known.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `at ${i}`).toBeLessThan(tolerance);
  });
}

describe.skipIf(!oracleFile)('shared/data/oracle/methods.json', () => {
  it('smoothed_log_ratio', () => {
    const { inputs, expected } = oracle('smoothed_log_ratio');
    expectClose(smoothedLogRatio(inputs.high, inputs.low), expected.log_ratio);
  });

  it('structural_virality', () => {
    const { inputs, expected } = oracle('structural_virality');
    const trees = Object.entries<Record<string, number>>(inputs.trees_as_child_to_parent);
    expect(trees).toHaveLength(5);
    for (const [name, parents] of trees) {
      const parent = new Int32Array(Object.keys(parents).length + 1).fill(-1);
      for (const [child, from] of Object.entries(parents)) parent[Number(child)] = from;
      const shape = cascadeShape(parent);
      const known = expected[name];
      expect(Math.abs(shape.structuralVirality - known.structural_virality)).toBeLessThan(1e-5);
      expect([shape.size, shape.depth, shape.maxBreadth]).toEqual([known.size, known.depth, known.max_breadth]);
      expect([...shape.breadthByDepth]).toEqual(known.breadth_by_depth);
    }
  });

  it('casin_influence', () => {
    const { inputs, expected } = oracle('casin_influence');
    const times = Float64Array.from(inputs.time_seconds as number[]);
    expectClose(casinInfluence(times, inputs.followers, inputs.r_per_second), expected.influence);
    const parents = casinParentProbabilities(times, inputs.followers, times.length - 1, inputs.r_per_second);
    expectClose(parents, expected.parent_probability_of_last_event);
  });

  it('pdi_parent_probability', () => {
    const { inputs, expected } = oracle('pdi_parent_probability');
    const { followers, seconds_before_the_reshare: seconds } = inputs.candidate_parents;
    expect(expected.grid).toHaveLength(15);
    for (const cell of expected.grid) expectClose(pdiParentProbabilities(followers, seconds, cell), cell.probability);
  });

  it('kleinberg_bursts', () => {
    const { inputs, expected } = oracle('kleinberg_bursts');
    inputs.settings.forEach((setting: Loose, i: number) => {
      const times = Float64Array.from(inputs[setting.series] as number[]);
      const bursts = kleinbergBursts(times, { base: setting.s, gamma: setting.gamma });
      expect(bursts.map(({ level, start, end }) => ({ level, start, end }))).toEqual(expected.bursts[i]);
    });
  });

  it('fib_index', () => {
    const { inputs, expected } = oracle('fib_index');
    expect(inputs.reshare_counts_per_account.map((counts: number[]) => hIndex(counts))).toEqual(expected.fib);
  });

  it('karate_k_core', () => {
    const { inputs, expected } = oracle('karate_k_core');
    const { weight: _, ...edges } = readGraph(inputs.graph);
    const graph = buildCsrGraph(edges);
    const cores = coreNumbers(graph);
    const highest = [...cores.keys()].filter((v) => cores[v] === expected.max_core);
    expect(Math.max(...cores)).toBe(expected.max_core);
    expect(highest).toEqual(expected.nodes_in_max_core);
    expectClose(cores, Object.values(expected.core_number));
    const centrality = eigenvectorCentrality(graph);
    expect(Math.abs(centrality.eigenvalue - expected.largest_eigenvalue)).toBeLessThan(1e-5);
    expectClose(centrality.scores, Object.values(expected.eigenvector_centrality_length_1));
  });

  it('karate_communities', () => {
    const { inputs, expected } = oracle('karate_communities');
    const { weight: _, ...edges } = readGraph(inputs.graph);
    const graph = buildCsrGraph(edges);
    const groups = new Uint32Array(34);
    expected.optimum_communities.forEach((nodes: number[], c: number) => {
      for (const v of nodes) groups[v] = c;
    });
    expect(Math.abs(modularity(graph, groups) - expected.optimum_modularity)).toBeLessThan(1e-6);
    for (let seed = 0; seed < 20; seed++) {
      const found = leiden(graph, new Random(seed), { resolution: inputs.resolution });
      expect(Math.abs(found.modularity - expected.leiden_modularity_until_stable)).toBeLessThan(1e-6);
    }
  });

  it('disparity_filter', () => {
    const { inputs, expected } = oracle('disparity_filter');
    const tables = [expected.karate_club_edges_kept_of_78, expected.les_miserables_edges_kept_of_254];
    inputs.graphs.forEach((path: string, i: number) => {
      const alphas = disparityFilter(readGraph(path));
      for (const [level, kept] of Object.entries(tables[i])) {
        expect(alphas.filter((alpha) => alpha < Number(level))).toHaveLength(kept as number);
      }
    });
  });

  it('gini_top_share', () => {
    const { inputs, expected } = oracle('gini_top_share');
    expect(Math.abs(gini(inputs.values) - expected.gini)).toBeLessThan(1e-5);
    expect(Math.abs(topShare(inputs.values, 0.1) - expected.top_10_percent_share)).toBeLessThan(1e-5);
  });

  it('poisson_onset', () => {
    const { inputs, expected } = oracle('poisson_onset');
    const [head, ...rows] = readRows(inputs.series);
    for (const known of expected.table) {
      const column = head!.indexOf(known.domain);
      const counts = rows.map((row) => Number(row[column]));
      const onset = poissonOnset(counts, { baselineBins: 18 })!;
      expect(rows[onset.bin]![0]).toBe(known.first_significant_bin);
      expect(onset.count).toBe(known.count_there);
      expect(Math.abs(onset.expected - known.expected_mean_m)).toBeLessThan(1e-5);
      expect(Math.abs(onset.pValue / known.p_there - 1)).toBeLessThan(0.01);
    }
  });

  it('rebin_15_minutes', () => {
    const { inputs, expected } = oracle('rebin_15_minutes');
    const minutes: number[] = [];
    for (const [label, ...counts] of readRows(inputs.series).slice(1)) {
      const [hour, minute] = label!.split(':').map(Number);
      const total = counts.reduce((sum, count) => sum + Number(count), 0);
      for (let i = 0; i < total; i++) minutes.push(hour! * 60 + minute!);
    }
    const bins = countWithin(Float64Array.from(minutes), 17 * 60, 20 * 60 + 45, 15);
    expect([...bins.counts]).toEqual(Object.values(expected.sums));
  });

  it('plateau_capped_stream', () => {
    const { inputs, expected } = oracle('plateau_capped_stream');
    const rows = readRows(inputs.series).slice(1);
    const run = longestFlatRun(
      rows.map((row) => Number(row[1])),
      { above: 20_000, maxRatio: 1.01 },
    )!;
    expect(`${rows[run.start]![0]}Z`).toBe(expected.start_utc);
    const counts = rows.slice(run.start, run.start + run.length).map((row) => Number(row[1]));
    expect(counts).toEqual(expected.counts);
    expect(run.length).toBe(expected.hours);
    expect(run.highest / 3600).toBeCloseTo(expected.tweets_per_second, 3);
  });

  it('zero_events_upper_bound', () => {
    const { inputs, expected } = oracle('zero_events_upper_bound');
    expect(Math.abs(zeroEventUpperBound(inputs.n) - expected.upper_95)).toBeLessThan(1e-5);
  });
});
