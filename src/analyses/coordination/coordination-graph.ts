import type { Network, NetworkAttribute, NetworkValue } from '../../domain/network.ts';
import type { CoordinationEdge, CoordinationResult } from './coordination-result.ts';

const nodeAttributes: readonly NetworkAttribute[] = [
  { id: 'platform', kind: 'string' },
  { id: 'handle', kind: 'string' },
  { id: 'group', kind: 'integer' },
  { id: 'community', kind: 'integer' },
  { id: 'degree', kind: 'integer' },
  { id: 'strength', kind: 'double' },
];

const edgeValues: readonly (NetworkAttribute & { read: (edge: CoordinationEdge) => NetworkValue | undefined })[] = [
  { id: 'avg_time_delta', kind: 'double', read: (edge) => edge.avgDelta },
  { id: 'n_content_id', kind: 'integer', read: (edge) => edge.contentsA },
  { id: 'n_content_id_y', kind: 'integer', read: (edge) => edge.contentsB },
  { id: 'edge_symmetry_score', kind: 'double', read: (edge) => edge.symmetry },
  { id: 'flagged', kind: 'boolean', read: (edge) => edge.flagged },
  { id: 'disparity', kind: 'double', read: (edge) => edge.disparity },
  { id: 'expected', kind: 'double', read: (edge) => edge.expected },
  { id: 'adjusted_p', kind: 'double', read: (edge) => edge.adjusted },
  { id: 'weight_fast', kind: 'double', read: (edge) => edge.fast?.weight },
  { id: 'posts', kind: 'string', read: (edge) => edge.posts?.join(' ') },
];

/** The listed edges as a network for GEXF and GraphML; every edge carries its posts where the result lists them. */
export function coordinationGraph(result: CoordinationResult): Network {
  const { edges } = result;
  const attributes = edgeValues.filter(({ read }) =>
    edges.some((edge) => read(edge) !== undefined && read(edge) !== null),
  );
  return {
    title: `Coordination on ${result.on.join(', ')} (${result.method})`,
    description: `Accounts that shared the same things${result.windowSeconds === null ? '' : ` within ${result.windowSeconds} s`}. A sign, not a verdict.`,
    directed: result.directed,
    nodeAttributes,
    edgeAttributes: attributes.map(({ id, kind }) => ({ id, kind })),
    nodes: result.accounts.map((one) => ({
      id: one.account,
      label: one.handle ?? one.account,
      values: [
        one.account.slice(0, one.account.indexOf('/')),
        one.handle,
        one.group,
        one.community,
        one.degree,
        one.strength,
      ],
    })),
    edges: {
      *[Symbol.iterator]() {
        for (const edge of edges)
          yield {
            source: edge.a,
            target: edge.b,
            weight: edge.weight,
            values: attributes.map(({ read }) => read(edge) ?? null),
          };
      },
    },
  };
}
