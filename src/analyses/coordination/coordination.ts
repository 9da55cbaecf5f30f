import { connectedComponents } from '../../base/connected-components.ts';
import { buildCsrGraph } from '../../base/csr-graph.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { coordinationGraph } from './coordination-graph.ts';
import { type CoordinationOptions, coordinationDefinition, coordinationOptions } from './coordination-options.ts';
import type { CoordinationResult } from './coordination-result.ts';
import { accountStatistics, objectStatistics } from './coortweet-statistics.ts';
import { describeEdges, strongestFirst } from './describe-edges.ts';
import { describeGroups } from './describe-groups.ts';
import { endsOf, type FoundNetwork, largestOf } from './found-network.ts';
import { flaggedGraph } from './groups.ts';
import { accountNames } from './names.ts';
import { type PreparedShares, prepareShares } from './prepare-shares.ts';
import { runCnt } from './run-cnt.ts';
import { runCoornet } from './run-coornet.ts';
import { runCoortweet } from './run-coortweet.ts';
import { runCosine } from './run-cosine.ts';
import { runSpillover } from './run-spillover.ts';
import { summariseCoordination } from './summarise-coordination.ts';
import { refuseUnused } from './unused-options.ts';

type Method = (prepared: PreparedShares, options: CoordinationOptions, input: AnalysisInput) => Promise<FoundNetwork>;

const methods: Record<CoordinationOptions['method'], Method> = {
  spillover: runSpillover,
  coortweet: runCoortweet,
  cnt: runCnt,
  coornet: runCoornet,
  cosine: runCosine,
};

/** Which accounts share the same things at the same time: three published definitions, similarity networks, and a test against chance. */
export const coordination: Analysis<CoordinationResult> = {
  definition: coordinationDefinition,
  summarise: summariseCoordination,
  network: coordinationGraph,
  run: async (input) => {
    const options = coordinationOptions(input.options);
    refuseUnused(options);
    const prepared = await prepareShares(input, options);
    const network = await methods[options.method](prepared, options, input);
    input.onStep('naming accounts and posts');
    return describeNetwork(input, options, prepared, network);
  },
};

async function describeNetwork(
  { database }: AnalysisInput,
  options: CoordinationOptions,
  prepared: PreparedShares,
  network: FoundNetwork,
): Promise<CoordinationResult> {
  const names = await accountNames(database, endsOf(network.a, network.b));
  const order = strongestFirst(network, names);
  const listed = order.subarray(0, options.mostEdges);
  const { edges, notes } = await describeEdges(database, network, listed, names, prepared, options);
  const graph = flaggedGraph(network, options.seed);
  const { groups, groupOf } = await describeGroups(database, network, graph, names);
  const disparityOf = new Float64Array(network.a.length).fill(Number.NaN);
  graph.edges.forEach((edge, place) => {
    disparityOf[edge] = graph.disparity[place]!;
  });
  for (let place = 0; place < listed.length; place++) {
    const disparity = disparityOf[listed[place]!]!;
    if (!Number.isNaN(disparity)) edges[place]!.disparity = disparity;
  }
  const communityOf = new Map(
    Array.from(graph.accounts, (key, node) => [key, graph.communities!.membership[node]! + 1]),
  );
  const { degree, strength } = degrees(network);
  const result: CoordinationResult = {
    method: options.method,
    directed: network.directed,
    on: [...prepared.kinds],
    windowSeconds: network.windowSeconds,
    minParticipation: options.minParticipation,
    threshold: network.threshold,
    read: prepared.read,
    counts: network.counts,
    components: countComponents(network),
    flagged: { accounts: graph.accounts.length, edges: graph.edges.length, components: graph.components },
    communities: graph.communities && { count: graph.communities.count, modularity: graph.communities.modularity },
    insufficient: network.insufficient,
    edges,
    truncated: listed.length < order.length,
    accounts: [...names]
      .map(([key, { name, handle }]) => ({
        account: name,
        handle,
        degree: degree[key]!,
        strength: strength[key]!,
        group: groupOf.get(key) ?? null,
        community: communityOf.get(key) ?? null,
      }))
      .sort((p, q) => q.strength - p.strength || (p.account < q.account ? -1 : 1)),
    groups,
    ...network.extra,
    notes: [...network.notes, ...notes],
  };
  if (options.accountStats) result.accountStats = accountStatistics(network, names, options.accountStats);
  if (options.groupStats) result.groupStats = await objectStatistics(database, network, names, options.groupStats);
  return result;
}

/** Edges and their weights by account key; a loop counts once. */
function degrees({ a, b, weight }: FoundNetwork): { degree: Uint32Array; strength: Float64Array } {
  const size = Math.max(largestOf(a), largestOf(b)) + 1;
  const degree = new Uint32Array(size);
  const strength = new Float64Array(size);
  for (let edge = 0; edge < a.length; edge++)
    for (const end of a[edge] === b[edge] ? [a[edge]!] : [a[edge]!, b[edge]!]) {
      degree[end] = degree[end]! + 1;
      strength[end] = strength[end]! + weight[edge]!;
    }
  return { degree, strength };
}

function countComponents({ a, b }: FoundNetwork): number {
  const ends = endsOf(a, b);
  const place = new Uint32Array(Math.max(largestOf(a), largestOf(b)) + 1);
  for (let node = 0; node < ends.length; node++) place[ends[node]!] = node;
  return connectedComponents(
    buildCsrGraph({ nodes: ends.length, source: a.map((key) => place[key]!), target: b.map((key) => place[key]!) }),
  ).count;
}
