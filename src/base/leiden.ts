import { componentsWithin } from './connected-components.ts';
import type { CsrGraph } from './csr-graph.ts';
import { nodeStrengths } from './csr-graph.ts';
import type { LeidenLevel, LeidenQuality } from './leiden-level.ts';
import { aggregateLevel, compactLabels } from './leiden-level.ts';
import { moveNodes } from './leiden-move.ts';
import { refineCommunities } from './leiden-refine.ts';
import { modularity } from './modularity.ts';
import type { Random } from './random.ts';

/**
 * A partition into connected communities, numbered from the largest; of equal sizes the one with the smallest node
 * first.
 */
export interface Communities {
  count: number;
  /** Community of each node. */
  membership: Uint32Array;
  sizes: Uint32Array;
  modularity: number;
  /** Full passes made; the last one brought no more than the tolerance unless `stable` is false. */
  iterations: number;
  stable: boolean;
}

/** `resolution` default 1, larger for more communities. `randomness` is theta of the paper, default 0.01. */
export interface LeidenOptions {
  resolution?: number;
  randomness?: number;
  /** Most passes, default 10. */
  maxIterations?: number;
  /** Gain of modularity at which passes stop, default 1e-5. */
  tolerance?: number;
}

/**
 * Communities of high modularity by the Leiden algorithm (Traag, Waltman & van Eck 2019, From Louvain to Leiden).
 *
 * Passes of local moving, refinement and aggregation start from the partition of the pass before, until one brings no
 * more than the tolerance. Every community is connected. The answer depends on the random numbers: report the agreement
 * over several seeds. A node without edges is a community of its own. RangeError for a directed graph or a negative
 * weight.
 */
export function leiden(graph: CsrGraph, random: Random, options: LeidenOptions = {}): Communities {
  const { resolution = 1, randomness = 0.01, maxIterations = 10, tolerance = 1e-5 } = options;
  if (graph.directed) throw new RangeError('leiden needs an undirected graph');
  if (!(resolution >= 0 && randomness > 0)) throw new RangeError('leiden needs resolution >= 0 and randomness > 0');
  const { nodes, offsets, targets, weights } = graph;
  for (let arc = 0; arc < weights.length; arc++) {
    if (!(weights[arc]! >= 0)) throw new RangeError('leiden needs weights >= 0');
  }
  const strengths = nodeStrengths(graph);
  let total = 0;
  for (let v = 0; v < nodes; v++) total += strengths[v]!;
  const base: LeidenLevel = { nodes, offsets, targets, weights, strengths };
  let membership = Uint32Array.from({ length: nodes }, (_, v) => v);
  if (total === 0) return { ...numberBySize(graph, membership), modularity: 0, iterations: 0, stable: true };

  const quality: LeidenQuality = { penalty: resolution / total, unit: total / weights.length };
  let best = -Infinity;
  let iterations = 0;
  let stable = false;
  while (!stable && iterations < maxIterations) {
    const next = onePass(base, membership, quality, randomness, random);
    const value = modularity(graph, next, resolution);
    iterations++;
    stable = value - best <= tolerance;
    if (value < best) continue;
    best = value;
    membership = next;
  }
  const found = numberBySize(graph, membership);
  return { ...found, modularity: modularity(graph, found.membership, resolution), iterations, stable };
}

function onePass(
  base: LeidenLevel,
  start: Uint32Array,
  quality: LeidenQuality,
  randomness: number,
  random: Random,
): Uint32Array<ArrayBuffer> {
  const nodeOf = Uint32Array.from({ length: base.nodes }, (_, v) => v);
  let level = base;
  let community = start.slice();
  for (;;) {
    moveNodes(level, community, quality, random);
    const communities = compactLabels(community);
    if (communities === level.nodes) break;
    const { count, group } = refineCommunities(level, community, communities, quality, randomness, random);
    if (count === level.nodes) break;
    const next = aggregateLevel(level, group, count);
    const nextCommunity = new Uint32Array(count);
    for (let v = 0; v < level.nodes; v++) nextCommunity[group[v]!] = community[v]!;
    for (let v = 0; v < base.nodes; v++) nodeOf[v] = group[nodeOf[v]!]!;
    level = next;
    community = nextCommunity;
  }
  const membership = new Uint32Array(base.nodes);
  for (let v = 0; v < base.nodes; v++) membership[v] = community[nodeOf[v]!]!;
  return membership;
}

/** Splits a community that a last move left in pieces, which never lowers modularity, and numbers the rest. */
function numberBySize(
  graph: CsrGraph,
  partition: Uint32Array,
): { count: number; membership: Uint32Array; sizes: Uint32Array } {
  const pieces = componentsWithin(graph, partition);
  const order = Uint32Array.from({ length: pieces.count }, (_, c) => c);
  order.sort((a, b) => pieces.sizes[b]! - pieces.sizes[a]! || a - b);
  const rank = new Uint32Array(pieces.count);
  for (let i = 0; i < order.length; i++) rank[order[i]!] = i;
  return {
    count: pieces.count,
    membership: pieces.component.map((c) => rank[c]!),
    sizes: order.map((c) => pieces.sizes[c]!),
  };
}
