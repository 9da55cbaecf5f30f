export interface Superspreader {
  account: string;
  handle: string | null;
  posts: number;
  /** Largest f such that f of its posts have at least f reshares each. */
  fib: number;
  /** Reshares of its posts, by the way of counting that was chosen. */
  reshares: number;
  resharesMade: number;
  /** Core number in the network of reshares; null where the account is not in it. */
  core: number | null;
  /** In the top 1 % by FIB, by reshares. */
  topFib: boolean;
  topReshares: boolean;
  /** Its most reshared posts. */
  evidence: { post: string; reshares: number }[];
}

export interface SuperspreadersResult {
  counted: 'collected' | 'stated';
  posts: number;
  accounts: number;
  reshares: number;
  /** Reshares whose original was not collected or has no account: nobody gets them. */
  unattributed: number;
  fibThreshold: number;
  resharesThreshold: number;
  gini: number;
  topOnePercentShare: number;
  superspreaders: Superspreader[];
  core: { largest: number; accounts: number; insideReshares: number; members: string[] };
  /** Share of attributed reshares left after the first accounts of each ranking are taken away: [accounts, share]. */
  dismantling: { ranking: 'FIB' | 'reshares' | 'core'; curve: [number, number][] }[];
  /** Accounts to take away until half of the reshares are gone. */
  halfAt: { ranking: 'FIB' | 'reshares' | 'core'; accounts: number }[];
}
