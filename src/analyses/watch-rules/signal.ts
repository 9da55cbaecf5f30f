import type { RuleId } from './rule-catalogue.ts';

/** One happening that a rule of the watch noticed; posts as `platform/post_id`, accounts as `platform/account_id`. */
export interface Signal {
  rule: RuleId;
  /** Name of the story; undefined where the rule looks at artifacts of the whole case. */
  story: string | undefined;
  /** The artifact, account or group that it is about, as shown to people. */
  subject: string;
  /** The artifact, where it is about one. */
  artifact?: { kind: string; value: string };
  /** The same happening has the same key, in later evaluations and after a restart. */
  key: string;
  /** ISO time of the happening in the data. */
  at: string;
  headline: string;
  reasons: string[];
  /** Evidence, in order of time. */
  posts: string[];
  score?: WarningScore;
}

/** The chance, given the first minutes of an artifact, that it reaches a mainstream venue. */
export interface WarningScore {
  /** 0 to 1. */
  probability: number;
  withinHours: number;
  /** The largest contributions, in words. */
  reasons: string[];
}
