import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import { apart, bridgeKindOf, type FoundBridge } from './bridges.ts';
import type { TraceArtifact } from './load-trace-artifacts.ts';
import { none, type TracePosts } from './load-trace-posts.ts';
import type { BridgeKind } from './trace-result.ts';

const fewestAccounts = 5;
const mostCommunities = 30;
const reshareKind = 1;

/** A community as the story shows it; indices of posts and accounts. */
export interface StoryCommunity {
  /** Leiden's number; null for the posters of an anonymous platform. */
  number: number | null;
  platform: number | null;
  accounts: number;
  posts: number;
  first: number;
  perPlatform: Map<number, number>;
  /** Accounts whose posts the story reshares most, at most three. */
  around: number[];
  entry: CommunityEntry | null;
}

/** How the story first came into a community from another: by a reshare, else by the bridge with the nearest source. */
export interface CommunityEntry {
  from: number;
  how: BridgeKind | 'reshare';
  /** Index of the post that entered, and of the post that it took up where that is known. */
  to: number;
  source: number | null;
}

export interface CommunityLink {
  from: number;
  to: number;
  bridges: number;
  kinds: Partial<Record<BridgeKind, number>>;
  reshares: number;
  first: FoundBridge | null;
  firstReshare: number | null;
}

export interface CommunityBridges {
  communities: StoryCommunity[];
  /** Place in `communities` of each story post; -1 for none. */
  ofPost: Int16Array;
  links: CommunityLink[];
  bridges: FoundBridge[];
}

/**
 * Bridges between the communities of a story, for every ordered pair: from the first post of an artifact in the one to its first in the
 * other, counted in full and kept for the first and the most carried artifact of each kind; and reshares across, which count for
 * no same text. Communities with fewer
 * than 5 accounts in the story are left out; the posters of an anonymous platform count as one.
 */
export function bridgeCommunities(
  posts: TracePosts,
  communityOf: Uint32Array,
  artifacts: readonly TraceArtifact[],
  threadPosts: ReadonlyMap<string, number>,
  primary: readonly TraceArtifact[],
  origin: number,
): CommunityBridges {
  const { communities, ofPost, ofAccount } = storyCommunities(posts, communityOf);
  const links = new Map<number, CommunityLink>();
  const linkOf = (from: number, to: number): CommunityLink => {
    const key = from * mostCommunities * 2 + to;
    const known = links.get(key);
    if (known) return known;
    const fresh = { from, to, bridges: 0, kinds: {}, reshares: 0, first: null, firstReshare: null };
    links.set(key, fresh);
    return fresh;
  };
  const kept = new Map<string, { widest: FoundBridge; earliest: FoundBridge }>();
  const add = (artifact: TraceArtifact | null, kind: BridgeKind, from: number, to: number) => {
    const link = linkOf(ofPost[from]!, ofPost[to]!);
    const bridge = { artifact, kind, from, to, certain: apart(posts, from, to) };
    link.bridges++;
    link.kinds[kind] = (link.kinds[kind] ?? 0) + 1;
    if (link.first === null || to < link.first.to) link.first = bridge;
    const key = `${link.from} ${link.to} ${kind}`;
    const known = kept.get(key);
    if (!known) kept.set(key, { widest: bridge, earliest: bridge });
    else if (to < known.earliest.to) known.earliest = bridge;
  };
  for (const artifact of artifacts) {
    if (artifact.kind === 'hashtag') continue;
    const members =
      artifact.kind === 'text' ? artifact.posts.filter((i) => posts.kind[i] !== reshareKind) : artifact.posts;
    const first = firstOf(ofPost, members);
    for (let a = 0; a < first.length; a++)
      for (let b = a + 1; b < first.length; b++) add(artifact, bridgeKindOf[artifact.kind]!, first[a]!, first[b]!);
    const source = artifact.kind === 'thread' ? threadPosts.get(artifact.value) : undefined;
    if (source === undefined || ofPost[source]! < 0) continue;
    for (const to of first) if (to > source && ofPost[to] !== ofPost[source]) add(artifact, 'cites-thread', source, to);
  }
  for (const [from, to] of announcements(posts, ofPost, primary)) add(null, 'announced', from, to);
  for (let i = 0; i < posts.count; i++) {
    const source = posts.parentAccount[i]!;
    if (posts.kind[i] !== reshareKind || source === none) continue;
    const from = ofAccount[source]!;
    const to = ofPost[i]!;
    if (from < 0 || to < 0 || from === to) continue;
    const link = linkOf(from, to);
    link.reshares++;
    link.firstReshare ??= i;
  }
  for (const [place, community] of communities.entries()) {
    if (place === ofPost[origin]) continue;
    const incoming = [...links.values()].filter((link) => link.to === place);
    community.entry = entryOf(incoming, posts);
  }
  const bridges = [...new Set([...kept.values()].flatMap(({ widest, earliest }) => [widest, earliest]))];
  return {
    communities,
    ofPost,
    links: [...links.values()].sort(
      (x, y) => y.bridges + y.reshares - x.bridges - x.reshares || x.from - y.from || x.to - y.to,
    ),
    bridges: bridges.sort(
      (x, y) =>
        x.to - y.to ||
        x.from - y.from ||
        (x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : 0) ||
        compare(x.artifact?.value ?? '', y.artifact?.value ?? ''),
    ),
  };
}

