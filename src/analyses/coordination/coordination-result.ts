export type CoordinationMethod = 'spillover' | 'coortweet' | 'cnt' | 'coornet' | 'cosine';

/** What is known of an edge from its fast pairs alone (coortweet with a fast window). */
export interface FastEdge {
  weight: number;
  avgDelta: number;
  contentsA: number;
  contentsB: number;
  symmetry: number;
  flagged: boolean;
}

/** Two accounts that shared the same things at the same time. Accounts are written `platform/account_id`, posts `platform/post_id`. */
export interface CoordinationEdge {
  /** a < b as text, unless the network is directed: then a is where the edge starts. */
  a: string;
  b: string;
  weight: number;
  /** Mean time between the two shares of a pair, in seconds; null where the method does not look at times. */
  avgDelta: number | null;
  /** coortweet: distinct posts in the older and in the newer place of the pairs. Other methods: distinct posts of a and of b. */
  contentsA: number;
  contentsB: number;
  symmetry: number;
  /** Above the method's threshold; for the method spillover: significant. */
  flagged: boolean;
  /** coortweet with a fast window; null where none of the edge's pairs is fast. */
  fast?: FastEdge | null;
  /** coortweet, subgraph 3: the ends of fast edges above the threshold. */
  fastEnds?: string[];
  /** Weight by kind of artifact, where several kinds were looked at. */
  layers?: Record<string, number>;
  /** spillover: coincidences that chance gives; p value of the excess; the same after Benjamini-Hochberg; artifacts both shared. */
  expected?: number;
  pValue?: number;
  adjusted?: number;
  shared?: number;
  /** p value of the disparity filter; small where the edge matters more to an end than its other edges do. */
  disparity?: number;
  /** Artifacts that made the edge, `kind:value`. */
  objects?: string[];
  /** Posts that made the edge, in time order. */
  posts?: string[];
}

export interface CoordinatedAccount {
  account: string;
  handle: string | null;
  /** Edges of the account in the result, and the sum of their weights. */
  degree: number;
  strength: number;
  group: number | null;
  community: number | null;
}

/** Accounts held together by flagged edges. */
export interface CoordinationGroup {
  /** 1 is the largest. */
  id: number;
  accounts: string[];
  edges: number;
  weight: number;
  density: number;
  communities: number;
  avgDelta: number | null;
  /** Chance that accounts without coordination make a group as strong as this; null where the method has no null model. */
  pValue: number | null;
  /** How the group falls apart when the threshold rises: accounts in its largest remaining part. */
  extent: { threshold: number; accounts: number; edges: number }[];
  artifacts: { kind: string; value: string; accounts: number; shares: number; first: string; spanSeconds: number }[];
  /** For a synchrony plot: delays between the two shares of a pair by bin, and shares of the artifacts above by seconds after the group's first. */
  synchrony: {
    upToSeconds: number[];
    pairs: number[];
    shares: { artifact: number; account: string; afterSeconds: number; post: string }[];
  };
  /** Some posts that made the group, in time order. */
  posts: string[];
}

export interface CoordinationResult {
  method: CoordinationMethod;
  directed: boolean;
  on: string[];
  windowSeconds: number | null;
  minParticipation: number;
  /** Weight that an edge must exceed (coornet, cosine: reach) to be flagged; null where it is not one number. */
  threshold: number | null;
  read: {
    shares: number;
    accounts: number;
    artifacts: number;
    withoutAccount: number;
    withoutTime: number;
    leftOut: number;
    repeats: number;
  };
  /** Before any cut: pairs of shares, accounts and artifacts in them, edges, and the largest weight. */
  counts: { pairs: number; accounts: number; artifacts: number; edges: number; maxWeight: number };
  /** The graph of all edges listed, and of the flagged ones among them. */
  components: number;
  flagged: { accounts: number; edges: number; components: number };
  /** Leiden on the flagged edges; null without any. */
  communities: { count: number; modularity: number } | null;
  /** Why the data cannot carry an answer; null where they can. */
  insufficient: string | null;
  edges: CoordinationEdge[];
  /** True where `edges` holds the strongest ones only. */
  truncated: boolean;
  accounts: CoordinatedAccount[];
  groups: CoordinationGroup[];
  accountStats?: AccountStatistics[];
  groupStats?: ObjectStatistics[];
  sweep?: WindowStep[];
  suggestion?: { windowSeconds: number | null; reason: string };
  notes: string[];
}

/** As CooRTweet's account_stats gives it. */
export interface AccountStatistics {
  account: string;
  avgDelta: number | null;
  symmetry: number | null;
  fastAvgDelta?: number | null;
  fastSymmetry?: number | null;
  uniqueShares: number;
}

/** As CooRTweet's group_stats gives it, and what it should give. */
export interface ObjectStatistics {
  artifact: string;
  /** Distinct accounts on the edges that the artifact made. */
  accounts: number;
  /** CooRTweet 2.1.3 counts the `from` ends only. */
  fromAccounts: number;
}

/** One width of the window and what the result would be. */
export interface WindowStep {
  windowSeconds: number;
  pairs: number;
  edges: number;
  flagged: number;
  groups: number;
  accountsInGroups: number;
}
