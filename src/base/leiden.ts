import { componentsWithin } from './connected-components.ts';
import type { CsrGraph } from './csr-graph.ts';
import { nodeStrengths } from './csr-graph.ts';
import { gatherByCommunity } from './leiden-gather.ts';
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

/** From so many arcs on a graph does not fit into a processor's cache. */
const GATHERED_ARCS = 200_000;
const HUGE_ARCS = 4_000_000;

/** `resolution` default 1, larger for more communities. `randomness` is theta of the paper, default 0.01. */
export interface LeidenOptions {
  resolution?: number;
  randomness?: number;
  /** Most passes, default 10; 1 from four million arcs on: on the planted graph of bench/communities a second one found nothing. */
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
  const { resolution = 1, randomness = 0.01, tolerance = 1e-5 } = options;
  const maxIterations = options.maxIterations ?? (graph.targets.length < HUGE_ARCS ? 10 : 1);
  if (graph.directed) throw new RangeError('leiden needs an undirected graph');
  if (!(resolution >= 0 && randomness > 0)) throw new RangeError('leiden needs resolution >= 0 and randomness > 0');
  const { nodes, offsets, targets, weights } = graph;
  for (let arc = 0; arc < weights.length; arc++) {
    if (!(weights[arc]! >= 0)) throw new RangeError('leiden needs weights >= 0');
  }
  const strengths = nodeStrengths(graph);
  let total = 0;
  for (let v = 0; v < nodes; v++) total += strengths[v]!;
  const given: LeidenLevel = { nodes, offsets, targets, weights, strengths };
  const identity = Uint32Array.from({ length: nodes }, (_, v) => v);
  if (total === 0) return { ...numberBySize(given, identity, identity), modularity: 0, iterations: 0, stable: true };

  const quality: LeidenQuality = { penalty: resolution / total, unit: total / weights.length };
  const {
    level: base,
    order,
    start,
  } = weights.length < GATHERED_ARCS
    ? { level: given, order: identity, start: identity }
    : firstMoves(given, quality, random);
  const rows = { ...graph, offsets: base.offsets, targets: base.targets, weights: base.weights };
  let membership = start;
  let best = -Infinity;
  let iterations = 0;
  let stable = false;
  while (!stable && iterations < maxIterations) {
    const next = onePass(base, membership, quality, randomness, random);
    const value = modularity(rows, next, resolution);
    iterations++;
    stable = value - best <= tolerance;
    if (value < best) continue;
    best = value;
    membership = next;
  }
  const found = numberBySize(base, membership, order);
  return { ...found, modularity: modularity(graph, found.membership, resolution), iterations, stable };
}

/** The first local moving, after which the nodes of a community are gathered: the rest then finds them near in memory. */
function firstMoves(level: LeidenLevel, quality: LeidenQuality, random: Random) {
  const community = Uint32Array.from({ length: level.nodes }, (_, v) => v);
  moveNodes(level, community, quality, random);
  compactLabels(community);
  const gathered = gatherByCommunity(level, community);
  return { ...gathered, start: gathered.order.map((v) => community[v]!) };
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

/**
 * Splits a community that a last move left in pieces, which never lowers modularity, and numbers the rest; node i of the level is node order[i]
 * of the graph.
 */
function numberBySize(
  level: LeidenLevel,
  partition: Uint32Array,
  order: Uint32Array,
): { count: number; membership: Uint32Array; sizes: Uint32Array } {
  const { nodes } = level;
  const pieces = componentsWithin({ ...level, directed: false }, partition);
  const smallest = new Uint32Array(pieces.count).fill(nodes);
  for (let i = 0; i < nodes; i++) {
    const piece = pieces.component[i]!;
    if (order[i]! < smallest[piece]!) smallest[piece] = order[i]!;
  }
  const bySize = Uint32Array.from({ length: pieces.count }, (_, c) => c);
  bySize.sort((a, b) => pieces.sizes[b]! - pieces.sizes[a]! || smallest[a]! - smallest[b]!);
  const rank = new Uint32Array(pieces.count);
  for (let i = 0; i < bySize.length; i++) rank[bySize[i]!] = i;
  const membership = new Uint32Array(nodes);
  for (let i = 0; i < nodes; i++) membership[order[i]!] = rank[pieces.component[i]!]!;
  return { count: pieces.count, membership, sizes: bySize.map((c) => pieces.sizes[c]!) };
}
