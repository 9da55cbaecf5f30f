/** The result of a trace, as `trace --json` prints it. Accounts are `platform/account_id`, posts `platform/post_id`, times ISO UTC. */
export interface TraceResult {
  story: string;
  query: string;
  version: string;
  options: Record<string, number | string | boolean>;
  window: { from: string; to: string };
  posts: number;
  accounts: number;
  withoutTime: number;
  coverage: CoverageEntry[];
  /** Platforms that were neither collected nor declared: nothing can be said of them. */
  notCollected: string[];
  communities: {
    method: 'outside-story' | 'story-reshares' | 'none';
    statement: string;
    /** All that were found; `list` holds those that took part in the story with at least 5 accounts, at most 30 of them. */
    count: number;
    list: Community[];
  };
  stages: Stage[];
  artifacts: ArtifactSeen[];
  origin: { statement: string; leftEdgeClean: boolean; candidates: OriginCandidate[] };
  bridges: Bridge[];
  bridgeMatrix: { from: string; to: string; bridges: number; firstTime: string; lagSeconds: number }[];
  /** Bridges between communities; `from.community` and `to.community` are ids of `communities.list`. Per ordered pair and kind the first and the most carried. */
  communityBridges: Bridge[];
  communityMatrix: CommunityCell[];
  roles: RoleEntry[];
  /** Every role in full, also where `roles` lists only the first of many. */
  roleCounts: RoleCount[];
  groups: BoosterGroup[];
  absent: AbsentPlayer[];
  breakout: { category: 1 | 2 | 3 | 4 | 5 | 6; reasons: { text: string; posts: string[] }[] };
  reshareRankings: ReshareRanking[];
  concentration: { top1: number; top5: number; top10: number; gini: number; accounts: number };
  volume: VolumeBin[];
  /** Five-minute bins of the first hours, in which the order of things shows. */
  openingVolume: VolumeBin[];
  findings: Finding[];
  caveats: string[];
  cited: CitedPost[];
}

export interface CoverageEntry {
  platform: string;
  tier: Tier;
  from: string;
  to: string;
  posts: number;
  storyPosts: number;
  declared: boolean;
  /** What was collected, as declared; one span from first to last post where nobody declared it. */
  spans: [from: string, to: string][];
  /** Part of the posts that the collector is known to have missed, 0 to 1. */
  loss: number;
  gaps: [from: string, to: string][];
  capped: [from: string, to: string][];
  statement: string;
}

export type Tier = 'fringe' | 'social' | 'mainstream';

export type StageId =
  | 'foreshadow'
  | 'first-seen'
  | 'crossing'
  | 'takeoff'
  | 'trend'
  | 'outward'
  | 'mainstream'
  | 'response';

export interface Stage {
  id: StageId;
  time: string;
  /** Of a first post: by the clock, and earlier where a known loss, a gap or a cap may hide one before it. */
  earliest: string;
  latest: string;
  platform: string;
  account: string | null;
  post: string | null;
  lagSeconds: number | null;
  method: string;
}

export interface ArtifactSeen {
  artifact: string;
  kind: string;
  posts: number;
  takeoff: string | null;
  firstSeen: { platform: string; post: string; time: string }[];
}

export interface OriginCandidate {
  post: string;
  platform: string;
  account: string | null;
  time: string;
  earliest: string;
  latest: string;
  probability: number;
}

export type BridgeKind = 'cites-thread' | 'direct' | 'announced' | 'same-text' | 'same-media';

export interface BridgeEnd {
  post: string;
  platform: string;
  account: string | null;
  time: string;
  /** Id of the account's community, or of an anonymous platform as a whole; null where it belongs to none of those listed. */
  community: string | null;
}

export interface Bridge {
  artifact: string;
  kind: BridgeKind;
  from: BridgeEnd;
  to: BridgeEnd;
  lagSeconds: number;
  certain: boolean;
  /** True where the post that entered is a reshare, not a post of its own. */
  byReshare: boolean;
}

/** Accounts of the story that reshare each other, or the posters of an anonymous platform taken together. */
export interface Community {
  /** `community-1` and so on by falling number of story posts; `4chan/anonymous` for an anonymous platform. */
  id: string;
  /** The accounts that the story's posts reshare most, by handle, as a name for people to read. */
  around: string[];
  accounts: number;
  posts: number;
  platforms: { platform: string; posts: number }[];
  firstPost: string;
  firstTime: string;
  /** Whether it counts as the story's own: where it came from or was carried before it took off. */
  own: boolean;
  /** How it first came in from another of these communities; null where it began here or nothing tells. */
  entry: {
    from: string;
    how: BridgeKind | 'reshare';
    post: string;
    time: string;
    account: string | null;
    sourcePost: string | null;
    lagSeconds: number | null;
  } | null;
}

/** What passed from one community to another: bridges by kind, and posts of the one that accounts of the other reshared. */
export interface CommunityCell {
  from: string;
  to: string;
  bridges: number;
  kinds: Partial<Record<BridgeKind, number>>;
  reshares: number;
  /** The first bridge, else the first reshare. */
  firstTime: string;
  firstPost: string;
  lagSeconds: number | null;
}

export type Role = 'origin' | 'catalyst' | 'booster' | 'influencer' | 'mainstream' | 'participant';

export interface RoleEntry {
  account: string;
  platform: string;
  handle: string | null;
  role: Role;
  score: number;
  low: number;
  high: number;
  significant: boolean;
  pValue?: number;
  evidence: Record<string, number | string | null>;
  posts: string[];
}

export interface RoleCount {
  role: Role;
  /** Accounts (posts on anonymous platforms count for none) that were given or scored for the role. */
  accounts: number;
  significant: number;
  listed: number;
}

export interface BoosterGroup {
  id: string;
  accounts: string[];
  pValue: number;
  shareOfPosts: number;
  posts: string[];
}

export interface AbsentPlayer {
  account: string;
  /** Handle or name, where the case knows one. */
  name: string | null;
  platform: string;
  verdict: 'absent' | 'present' | 'not-collected';
  collectedPosts: number;
  upperRate: number | null;
  reason: string;
}

export interface RankedPost {
  post: string;
  account: string | null;
  reshares: number;
}

/** Who was reshared most before and after a moment: a crossing to a platform, the way out of the community, the mainstream. */
export interface ReshareRanking {
  /** Platform and time, for instance `x 2024-05-13T16:20:00.000Z`. */
  crossing: string;
  stage: 'crossing' | 'outward' | 'mainstream';
  platform: string;
  time: string;
  post: string;
  before: RankedPost[];
  after: RankedPost[];
  /** Reshares of story posts before and after the moment, in all. */
  resharesBefore: number;
  resharesAfter: number;
  /** Accounts by the reshares of all their posts before the moment. */
  accountsBefore: { account: string; posts: number; reshares: number }[];
}

export interface VolumeBin {
  binStart: string;
  binSeconds: number;
  platform: string;
  posts: number;
}

/** One sentence of the result with the posts behind it. */
export interface Finding {
  text: string;
  method: string;
  posts: string[];
}

export interface CitedPost {
  post: string;
  platform: string;
  account: string | null;
  handle: string | null;
  name: string | null;
  time: string;
  precisionMs: number;
  text: string;
  permalink: string | null;
  file: string;
  line: number | null;
}
