export type Side = 'high' | 'low';

/** A term, bigram, domain or hashtag with how often each side used it. */
export interface DistinctiveTerm {
  value: string;
  /** Natural logarithm of the ratio of the smoothed shares; above 0 for the high side. */
  logRatio: number;
  high: number;
  low: number;
  /** Accounts of the side it is distinctive of that used it, and their first post with it. */
  accounts: number;
  post: string;
}

export interface LanguageMeasure {
  kind: 'term' | 'bigram' | 'domain' | 'hashtag';
  /** How many of the most used were compared. */
  considered: number;
  high: DistinctiveTerm[];
  low: DistinctiveTerm[];
}

/** Two groups of accounts and what tells their posts apart. */
export interface LanguageContrast {
  id: 'volume' | 'lifetime' | 'age';
  highLabel: string;
  lowLabel: string;
  highAccounts: number;
  lowAccounts: number;
  highPosts: number;
  lowPosts: number;
  /** Why there is nothing to compare; null where there is. */
  missing: string | null;
  measures: LanguageMeasure[];
  persistence: {
    /** Start of the hour with the most posts. */
    peak: string;
    highShareAtPeak: number;
    /** Share of the high side among posts from `hours` after the peak on, with its interval (Wilson, 95 %). */
    after: { hours: number; posts: number; highShare: number; low: number; high: number }[];
  } | null;
}

/** A phrase of the high-volume accounts that a voice or an outlet used later. */
export interface PhraseCrossing {
  phrase: string;
  logRatio: number;
  usedBefore: number;
  accountsBefore: number;
  first: { post: string; time: string };
  crossing: { post: string; time: string; account: string; handle: string | null; platform: string };
  lagSeconds: number;
}

export interface BoosterLanguageResult {
  posts: number;
  accounts: number;
  contrasts: LanguageContrast[];
  crossings: PhraseCrossing[];
  /** Voices and outlets whose posts were looked through. */
  listeners: number;
  listenerPosts: number;
}
