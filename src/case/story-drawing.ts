import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { between, mostSingleNodes } from '../base/network-layout.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { layOutInThread } from './layout-thread.ts';
import { type NetworkKind, networkColumns } from './network-edges.ts';
import { listResults, type Provenance, storedResult, storeResult } from './results.ts';

const seed = 1;
const layoutVersion = 1;
const mostMetaNodes = 3000;
const mostMetaLinks = 20_000;

/** A network as it is stored with its layout: columns, links by place of their ends. */
interface StoredNetwork {
  statement: string;
  accounts: number;
  links: number;
  level: 'accounts' | 'communities';
  id: string[];
  label: string[];
  platform: string[];
  x: number[];
  y: number[];
  weight: number[];
  community: number[];
  source: number[];
  target: number[];
  linkWeight: number[];
  /** Milliseconds since 1970; null where it is not known. */
  first: (number | null)[];
  communities: { size: number[]; x: number[]; y: number[] };
}

export interface Drawing extends Provenance {
  network: NetworkKind;
  story: string;
  statement: string;
  accounts: number;
  links: number;
  from: string | null;
  to: string | null;
  level: 'accounts' | 'communities';
  community: number | null;
  communities: { community: number; accounts: number; label: string; platforms: Record<string, number> }[];
  nodes: {
    id: string[];
    label: string[];
    x: number[];
    y: number[];
    weight: number[];
    community: number[];
    platform: string[];
    role: (string | null)[];
    group: (string | null)[];
    accounts: number[];
  };
  edges: { source: number[]; target: number[]; weight: number[]; first: number[] };
}

const short = (number: number) => Math.round(number * 100) / 100;

/** Builds a network of a story, lays it out in a thread of its own and stores it with the case. */
export async function layOutStory(
  spilloverCase: Case,
  story: string,
  kind: NetworkKind,
  effects: Effects,
): Promise<void> {
  const step = (what: string) =>
    effects.onProgress({ step: `${kind} network of ${story}: ${what}`, done: null, total: null, unit: 'steps' });
  step('collecting links');
  const columns = await networkColumns(spilloverCase, story, kind, effects);
  const { id, source, target, weight } = columns;
  step(`laying out ${id.length.toLocaleString('en')} accounts`);
  const layout = await layOutInThread({ nodes: id.length, source, target, weight, seed }, effects.signal);
  const strength = new Float64Array(id.length);
  for (let link = 0; link < source.length; link++) {
    strength[source[link]!] = strength[source[link]!]! + weight[link]!;
    if (kind === 'coordination') strength[target[link]!] = strength[target[link]!]! + weight[link]!;
  }
  const stored: StoredNetwork = {
    statement: columns.statement,
    accounts: columns.all.accounts,
    links: columns.all.links,
    level: layout.level,
    id,
    label: columns.label,
    platform: columns.platform,
    x: Array.from(layout.positions.x, short),
    y: Array.from(layout.positions.y, short),
    weight: Array.from(strength, short),
    community: Array.from(layout.community),
    source: Array.from(source),
    target: Array.from(target),
    linkWeight: Array.from(weight, short),
    first: Array.from(columns.first, (time) => (Number.isNaN(time) ? null : time)),
    communities: {
      size: Array.from(layout.sizes),
      x: Array.from(layout.communities.x, short),
      y: Array.from(layout.communities.y, short),
    },
  };
  step('writing the result');
  await storeResult(spilloverCase, {
    story,
    analysis: `network-${kind}`,
    version: `${version}/network-${layoutVersion}`,
    options: { seed },
    seed,
    result: stored,
  });
}

/** A stored network ready to draw: all accounts, or communities, or the accounts of one community; null before it was laid out. */
export async function drawStory(
  spilloverCase: Case,
  story: string,
  kind: NetworkKind,
  community: number | null,
): Promise<Drawing | null> {
  const [head] = await listResults(spilloverCase, { analysis: `network-${kind}`, story });
  const stored = await storedResult<StoredNetwork>(spilloverCase, story, `network-${kind}`);
  if (!head || !stored) return null;
  const trace = await storedResult<TraceResult>(spilloverCase, story, 'trace');
  const times = stored.first.filter((time): time is number => time !== null);
  const from = times.reduce((a, b) => Math.min(a, b), Infinity);
  const to = times.reduce((a, b) => Math.max(a, b), -Infinity);
  const start = Number.isFinite(from) ? from : 0;
  const seconds = (time: number | null) => (time === null ? 0 : Math.round((time - start) / 1000));
  const isMeta = stored.level === 'communities' && community === null;
  const drawn = isMeta ? drawCommunities(stored) : drawAccounts(stored, community, trace, seconds);
  const { version, created, caseRevision, stale } = head;
  return {
    version,
    created,
    caseRevision,
    stale,
    network: kind,
    story,
    statement: [stored.statement, drawn.omitted].filter((one) => one !== '').join(' '),
    accounts: stored.accounts,
    links: stored.links,
    from: Number.isFinite(from) ? new Date(from).toISOString() : null,
    to: Number.isFinite(to) ? new Date(to).toISOString() : null,
    level: isMeta ? 'communities' : 'accounts',
    community,
    communities: describeCommunities(stored),
    nodes: drawn.nodes,
    edges: drawn.edges,
  };
}

