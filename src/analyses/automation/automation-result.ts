export type SignId =
  | 'postsPerDay'
  | 'mostIn24Hours'
  | 'reshareShare'
  | 'fastReshareShare'
  | 'medianReshareDelaySeconds'
  | 'longestPauseHours'
  | 'dnaRatio'
  | 'nearDuplicateShare'
  | 'lifetimePostsPerDay'
  | 'ageDays'
  | 'botRuler'
  | 'handleDigits'
  | 'coordinationDegree';

export interface SignSummary {
  id: SignId;
  label: string;
  /** Whether a large or a small value is the sign. */
  sign: 'large' | 'small';
  /** Accounts for which it is known. */
  known: number;
  median: number | null;
  p95: number | null;
  /** Published thresholds, with how many accounts reach them. */
  thresholds: { source: string; value: number; accounts: number }[];
}

/** The account's metadata features after Yang et al. 2020; null is unknown, never 0. */
export interface MetadataFeatures {
  statuses: number | null;
  followers: number | null;
  friends: number | null;
  favourites: number | null;
  listed: number | null;
  defaultProfile: boolean | null;
  verified: boolean | null;
  statusesPerDay: number | null;
  followersPerDay: number | null;
  friendsPerDay: number | null;
  favouritesPerDay: number | null;
  listedPerDay: number | null;
  followersFriendsRatio: number | null;
  nameLength: number | null;
  nameDigits: number | null;
  handleLength: number | null;
  handleDigits: number | null;
  descriptionLength: number | null;
  /** Geometric mean of the chances of the handle's letter pairs among the handles of the collection. */
  handleLikelihood: number | null;
}

export interface AutomationEntry {
  account: string;
  platform: string;
  handle: string | null;
  posts: number;
  /** Mean of the known percentiles: an order to look in, nothing else. */
  sortScore: number;
  signsKnown: number;
  values: Record<SignId, number | null>;
  /** Share of the accounts that are less conspicuous, 0 to 1. */
  percentiles: Record<SignId, number | null>;
  metadata: MetadataFeatures;
  hours: number[];
  /** Its quickest reshares, else its first posts. */
  evidence: string[];
}

export interface AutomationResult {
  posts: number;
  accounts: number;
  /** Accounts with enough posts to be looked at. */
  examined: number;
  minimumPosts: number;
  coordination: 'used' | 'missing';
  signs: SignSummary[];
  entries: AutomationEntry[];
  birthClusters: {
    date: string;
    accounts: string[];
    bornThatDay: number;
    expected: number;
    pValue: number;
    posts: string[];
  }[];
  /** Posts of the examined accounts by hour of the day, UTC. */
  hours: number[];
  neverKnown: string[];
}
