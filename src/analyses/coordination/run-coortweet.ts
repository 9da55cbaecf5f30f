import { UserError } from '../../base/errors.ts';
import { type PairEdges, pairsOfEdges } from './co-share-kernel.ts';
import type { Watch } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import type { FastEdge } from './coordination-result.ts';
import { coortweetNetwork, flagHeavy, uniqueShares } from './coortweet.ts';
import { countEnds, cutNetwork, type FoundNetwork, largestOf } from './found-network.ts';
import type { PreparedShares } from './prepare-shares.ts';

/** The method `coortweet` with its parameters and defaults; subgraphs are cut last. */
export async function runCoortweet(
  prepared: PreparedShares,
  options: CoordinationOptions,
  watch: Watch,
): Promise<FoundNetwork> {
  const windowSeconds = options.windowSeconds ?? 10;
  const edgeWeight = options.edgeWeight ?? 0.5;
  const fastWindowSeconds = options.fastWindowSeconds;
  if (options.subgraph >= 2 && fastWindowSeconds === null)
    throw new UserError(
      `Subgraph ${options.subgraph} is cut around fast edges.`,
      'Give their window with --fast-window.',
    );
  if (options.subgraph === 1 && fastWindowSeconds !== null)
    throw new UserError(
      'Subgraph 1 is defined without a fast window.',
      'Leave out --fast-window, or take --subgraph 2.',
    );
  const { rows, rules, edges, fast, fastRules, artifacts } = await coortweetNetwork(
    prepared.shares,
    prepared.isItself,
    {
      windowSeconds,
      minParticipation: options.minParticipation,
      keepLoops: options.keepLoops,
      platforms: prepared.platforms,
      fastWindowSeconds,
      fastMinParticipation: options.fastMinParticipation ?? options.minParticipation,
    },
    prepared.nameOf,
    watch,
  );
  const { threshold, flagged } = flagHeavy(edges.weight, edgeWeight);
  const network: FoundNetwork = {
    directed: false,
    windowSeconds,
    threshold,
    counts: {
      pairs: edges.pairs,
      accounts: countEnds(edges.a, edges.b),
      artifacts,
      edges: edges.count,
      maxWeight: largestOf(edges.weight),
    },
    a: edges.a,
    b: edges.b,
    weight: edges.weight,
    flagged,
    avgDelta: meanSeconds(edges),
    contentsA: edges.left,
    contentsB: edges.right,
    contentsOfEnds: false,
    more: {},
    fast: fast && alignFast(edges, fast, edgeWeight),
    fastEnds: null,
    rows,
    pairsOf: (a, b) => pairsOfEdges(rows, rules, a, b),
    coortweet: {
      fastPairsOf: fastRules && ((a, b) => pairsOfEdges(rows, fastRules, a, b)),
      uniqueShares: (ofFast) => uniqueShares(rows, ofFast && fastRules ? fastRules : rules),
    },
    insufficient: null,
    notes: [],
  };
  return cutSubgraph(network, options.subgraph);
}

export function meanSeconds({ count, delta, weight }: PairEdges): Float64Array {
  const mean = new Float64Array(count);
  for (let edge = 0; edge < count; edge++) mean[edge] = delta[edge]! / 1e6 / weight[edge]!;
  return mean;
}

/** What the fast pairs say of each edge; their threshold is the quantile of their own weights. */
function alignFast(edges: PairEdges, fast: PairEdges, edgeWeight: number): (FastEdge | null)[] {
  const { flagged } = flagHeavy(fast.weight, edgeWeight);
  const mean = meanSeconds(fast);
  const placeOf = new Map<string, number>();
  for (let edge = 0; edge < fast.count; edge++) placeOf.set(`${fast.a[edge]},${fast.b[edge]}`, edge);
  return Array.from({ length: edges.count }, (_, edge) => {
    const place = placeOf.get(`${edges.a[edge]},${edges.b[edge]}`);
    if (place === undefined) return null;
    const contentsA = fast.left[place]!;
    const contentsB = fast.right[place]!;
    return {
      weight: fast.weight[place]!,
      avgDelta: mean[place]!,
      contentsA,
      contentsB,
      symmetry: Math.min(contentsA, contentsB) / Math.max(contentsA, contentsB),
      flagged: flagged[place] === 1,
    };
  });
}

function cutSubgraph(network: FoundNetwork, subgraph: number): FoundNetwork {
  const { a, b, flagged, fast } = network;
  const isFast = (edge: number) => fast?.[edge]?.flagged === true;
  if (subgraph === 0) return network;
  if (subgraph === 1) return cutNetwork(network, (edge) => flagged[edge] === 1);
  if (subgraph === 2) return cutNetwork(network, isFast);
  const ends = new Set<number>();
  for (let edge = 0; edge < a.length; edge++) if (isFast(edge)) ends.add(a[edge]!).add(b[edge]!);
  const near = new Set<number>();
  for (let edge = 0; edge < a.length; edge++) {
    if (ends.has(a[edge]!)) near.add(b[edge]!);
    if (ends.has(b[edge]!)) near.add(a[edge]!);
  }
  return { ...cutNetwork(network, (edge) => near.has(a[edge]!) && near.has(b[edge]!)), fastEnds: ends };
}
