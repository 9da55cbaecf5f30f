/** One community of accounts. */
export interface CommunityEntry {
  /** "community 1" is the largest. */
  name: string;
  /** `platform/account_id`, the best connected first. */
  accounts: string[];
  /** Their handles, in the same order; results that were stored before have none. */
  handles?: (string | null)[];
  platforms: { platform: string; accounts: number }[];
  posts: number;
  /** Share of the reshares of its accounts that stay inside. */
  inside: number;
  /** The most reshared accounts of the community, with a post of each. */
  leaders: { account: string; handle: string | null; resharedBy: number; post: string }[];
}

export interface CommunitiesResult {
  /** Which ties were used. */
  network: 'outside-story' | 'story' | 'case';
  accounts: number;
  ties: number;
  modularity: number;
  communities: CommunityEntry[];
  /** Accounts in communities too small to name. */
  unplaced: number;
  /** Mean agreement (adjusted Rand index) between the answers of different seeds; null where one seed was run. */
  stability: number | null;
  lowestStability: number | null;
  seeds: number;
}