function describeCommunities(stored: StoredNetwork): Drawing['communities'] {
  const count = Math.min(stored.communities.size.length, mostMetaNodes);
  const heaviest = new Int32Array(count).fill(-1);
  const platforms: Record<string, number>[] = Array.from({ length: count }, () => ({}));
  for (let node = 0; node < stored.id.length; node++) {
    const one = stored.community[node]!;
    if (one >= count) continue;
    const own = platforms[one]!;
    own[stored.platform[node]!] = (own[stored.platform[node]!] ?? 0) + 1;
    if (heaviest[one]! < 0 || stored.weight[node]! > stored.weight[heaviest[one]!]!) heaviest[one] = node;
  }
  return platforms.map((own, community) => ({
    community,
    accounts: stored.communities.size[community]!,
    label: heaviest[community]! < 0 ? `community ${community}` : stored.label[heaviest[community]!]!,
    platforms: own,
  }));
}

interface Drawn {
  nodes: Drawing['nodes'];
  edges: Drawing['edges'];
  omitted: string;
}

function drawAccounts(
  stored: StoredNetwork,
  community: number | null,
  trace: TraceResult | null,
  seconds: (time: number | null) => number,
): Drawn {
  const within = (node: number) => community === null || stored.community[node] === community;
  let chosen = Array.from(stored.id.keys()).filter(within);
  const surplus = chosen.length - mostSingleNodes;
  if (surplus > 0)
    chosen = chosen
      .sort((a, b) => stored.weight[b]! - stored.weight[a]! || a - b)
      .slice(0, mostSingleNodes)
      .sort((a, b) => a - b);
  const place = new Map(chosen.map((node, at) => [node, at]));
  const links = Array.from(stored.source.keys()).filter(
    (link) => place.has(stored.source[link]!) && place.has(stored.target[link]!),
  );
  const role = new Map<string, string>();
  for (const one of trace?.roles ?? [])
    if (!role.has(one.account) && one.role !== 'participant') role.set(one.account, one.role);
  const group = new Map(
    (trace?.groups ?? []).flatMap((one) => one.accounts.map((account) => [account, one.id] as const)),
  );
  const pick = <T>(column: readonly T[]): T[] => chosen.map((node) => column[node]!);
  return {
    nodes: {
      id: pick(stored.id),
      label: pick(stored.label),
      x: pick(stored.x),
      y: pick(stored.y),
      weight: pick(stored.weight),
      community: pick(stored.community),
      platform: pick(stored.platform),
      role: chosen.map((node) => role.get(stored.id[node]!) ?? null),
      group: chosen.map((node) => group.get(stored.id[node]!) ?? null),
      accounts: chosen.map(() => 1),
    },
    edges: {
      source: links.map((link) => place.get(stored.source[link]!)!),
      target: links.map((link) => place.get(stored.target[link]!)!),
      weight: links.map((link) => stored.linkWeight[link]!),
      first: links.map((link) => seconds(stored.first[link]!)),
    },
    omitted:
      surplus > 0
        ? `The ${mostSingleNodes.toLocaleString('en')} heaviest of ${(surplus + mostSingleNodes).toLocaleString('en')} accounts of this community are drawn.`
        : '',
  };
}

function drawCommunities(stored: StoredNetwork): Drawn {
  const described = describeCommunities(stored);
  const count = described.length;
  const all = between(Uint32Array.from(stored.community), stored.communities.size.length, {
    source: Uint32Array.from(stored.source),
    target: Uint32Array.from(stored.target),
    weight: Float64Array.from(stored.linkWeight),
  });
  const links = Array.from(all.source.keys())
    .filter((link) => all.source[link]! < count && all.target[link]! < count)
    .sort((a, b) => all.weight[b]! - all.weight[a]! || a - b)
    .slice(0, mostMetaLinks);
  const weights = new Float64Array(count);
  for (let node = 0; node < stored.id.length; node++) {
    const one = stored.community[node]!;
    if (one < count) weights[one] = weights[one]! + stored.weight[node]!;
  }
  const omitted = stored.communities.size.length - count;
  return {
    nodes: {
      id: described.map(({ community }) => `community/${community}`),
      label: described.map(({ label }) => label),
      x: stored.communities.x.slice(0, count),
      y: stored.communities.y.slice(0, count),
      weight: Array.from(weights, short),
      community: described.map(({ community }) => community),
      platform: described.map(({ platforms }) => Object.entries(platforms).sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''),
      role: described.map(() => null),
      group: described.map(() => null),
      accounts: described.map(({ accounts }) => accounts),
    },
    edges: {
      source: links.map((link) => all.source[link]!),
      target: links.map((link) => all.target[link]!),
      weight: links.map((link) => short(all.weight[link]!)),
      first: links.map(() => 0),
    },
    omitted: omitted > 0 ? `${omitted.toLocaleString('en')} small communities are not drawn.` : '',
  };
}
