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
  communities: { method: 'outside-story' | 'story-reshares' | 'none'; statement: string; count: number };
  stages: Stage[];
  artifacts: ArtifactSeen[];
  origin: { statement: string; leftEdgeClean: boolean; candidates: OriginCandidate[] };
  bridges: Bridge[];
  bridgeMatrix: { from: string; to: string; bridges: number; firstTime: string; lagSeconds: number }[];
  roles: RoleEntry[];
  groups: BoosterGroup[];
  absent: AbsentPlayer[];
  breakout: { category: 1 | 2 | 3 | 4 | 5 | 6; reasons: { text: string; posts: string[] }[] };
  reshareRankings: { crossing: string; before: RankedPost[]; after: RankedPost[] }[];
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
}

export interface Bridge {
  artifact: string;
  kind: BridgeKind;
  from: BridgeEnd;
  to: BridgeEnd;
  lagSeconds: number;
  certain: boolean;
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
