import type { EdgePairs } from './co-share-kernel.ts';
import type { CoordinationResult, FastEdge } from './coordination-result.ts';
import type { ShareColumns } from './share-columns-kernel.ts';

/** What a method finds before names return: edges in columns over account keys, and how to find their pairs again. */
export interface FoundNetwork {
  directed: boolean;
  windowSeconds: number | null;
  threshold: number | null;
  /** Before any cut. */
  counts: { pairs: number; accounts: number; artifacts: number; edges: number; maxWeight: number };
  a: Uint32Array;
  b: Uint32Array;
  weight: Uint32Array | Float64Array;
  flagged: Uint8Array;
  /** Seconds; null where the method does not look at times. */
  avgDelta: Float64Array | null;
  contentsA: Uint32Array;
  contentsB: Uint32Array;
  /** `contentsA` belongs to `a` and turns with it, not to the older place. */
  contentsOfEnds: boolean;
  /** Further numbers of the edges. */
  more: Partial<Record<'expected' | 'pValue' | 'adjusted' | 'shared', ArrayLike<number>>>;
  fast: (FastEdge | null)[] | null;
  /** Account keys at the ends of the fast edges around which subgraph 3 was cut. */
  fastEnds: ReadonlySet<number> | null;
  rows: ShareColumns;
  pairsOf: (a: Uint32Array, b: Uint32Array) => EdgePairs;
  /** coortweet: the same for the fast pairs, and the distinct posts of each account (by key) that stand in pairs. */
  coortweet: {
    fastPairsOf: ((a: Uint32Array, b: Uint32Array) => EdgePairs) | null;
    uniqueShares: (fast: boolean) => Uint32Array;
  } | null;
  /** spillover: p value of a group among several. */
  groupChance?: (
    group: { accounts: readonly number[]; edges: readonly (readonly [number, number])[]; observed: number },
    groups: number,
  ) => number;
  extra?: Pick<CoordinationResult, 'sweep' | 'suggestion'>;
  insufficient: string | null;
  notes: string[];
}

/** The network with some of its edges only; its counts stay. */
export function cutNetwork(network: FoundNetwork, keep: (edge: number) => boolean): FoundNetwork {
  const chosen = Uint32Array.from(network.a.keys()).filter(keep);
  if (chosen.length === network.a.length) return network;
  const pick = <T extends Uint32Array | Float64Array | Uint8Array>(column: T): T => {
    const picked = new (column.constructor as new (size: number) => T)(chosen.length);
    for (let at = 0; at < chosen.length; at++) picked[at] = column[chosen[at]!]!;
    return picked;
  };
  return {
    ...network,
    a: pick(network.a),
    b: pick(network.b),
    weight: pick(network.weight),
    flagged: pick(network.flagged),
    avgDelta: network.avgDelta && pick(network.avgDelta),
    contentsA: pick(network.contentsA),
    contentsB: pick(network.contentsB),
    more: Object.fromEntries(
      Object.entries(network.more).map(([name, column]) => [name, pick(Float64Array.from(column))]),
    ),
    fast: network.fast && Array.from(chosen, (edge) => network.fast![edge]!),
  };
}

export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) if (values[at]! > largest) largest = values[at]!;
  return largest;
}

/** Number of distinct accounts at the ends of the edges. */
export function countEnds(a: Uint32Array, b: Uint32Array): number {
  return endsOf(a, b).length;
}

/** Keys of the distinct accounts at the ends of the edges, ascending. */
export function endsOf(a: Uint32Array, b: Uint32Array): Uint32Array {
  const met = new Uint8Array(Math.max(largestOf(a), largestOf(b)) + 1);
  for (let edge = 0; edge < a.length; edge++) met[a[edge]!] = met[b[edge]!] = 1;
  const keys = new Uint32Array(met.length);
  let count = 0;
  for (let key = 0; key < met.length; key++) if (met[key] === 1) keys[count++] = key;
  return keys.subarray(0, count);
}
