import type { Database } from '../../store/database.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import type { CoordinationEdge } from './coordination-result.ts';
import { type FoundNetwork, largestOf } from './found-network.ts';
import { type AccountName, artifactNames, postNames } from './names.ts';
import type { PreparedShares } from './prepare-shares.ts';

const mostListedPairs = 5_000_000;

/** Edges from the strongest: by adjusted p value where there is one, then weight, then names. */
export function strongestFirst(network: FoundNetwork, names: ReadonlyMap<number, AccountName>): Uint32Array {
  const { a, b, weight, more } = network;
  const byName = Array.from(names, ([key, { name }]) => ({ key, name })).sort((x, y) => (x.name < y.name ? -1 : 1));
  const rank = new Uint32Array(Math.max(largestOf(a), largestOf(b)) + 1);
  for (let place = 0; place < byName.length; place++) rank[byName[place]!.key] = place;
  const first = new Uint32Array(a.length);
  const second = new Uint32Array(a.length);
  for (let edge = 0; edge < a.length; edge++) {
    const x = rank[a[edge]!]!;
    const y = rank[b[edge]!]!;
    first[edge] = Math.min(x, y);
    second[edge] = Math.max(x, y);
  }
  const adjusted = more.adjusted;
  return Uint32Array.from(a.keys()).sort(
    (x, y) =>
      (adjusted ? adjusted[x]! - adjusted[y]! : 0) ||
      weight[y]! - weight[x]! ||
      first[x]! - first[y]! ||
      second[x]! - second[y]!,
  );
}

/** The chosen edges in words, with posts and artifacts where asked. */
export async function describeEdges(
  database: Database,
  network: FoundNetwork,
  chosen: Uint32Array,
  names: ReadonlyMap<number, AccountName>,
  prepared: PreparedShares,
  options: CoordinationOptions,
): Promise<{ edges: CoordinationEdge[]; notes: string[] }> {
  const described = Array.from(chosen, (edge) => describeEdge(network, edge, names));
  const layered = prepared.kinds.length > 1;
  const significant = options.method === 'spillover';
  if (!options.posts && !options.objects && !layered && !significant) return { edges: described, notes: [] };
  const listed = Uint32Array.from(chosen.keys()).filter(
    (place) => options.posts || options.objects || layered || network.flagged[chosen[place]!] === 1,
  );
  const pairs = network.pairsOf(
    Uint32Array.from(listed, (place) => network.a[chosen[place]!]!),
    Uint32Array.from(listed, (place) => network.b[chosen[place]!]!),
  );
  if (pairs.older.length > mostListedPairs)
    return {
      edges: described,
      notes: [
        `The edges come from ${pairs.older.length.toLocaleString('en')} pairs of shares: too many to list their posts. Cut the network (--subgraph, --most-edges) to see them.`,
      ],
    };
  const { rows } = network;
  const ends = [pairs.older, pairs.newer];
  const posts = await postNames(database, rowKeys(ends, rows.content));
  const artifacts = await artifactNames(database, rowKeys(ends, rows.artifact));
  listed.forEach((place, at) => {
    const edge = described[place]!;
    const own = new Set<number>();
    const objects = new Set<number>();
    const layers: Record<string, number> = {};
    for (let pair = pairs.offsets[at]!; pair < pairs.offsets[at + 1]!; pair++) {
      const older = pairs.older[pair]!;
      own.add(older).add(pairs.newer[pair]!);
      objects.add(rows.artifact[older]!);
      const { kind } = artifacts.get(rows.artifact[older]!)!;
      layers[kind] = (layers[kind] ?? 0) + 1;
    }
    if (layered) edge.layers = layers;
    const inTime = [...own].sort((p, q) => rows.time[p]! - rows.time[q]! || rows.content[p]! - rows.content[q]!);
    if (options.posts || significant) edge.posts = [...new Set(inTime.map((row) => posts.get(rows.content[row]!)!))];
    if (options.objects)
      edge.objects = [...objects].map((key) => `${artifacts.get(key)!.kind}:${artifacts.get(key)!.value}`).sort();
  });
  return { edges: described, notes: [] };
}

function* rowKeys(rows: readonly Uint32Array[], keys: Uint32Array): Iterable<number> {
  for (const list of rows) for (const row of list) yield keys[row]!;
}

function describeEdge(network: FoundNetwork, edge: number, names: ReadonlyMap<number, AccountName>): CoordinationEdge {
  const one = names.get(network.a[edge]!)!.name;
  const other = names.get(network.b[edge]!)!.name;
  const turned = !network.directed && one > other;
  const left = network.contentsA[edge]!;
  const right = network.contentsB[edge]!;
  const turn = turned && network.contentsOfEnds;
  const described: CoordinationEdge = {
    a: turned ? other : one,
    b: turned ? one : other,
    weight: network.weight[edge]!,
    avgDelta: network.avgDelta === null ? null : network.avgDelta[edge]!,
    contentsA: turn ? right : left,
    contentsB: turn ? left : right,
    symmetry: Math.max(left, right) === 0 ? 0 : Math.min(left, right) / Math.max(left, right),
    flagged: network.flagged[edge] === 1,
  };
  for (const [name, column] of Object.entries(network.more)) described[name as 'expected'] = column[edge]!;
  if (network.fast) described.fast = network.fast[edge]!;
  if (network.fastEnds)
    described.fastEnds = [network.a[edge]!, network.b[edge]!]
      .filter((key) => network.fastEnds!.has(key))
      .map((key) => names.get(key)!.name)
      .sort();
  return described;
}
