import { UserError } from '../../base/errors.ts';
import { quantileSorted } from '../../base/quantile.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { EdgePairs } from './co-share-kernel.ts';
import { turn } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { type CosineEdges, cosineEdges, cosineWork } from './cosine-kernel.ts';
import { countEnds, type FoundNetwork, largestOf } from './found-network.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { countByKey, keepRows, largestKey, type ShareColumns } from './share-columns-kernel.ts';

const mostWork = 4_000_000_000;
const mostPairsOfAnEdge = 2_000;

/**
 * Similarity networks (Pacheco et al. 2020, 2021; Luceri et al. 2024): TF-IDF cosine of what accounts shared, the top of the similarities flagged. Several kinds are
 * layers: each has its own threshold, and the fused network takes the largest similarity.
 */
export async function runCosine(
  prepared: PreparedShares,
  options: CoordinationOptions,
  input: AnalysisInput,
): Promise<FoundNetwork> {
  const edgeWeight = options.edgeWeight ?? 0.995;
  const fused = new Map<
    string,
    { a: number; b: number; cosine: number; left: number; right: number; flagged: boolean }
  >();
  const thresholds: (number | null)[] = [];
  const notes: string[] = [];
  let pairs = 0;
  const artifacts = new Set<number>();
  const kept: ShareColumns[] = [];
  for (const [place, kind] of prepared.kinds.entries()) {
    input.onStep(`similarity of ${kind}`, place, prepared.kinds.length);
    await turn(input);
    const layer = layerShares(prepared, place + 1, kind, options.minParticipation);
    if (layer.artifact.length === 0) continue;
    if (cosineWork(layer) > mostWork)
      throw new UserError(
        `Comparing all accounts by ${kind} takes ${Math.round(cosineWork(layer) / 1e9)} billion products.`,
        'Leave out what very many share (--most-shares N), or raise --min-participation (the studies took 10 to 20).',
      );
    const edges = cosineEdges(layer);
    kept.push(layer);
    for (const key of layer.artifact) artifacts.add(key);
    const threshold = edges.cosine.length === 0 ? null : quantileSorted(edges.cosine.slice().sort(), edgeWeight);
    thresholds.push(threshold);
    if (prepared.kinds.length > 1 && threshold !== null)
      notes.push(`Threshold of ${kind}: ${threshold.toPrecision(4)}.`);
    pairs += edges.common.reduce((sum, count) => sum + count, 0);
    fuse(fused, edges, threshold ?? 1);
  }
  const all = [...fused.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  const a = Uint32Array.from(all, (one) => one.a);
  const b = Uint32Array.from(all, (one) => one.b);
  const weight = Float64Array.from(all, (one) => one.cosine);
  const rows = kept.length === 1 ? kept[0]! : prepared.shares;
  return {
    directed: false,
    windowSeconds: null,
    threshold: prepared.kinds.length === 1 ? (thresholds[0] ?? null) : null,
    counts: {
      pairs,
      accounts: countEnds(a, b),
      artifacts: artifacts.size,
      edges: all.length,
      maxWeight: largestOf(weight),
    },
    a,
    b,
    weight,
    flagged: Uint8Array.from(all, (one) => (one.flagged ? 1 : 0)),
    avgDelta: null,
    contentsA: Uint32Array.from(all, (one) => one.left),
    contentsB: Uint32Array.from(all, (one) => one.right),
    contentsOfEnds: true,
    more: {},
    fast: null,
    fastEnds: null,
    rows,
    pairsOf: (from, to) => commonShares(rows, from, to),
    coortweet: null,
    insufficient: null,
    notes,
  };
}

/** The shares of one kind by accounts with enough of them, of artifacts that more than one account shared; rapid reshares count from two of the same pair. */
function layerShares({ shares, kindOf }: PreparedShares, code: number, kind: string, fewest: number): ShareColumns {
  const layer = keepRows(shares, (row) => kindOf[shares.artifact[row]!] === code);
  const perAccount = countByKey(layer.account, layer.account.length === 0 ? 0 : largestKey(layer.account) + 1);
  const active = keepRows(layer, (row) => perAccount[layer.account[row]!]! >= fewest);
  const repeated = kind === 'rapid-reshare' ? keepRepeated(active) : active;
  const first = new Map<number, number>();
  const several = new Set<number>();
  for (let row = 0; row < repeated.artifact.length; row++) {
    const known = first.get(repeated.artifact[row]!);
    if (known === undefined) first.set(repeated.artifact[row]!, repeated.account[row]!);
    else if (known !== repeated.account[row]) several.add(repeated.artifact[row]!);
  }
  return keepRows(repeated, (row) => several.has(repeated.artifact[row]!));
}

function keepRepeated(shares: ShareColumns): ShareColumns {
  const key = (row: number) => shares.account[row]! * 4294967296 + shares.artifact[row]!;
  const times = new Map<number, number>();
  for (let row = 0; row < shares.account.length; row++) times.set(key(row), (times.get(key(row)) ?? 0) + 1);
  return keepRows(shares, (row) => times.get(key(row))! > 1);
}

function fuse(
  fused: Map<string, { a: number; b: number; cosine: number; left: number; right: number; flagged: boolean }>,
  edges: CosineEdges,
  threshold: number,
): void {
  for (let edge = 0; edge < edges.a.length; edge++) {
    const key = `${edges.a[edge]},${edges.b[edge]}`;
    const known = fused.get(key);
    const cosine = edges.cosine[edge]!;
    fused.set(key, {
      a: edges.a[edge]!,
      b: edges.b[edge]!,
      cosine: Math.max(cosine, known?.cosine ?? 0),
      left: edges.left[edge]! + (known?.left ?? 0),
      right: edges.right[edge]! + (known?.right ?? 0),
      flagged: cosine >= threshold || known?.flagged === true,
    });
  }
}

/** The shares of the artifacts that the two accounts of an edge both shared, older first; at most 2,000 pairs an edge. */
function commonShares(shares: ShareColumns, a: Uint32Array, b: Uint32Array): EdgePairs {
  const rowsOf = new Map<number, number[]>();
  for (const ends of [a, b]) for (const key of ends) rowsOf.set(key, []);
  for (let row = 0; row < shares.account.length; row++) rowsOf.get(shares.account[row]!)?.push(row);
  const offsets = new Uint32Array(a.length + 1);
  const older: number[] = [];
  const newer: number[] = [];
  for (let edge = 0; edge < a.length; edge++) {
    const byArtifact = new Map<number, number[]>();
    for (const row of rowsOf.get(b[edge]!)!) {
      const own = byArtifact.get(shares.artifact[row]!);
      if (own) own.push(row);
      else byArtifact.set(shares.artifact[row]!, [row]);
    }
    for (const one of rowsOf.get(a[edge]!)!)
      for (const other of byArtifact.get(shares.artifact[one]!) ?? []) {
        if (older.length - offsets[edge]! >= mostPairsOfAnEdge) break;
        const first = shares.time[one]! <= shares.time[other]! ? one : other;
        older.push(first);
        newer.push(first === one ? other : one);
      }
    offsets[edge + 1] = older.length;
  }
  return { offsets, older: Uint32Array.from(older), newer: Uint32Array.from(newer) };
}
