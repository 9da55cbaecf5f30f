import type { Database } from '../../store/database.ts';
import type { CoordinationGroup } from './coordination-result.ts';
import type { FoundNetwork } from './found-network.ts';
import { extentOf, type FlaggedGraph } from './groups.ts';
import { type AccountName, artifactNames, postNames } from './names.ts';

const mostGroupsInDetail = 200;
const mostArtifacts = 10;
const mostPosts = 20;
const mostPlotted = 200;
const synchronyBins = 10;

interface Members {
  nodes: number[];
  edges: number[];
}

/** Groups by size, the largest first, with what they shared and when; those beyond the 200 largest with members and edges only. */
export async function describeGroups(
  database: Database,
  network: FoundNetwork,
  graph: FlaggedGraph,
  names: ReadonlyMap<number, AccountName>,
): Promise<{ groups: CoordinationGroup[]; groupOf: Map<number, number> }> {
  const members = membersOf(graph);
  const nameOf = (node: number) => names.get(graph.accounts[node]!)!.name;
  members.sort(
    (p, q) =>
      q.nodes.length - p.nodes.length ||
      q.edges.length - p.edges.length ||
      (nameOf(p.nodes[0]!) < nameOf(q.nodes[0]!) ? -1 : 1),
  );
  const groupOf = new Map<number, number>();
  const groups = members.map(({ nodes, edges }, place): CoordinationGroup => {
    for (const node of nodes) groupOf.set(graph.accounts[node]!, place + 1);
    const own = edges.map((edge) => ({
      source: graph.source[edge]!,
      target: graph.target[edge]!,
      weight: graph.weight[edge]!,
    }));
    return {
      id: place + 1,
      accounts: nodes.map(nameOf).sort(),
      edges: edges.length,
      weight: own.reduce((sum, one) => sum + one.weight, 0),
      density: (2 * edges.length) / (nodes.length * (nodes.length - 1)),
      communities: new Set(nodes.map((node) => graph.communities!.membership[node])).size,
      avgDelta: meanDelta(network, graph, edges),
      pValue: place < mostGroupsInDetail ? groupPValue(network, graph, { nodes, edges }, members.length) : null,
      extent: place < mostGroupsInDetail ? extentOf(own) : [],
      artifacts: [],
      synchrony: { upToSeconds: [], pairs: [], shares: [] },
      posts: [],
    };
  });
  const detailed = members.slice(0, mostGroupsInDetail);
  const places = Uint32Array.from(detailed.flatMap((one) => one.edges.map((edge) => graph.edges[edge]!)));
  const pairs = network.pairsOf(
    places.map((edge) => network.a[edge]!),
    places.map((edge) => network.b[edge]!),
  );
  let edge = 0;
  for (const [place, { edges }] of detailed.entries()) {
    const from = pairs.offsets[edge]!;
    edge += edges.length;
    const to = pairs.offsets[edge]!;
    const own = { older: pairs.older.subarray(from, to), newer: pairs.newer.subarray(from, to) };
    await addEvidence(database, network, own, groups[place]!, names);
  }
  return { groups, groupOf };
}

function groupPValue(
  network: FoundNetwork,
  graph: FlaggedGraph,
  { nodes, edges }: Members,
  groups: number,
): number | null {
  if (!network.groupChance) return null;
  const key = (node: number) => graph.accounts[node]!;
  return network.groupChance(
    {
      accounts: nodes.map(key),
      edges: edges.map((edge) => [key(graph.source[edge]!), key(graph.target[edge]!)] as const),
      observed: edges.reduce((sum, edge) => sum + graph.weight[edge]!, 0),
    },
    groups,
  );
}

function membersOf(graph: FlaggedGraph): Members[] {
  const members = Array.from({ length: graph.components }, (): Members => ({ nodes: [], edges: [] }));
  graph.component.forEach((component, node) => {
    members[component]!.nodes.push(node);
  });
  graph.source.forEach((node, edge) => {
    members[graph.component[node]!]!.edges.push(edge);
  });
  return members;
}

function meanDelta(network: FoundNetwork, graph: FlaggedGraph, edges: readonly number[]): number | null {
  if (network.avgDelta === null) return null;
  let sum = 0;
  let weights = 0;
  for (const edge of edges) {
    sum += network.avgDelta[graph.edges[edge]!]! * graph.weight[edge]!;
    weights += graph.weight[edge]!;
  }
  return sum / weights;
}

async function addEvidence(
  database: Database,
  network: FoundNetwork,
  pairs: { older: Uint32Array; newer: Uint32Array },
  group: CoordinationGroup,
  names: ReadonlyMap<number, AccountName>,
): Promise<void> {
  const { rows } = network;
  const acts = new Set<number>();
  let longest = network.windowSeconds ?? 0;
  for (let pair = 0; pair < pairs.older.length; pair++) {
    acts.add(pairs.older[pair]!).add(pairs.newer[pair]!);
    if (network.windowSeconds === null)
      longest = Math.max(longest, (rows.time[pairs.newer[pair]!]! - rows.time[pairs.older[pair]!]!) / 1e6);
  }
  const width = (longest || 1) / synchronyBins;
  const counts = new Array<number>(synchronyBins).fill(0);
  for (let pair = 0; pair < pairs.older.length; pair++) {
    const delta = (rows.time[pairs.newer[pair]!]! - rows.time[pairs.older[pair]!]!) / 1e6;
    counts[Math.min(synchronyBins - 1, Math.max(0, Math.ceil(delta / width) - 1))]! += 1;
  }
  const byArtifact = new Map<number, number[]>();
  for (const row of [...acts].sort((p, q) => p - q)) {
    const own = byArtifact.get(rows.artifact[row]!);
    if (own) own.push(row);
    else byArtifact.set(rows.artifact[row]!, [row]);
  }
  const accountsIn = (list: readonly number[]) => new Set(list.map((row) => rows.account[row]!)).size;
  const top = [...byArtifact]
    .sort(([x, p], [y, q]) => accountsIn(q) - accountsIn(p) || q.length - p.length || x - y)
    .slice(0, mostArtifacts);
  const artifacts = await artifactNames(
    database,
    top.map(([artifact]) => artifact),
  );
  const plotted = top
    .flatMap(([artifact, list]) => list.map((row) => ({ artifact, row, first: list[0]! })))
    .slice(0, mostPlotted);
  const inTime = top
    .flatMap(([, list]) => list.slice(0, 6))
    .sort((p, q) => rows.time[p]! - rows.time[q]! || rows.content[p]! - rows.content[q]!)
    .slice(0, mostPosts);
  const posts = await postNames(
    database,
    [...inTime, ...plotted.map(({ row }) => row)].map((row) => rows.content[row]!),
  );
  group.artifacts = top.map(([artifact, list]) => ({
    ...artifacts.get(artifact)!,
    accounts: accountsIn(list),
    shares: list.length,
    first: new Date(rows.time[list[0]!]! / 1000).toISOString(),
    spanSeconds: (rows.time[list.at(-1)!]! - rows.time[list[0]!]!) / 1e6,
  }));
  group.synchrony = {
    upToSeconds: counts.map((_, bin) => Number((width * (bin + 1)).toPrecision(6))),
    pairs: counts,
    shares: plotted.map(({ artifact, row, first }) => ({
      artifact: top.findIndex(([one]) => one === artifact),
      account: names.get(rows.account[row]!)!.name,
      afterSeconds: (rows.time[row]! - rows.time[first]!) / 1e6,
      post: posts.get(rows.content[row]!)!,
    })),
  };
  group.posts = [...new Set(inTime.map((row) => posts.get(rows.content[row]!)!))];
}
