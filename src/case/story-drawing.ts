import type { TraceResult } from '../analyses/trace/trace-result.ts';
import type { Case } from './case.ts';
import type { NetworkKind } from './network-edges.ts';
import { listResults, type Provenance, readableResult } from './results.ts';

/** What is stored of a network besides its pieces. */
export interface NetworkHead {
  statement: string;
  accounts: number;
  links: number;
  from: string | null;
  to: string | null;
  level: 'accounts' | 'communities';
  communities: { community: number; accounts: number; label: string; platforms: Record<string, number> }[];
}

/** One drawing as it is stored: columns of nodes, links by place of their ends, `first` in seconds since the network's beginning. */
export interface NetworkPiece {
  nodes: {
    id: string[];
    label: string[];
    x: number[];
    y: number[];
    weight: number[];
    community: number[];
    platform: string[];
    accounts: number[];
  };
  edges: { source: number[]; target: number[]; weight: number[]; first: number[] };
  omitted: string;
}

export interface Drawing extends Provenance, NetworkHead {
  network: NetworkKind;
  story: string;
  community: number | null;
  nodes: NetworkPiece['nodes'] & { role: (string | null)[]; group: (string | null)[] };
  edges: NetworkPiece['edges'];
}

/**
 * A stored network ready to draw: all accounts, or communities, or the accounts of one community, with what the story's trace says of them;
 * null before it was laid out, or where an older version did that.
 */
export async function drawStory(
  spilloverCase: Case,
  story: string,
  kind: NetworkKind,
  community: number | null,
  trace: Pick<TraceResult, 'roles' | 'groups'> | null,
): Promise<Drawing | null> {
  const [provenance] = await listResults(spilloverCase, { analysis: `network-${kind}`, story });
  const head = await readableResult<NetworkHead>(spilloverCase, story, `network-${kind}`);
  if (!provenance || !head) return null;
  const stored = await storedPiece(spilloverCase, story, kind, head.level === 'accounts' ? null : community);
  const piece = head.level === 'accounts' && community !== null ? within(stored, community) : stored;
  const { version, created, caseRevision, stale } = provenance;
  return {
    version,
    created,
    caseRevision,
    stale,
    network: kind,
    story,
    ...head,
    statement: [head.statement, piece.omitted].filter((sentence) => sentence !== '').join(' '),
    level: community === null ? head.level : 'accounts',
    community,
    nodes: { ...piece.nodes, ...tracedColumns(piece.nodes.id, trace) },
    edges: piece.edges,
  };
}

const empty: NetworkPiece = {
  nodes: { id: [], label: [], x: [], y: [], weight: [], community: [], platform: [], accounts: [] },
  edges: { source: [], target: [], weight: [], first: [] },
  omitted: '',
};

async function storedPiece(
  { database }: Case,
  story: string,
  kind: NetworkKind,
  community: number | null,
): Promise<NetworkPiece> {
  const row = await database.first<{ json: string }>(
    'select json from network_piece where story = $story and network = $kind and community is not distinct from $community',
    { story, kind, community },
  );
  return row ? (JSON.parse(row.json) as NetworkPiece) : empty;
}

/** The part of a drawing that lies in one community. */
function within({ nodes, edges, omitted }: NetworkPiece, community: number): NetworkPiece {
  const chosen = nodes.community.flatMap((one, node) => (one === community ? [node] : []));
  const place = new Map(chosen.map((node, at) => [node, at]));
  const links = edges.source.flatMap((source, link) =>
    place.has(source) && place.has(edges.target[link]!) ? [link] : [],
  );
  const pick = <T>(column: readonly T[], places: readonly number[]): T[] => places.map((at) => column[at]!);
  return {
    nodes: {
      id: pick(nodes.id, chosen),
      label: pick(nodes.label, chosen),
      x: pick(nodes.x, chosen),
      y: pick(nodes.y, chosen),
      weight: pick(nodes.weight, chosen),
      community: pick(nodes.community, chosen),
      platform: pick(nodes.platform, chosen),
      accounts: pick(nodes.accounts, chosen),
    },
    edges: {
      source: links.map((link) => place.get(edges.source[link]!)!),
      target: links.map((link) => place.get(edges.target[link]!)!),
      weight: pick(edges.weight, links),
      first: pick(edges.first, links),
    },
    omitted,
  };
}

/** The first role and the group of each account; null where the trace names none. */
function tracedColumns(accounts: readonly string[], trace: Pick<TraceResult, 'roles' | 'groups'> | null) {
  const role = new Map<string, string>();
  for (const one of trace?.roles ?? [])
    if (!role.has(one.account) && one.role !== 'participant') role.set(one.account, one.role);
  const group = new Map(
    (trace?.groups ?? []).flatMap((one) => one.accounts.map((account) => [account, one.id] as const)),
  );
  return {
    role: accounts.map((account) => role.get(account) ?? null),
    group: accounts.map((account) => group.get(account) ?? null),
  };
}