function entryOf(links: readonly CommunityLink[], posts: TracePosts): CommunityEntry | null {
  let entry: CommunityEntry | null = null;
  for (const { from, first } of links) {
    if (first === null) continue;
    if (entry && (first.to > entry.to || (first.to === entry.to && first.from <= entry.source!))) continue;
    entry = { from, how: first.kind, to: first.to, source: first.from };
  }
  for (const { from, firstReshare } of links) {
    if (firstReshare === null || (entry && firstReshare > entry.to)) continue;
    const parent = posts.parent[firstReshare]!;
    entry = { from, how: 'reshare', to: firstReshare, source: parent < 0 ? null : parent };
  }
  return entry;
}

function storyCommunities(posts: TracePosts, communityOf: Uint32Array) {
  const found = new Map<number, StoryCommunity & { members: Set<number> }>();
  const anonymous = posts.platforms.map(isAnonymousPlatform);
  const keyOf = (i: number): number => {
    if (anonymous[posts.platform[i]!]) return -1 - posts.platform[i]!;
    const account = posts.account[i]!;
    return account === none ? none : communityOf[account]!;
  };
  for (let i = 0; i < posts.count; i++) {
    const key = keyOf(i);
    if (key === none) continue;
    let community = found.get(key);
    if (!community) {
      community = {
        number: key < 0 ? null : key,
        platform: key < 0 ? -1 - key : null,
        accounts: 0,
        posts: 0,
        first: i,
        perPlatform: new Map(),
        around: [],
        entry: null,
        members: new Set(),
      };
      found.set(key, community);
    }
    community.posts++;
    community.perPlatform.set(posts.platform[i]!, (community.perPlatform.get(posts.platform[i]!) ?? 0) + 1);
    if (key >= 0) community.members.add(posts.account[i]!);
  }
  const communities = [...found.values()]
    .filter((one) => one.number === null || one.members.size >= fewestAccounts)
    .sort((x, y) => y.posts - x.posts || x.first - y.first)
    .slice(0, mostCommunities);
  const placeOf = new Map(communities.map((one, place) => [one.number ?? -1 - one.platform!, place]));
  const ofPost = Int16Array.from({ length: posts.count }, (_, i) => placeOf.get(keyOf(i)) ?? -1);
  const ofAccount = Int16Array.from(communityOf, (number) => (number === none ? -1 : (placeOf.get(number) ?? -1)));
  const reshares = new Float64Array(posts.accountCount);
  for (let i = 0; i < posts.count; i++) {
    const source = posts.parentAccount[i]!;
    if (posts.kind[i] === reshareKind && source !== none) reshares[source] = reshares[source]! + 1;
  }
  return {
    ofPost,
    ofAccount,
    communities: communities.map(
      ({ members, ...rest }): StoryCommunity => ({
        ...rest,
        accounts: members.size,
        around: [...members]
          .filter((account) => reshares[account]! > 0)
          .sort((x, y) => reshares[y]! - reshares[x]! || x - y)
          .slice(0, 3),
      }),
    ),
  };
}

/** First post in each community, in the order of time; posts of no community are passed over. */
function firstOf(ofPost: Int16Array, members: readonly number[]): number[] {
  const first: number[] = [];
  const seen = new Set<number>();
  for (const i of members) {
    const community = ofPost[i]!;
    if (community < 0 || seen.has(community)) continue;
    seen.add(community);
    first.push(i);
  }
  return first;
}

/** From the first carrying post to the first post of each further community that carries nothing, before one that does. */
function announcements(
  posts: TracePosts,
  ofPost: Int16Array,
  primary: readonly TraceArtifact[],
): [from: number, to: number][] {
  const carriers = new Set(primary.flatMap((artifact) => artifact.posts));
  let origin = Infinity;
  for (const i of carriers) if (i < origin) origin = i;
  if (origin === Infinity || ofPost[origin]! < 0) return [];
  const met = new Set([ofPost[origin]!]);
  const found: [number, number][] = [];
  for (let i = origin + 1; i < posts.count; i++) {
    const community = ofPost[i]!;
    if (community < 0 || met.has(community)) continue;
    met.add(community);
    if (!carriers.has(i)) found.push([origin, i]);
  }
  return found;
}

const compare = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
