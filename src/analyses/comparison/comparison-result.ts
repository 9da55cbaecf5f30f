import type { StageId } from '../trace/trace-result.ts';

/** What an account did in one of the compared stories. */
export interface PartInStory {
  campaign: number;
  /** Account there; differs from the other's for a candidate over platforms. */
  account: string;
  role: string;
  score: number | null;
  significant: boolean;
  group: string | null;
  posts: number;
  evidence: string[];
}

export interface RecurringAccount {
  account: string;
  platform: string;
  handle: string | null;
  parts: PartInStory[];
}

/** Two accounts that may be one person or desk; a sign with reasons, never a statement of identity. */
export interface AccountCandidate {
  accounts: [string, string];
  handles: [string | null, string | null];
  campaigns: [number, number];
  reasons: string[];
  /** Sum of the reasons' weights; 3 is the least that is listed. */
  score: number;
}

/** One hypergeometric test: `both` of `population` things are in both sets. */
export interface OverlapTest {
  campaigns: [number, number];
  what: string;
  population: number;
  inFirst: number;
  inSecond: number;
  both: number;
  expected: number;
  pValue: number;
  /** After Bonferroni over all tests of the comparison. */
  adjusted: number;
}

export interface ComparedCampaign {
  label: string;
  case: string;
  story: string;
  version: string;
  posts: number;
  accounts: number;
  from: string;
  to: string;
  alignedAt: { stage: StageId; time: string } | null;
  stages: { id: StageId; platform: string; time: string; lagSeconds: number | null; post: string | null }[];
  platformOrder: string[];
  roles: { role: string; accounts: number; shareOfAccounts: number }[];
  groupShareOfPosts: number;
  concentration: { top1: number; top5: number; top10: number; gini: number };
  breakout: number;
  cascades: number;
}

/** Cascades of one size in two campaigns; shapes are compared only at equal size (Juul & Ugander 2021). */
export interface MatchedShapes {
  campaigns: [number, number];
  size: string;
  counts: [number, number];
  depth: [number, number];
  breadth: [number, number];
  virality: [number, number];
}

export interface SharedThing {
  kind: string;
  value: string;
  /** Posts that carry it, by campaign. */
  posts: number[];
}

export interface ReturningGroup {
  campaigns: [number, number];
  groups: [string, string];
  sizes: [number, number];
  both: string[];
  pValue: number;
}

/** Campaigns side by side. Campaigns are named by their place in `campaigns`. */
export interface Comparison {
  alignedAt: 'first-seen' | 'crossing';
  campaigns: ComparedCampaign[];
  sentence: string;
  overlaps: OverlapTest[];
  recurring: RecurringAccount[];
  candidates: AccountCandidate[];
  sharedOrder: { campaigns: [number, number]; platforms: string[]; same: boolean }[];
  shapes: MatchedShapes[];
  shared: SharedThing[];
  groups: ReturningGroup[];
  caveats: string[];
}
