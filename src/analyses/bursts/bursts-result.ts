export interface BurstEntry {
  /** Level of Kleinberg's hierarchy: 1 is twice the usual rate or more, each further level twice that (with base 2). */
  level: number;
  start: string;
  end: string;
  posts: number;
  weight: number;
  firstPost: string;
  lastPost: string;
}

/** One series of posts: all of them, or those with one hashtag, address, domain or term. */
export interface BurstSeries {
  kind: 'all' | 'hashtag' | 'url' | 'domain' | 'term';
  value: string;
  posts: number;
  first: string;
  last: string;
  firstPost: string;
  maxLevel: number;
  bursts: BurstEntry[];
  /** First bin that the bins before cannot explain (Poisson, p < 1e-6); null for none or no quiet time before. */
  onset: { time: string; posts: number; expected: number; log10P: number } | null;
  /** Stretches of steady rate, posts per hour. */
  stretches: { from: string; to: string; perHour: number }[];
  bins: { start: string; seconds: number; counts: number[] };
  /** The last stretch before `at` against all before it. */
  now: { posts: number; expected: number; log10P: number; level: number };
}

export interface BurstsResult {
  from: string;
  to: string;
  at: string;
  recentMinutes: number;
  onsetBinSeconds: number;
  series: BurstSeries[];
  /** Indices into `series`, what bursts most first; only those above their usual rate (p < .001). */
  burstingNow: number[];
  examined: number;
}
