import { connectedComponents } from '../../base/connected-components.ts';
import { buildCsrGraph } from '../../base/csr-graph.ts';
import { disparityFilter } from '../../base/disparity-filter.ts';
import { type Communities, leiden } from '../../base/leiden.ts';
import { Random } from '../../base/random.ts';
import { type FoundNetwork, largestOf } from './found-network.ts';

/** The flagged edges as a graph of their own: nodes are places in `accounts`. */
export interface FlaggedGraph {
  accounts: Uint32Array;
  /** Places of the edges in the network, and their ends. Directed edges of both directions are one. */
  edges: Uint32Array;
  source: Uint32Array;
  target: Uint32Array;
  weight: Float64Array;
  /** By node: connected component, numbered from 0; and its community by Leiden on weights. */
  component: Uint32Array;
  components: number;
  communities: Communities | null;
  /** By edge: p value of the disparity filter. */
  disparity: Float64Array;
}

/** Components, Leiden communities and disparity of the flagged edges; loops make no group. */
export function flaggedGraph(network: FoundNetwork, seed: number): FlaggedGraph {
  const merged = new Map<number, number>();
  const size = Math.max(largestOf(network.a), largestOf(network.b)) + 1;
  const edges: number[] = [];
  const weights: number[] = [];
  for (let edge = 0; edge < network.a.length; edge++) {
    const a = network.a[edge]!;
    const b = network.b[edge]!;
    if (network.flagged[edge] === 0 || a === b) continue;
    if (network.directed) {
      const ends = a < b ? a * size + b : b * size + a;
      const known = merged.get(ends);
      if (known !== undefined) {
        weights[known] = Math.max(weights[known]!, network.weight[edge]!);
        continue;
      }
      merged.set(ends, edges.length);
    }
    edges.push(edge);
    weights.push(network.weight[edge]!);
  }
  const met = new Uint8Array(size);
  for (const edge of edges) met[network.a[edge]!] = met[network.b[edge]!] = 1;
  const accounts = Uint32Array.from(met.keys()).filter((key) => met[key] === 1);
  const node = new Uint32Array(size);
  accounts.forEach((key, place) => {
    node[key] = place;
  });
  const source = Uint32Array.from(edges, (edge) => node[network.a[edge]!]!);
  const target = Uint32Array.from(edges, (edge) => node[network.b[edge]!]!);
  const weight = Float64Array.from(weights);
  const list = { nodes: accounts.length, source, target, weight };
  const graph = buildCsrGraph(list);
  const { component, count } = connectedComponents(graph);
  return {
    accounts,
    edges: Uint32Array.from(edges),
    source,
    target,
    weight,
    component,
    components: count,
    communities: edges.length === 0 ? null : leiden(graph, new Random(seed).fork('communities')),
    disparity: disparityFilter(list),
  };
}

/** What is left of some edges when the threshold rises: at each step the largest connected part. */
export function extentOf(
  edges: readonly { source: number; target: number; weight: number }[],
): { threshold: number; accounts: number; edges: number }[] {
  const weights = [...new Set(edges.map((one) => one.weight))].sort((x, y) => x - y);
  const steps = weights.filter((_, at) => weights.length <= 12 || at % Math.ceil(weights.length / 12) === 0);
  return steps.map((threshold) => {
    const left = edges.filter((one) => one.weight >= threshold);
    const nodes = [...new Set(left.flatMap((one) => [one.source, one.target]))].sort((x, y) => x - y);
    const place = new Map(nodes.map((one, at) => [one, at]));
    const graph = buildCsrGraph({
      nodes: nodes.length,
      source: left.map((one) => place.get(one.source)!),
      target: left.map((one) => place.get(one.target)!),
    });
    const { sizes } = connectedComponents(graph);
    return { threshold, accounts: sizes.reduce((most, size) => Math.max(most, size), 0), edges: left.length };
  });
}
