import type { TraceResult } from '../trace/trace-result.ts';

export interface ProfileAccount {
  account: string;
  platform: string;
  handle: string | null;
  name: string | null;
  description: string | null;
  /** Posts in the story. */
  posts: number;
  /** Posts anywhere in the case by hour of the day, UTC; 24 numbers. */
  hours: number[];
  evidence: string[];
}

/** What a comparison needs of one traced story. */
export interface CampaignProfile {
  label: string;
  case: string;
  trace: TraceResult;
  /** Accounts that posted in the story, on platforms that have accounts. */
  accounts: ProfileAccount[];
  /** Every account that posted anything in the case. */
  collected: ReadonlySet<string>;
  /** Posts of the story by `kind:value`. */
  artifacts: ReadonlyMap<string, { posts: number; display: string }>;
  cascades: { size: number; depth: number; breadth: number; virality: number }[];
}
