import { UserError } from '../base/errors.ts';
import type { Mask } from '../domain/mask.ts';
import type { NetworkAttribute } from '../domain/network.ts';
import type { Case } from './case.ts';
import { readableResult } from './results.ts';
import type { CountedNetwork } from './story-network.ts';

/** What a network file needs of a stored result of the analysis `coordination`. */
interface StoredCoordination {
  options?: Record<string, unknown>;
  directed?: boolean;
  edges: {
    a: string;
    b: string;
    weight: number;
    avgDelta: number | null;
    symmetry: number;
    flagged: boolean;
    adjusted?: number;
    posts?: string[];
  }[];
  accounts?: { account: string; handle: string | null; group: number | null }[];
}

const nodeAttributes: readonly NetworkAttribute[] = [
  { id: 'platform', kind: 'string' },
  { id: 'handle', kind: 'string' },
  { id: 'group', kind: 'integer' },
  { id: 'degree', kind: 'integer' },
];
const edgeAttributes: readonly NetworkAttribute[] = [
  { id: 'avg_time_delta', kind: 'double' },
  { id: 'edge_symmetry_score', kind: 'double' },
  { id: 'flagged', kind: 'boolean' },
  { id: 'adjusted_p', kind: 'double' },
  { id: 'evidence_count', kind: 'integer' },
  { id: 'evidence', kind: 'string' },
];

/**
 * Who acts together: the edges of the stored coordination result of the story, else of the whole case.
 * @throws UserError where the analysis was never run.
 */
export async function coordinationNetwork(
  spilloverCase: Case,
  story: string,
  options: { mask: Mask | null },
): Promise<CountedNetwork> {
  const { mask } = options;
  const own = await readableResult<StoredCoordination>(spilloverCase, story, 'coordination');
  const stored = own ?? (await readableResult<StoredCoordination>(spilloverCase, null, 'coordination'));
  if (!stored)
    throw new UserError(
      `No coordination was looked for in ${story} yet.`,
      `Run it first: spillover analyse coordination --story ${story}`,
    );
  const known = new Map((stored.accounts ?? []).map((one) => [one.account, one]));
  const degree = new Map<string, number>();
  for (const { a, b } of stored.edges) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
  const accounts = [...degree.keys()].sort();
  const show = (account: string) => (mask ? mask.account(account) : account);
  return {
    network: {
      title: `Who acts together ${own ? `in ${story}` : 'in the case'}`,
      description: `Accounts that shared the same things at the same time; ${JSON.stringify(stored.options ?? {})}. A sign, not a verdict.`,
      directed: stored.directed ?? false,
      nodeAttributes,
      edgeAttributes,
      nodes: accounts.map((account) => {
        const handle = known.get(account)?.handle ?? null;
        const shown = mask ? mask.handle(account, handle) : handle;
        return {
          id: show(account),
          label: shown ?? show(account),
          values: [
            account.slice(0, account.indexOf('/')),
            shown,
            known.get(account)?.group ?? null,
            degree.get(account)!,
          ],
        };
      }),
      edges: stored.edges.map((edge) => ({
        source: show(edge.a),
        target: show(edge.b),
        weight: edge.weight,
        values: [
          edge.avgDelta,
          edge.symmetry,
          edge.flagged,
          edge.adjusted ?? null,
          edge.posts?.length ?? null,
          edge.posts
            ?.slice(0, 5)
            .map((post) => (mask ? mask.post(post, null) : post))
            .join(' ') ?? null,
        ],
      })),
    },
    counts: { nodes: accounts.length, edges: stored.edges.length },
  };
}
