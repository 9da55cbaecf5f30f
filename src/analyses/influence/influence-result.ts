/** A number with the middle 95 % of its refits. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface InfluenceProcess {
  name: string;
  posts: number;
  first: string;
  last: string;
  firstPost: string;
  /** Expected posts per hour that nothing seen set off. */
  backgroundPerHour: number;
  /** Share of its posts that nothing seen set off directly. */
  backgroundShare: number;
  /** How well its waits fit: distance of the rescaled waits from the exponential law and its p value; null for binned fits. */
  fit: { distance: number; pValue: number } | null;
}

/** Influence of one process on another; shares are of the destination's posts. */
export interface InfluencePair {
  source: string;
  destination: string;
  /** Expected posts of the destination that one post of the source sets off directly. */
  weight: Estimate;
  /** Share of the destination's posts that a post of the source set off directly. */
  directShare: Estimate;
  /** Share of the destination's posts whose chain of causes begins with a post of the source. */
  rootShare: Estimate;
  directPosts: number;
  rootPosts: number;
  /** Share of the refits in which this root share is larger than that of the other direction; 0.5 on the diagonal. */
  exceedsReverse: number;
  /** Posts of the destination that the source most likely set off, each with the source's post before it. */
  examples: { cause: string; effect: string; probability: number }[];
}

export interface InfluenceResult {
  by: 'platform' | 'tier' | 'community';
  form: 'continuous' | 'discrete';
  unit: 'story' | 'url';
  from: string;
  to: string;
  posts: number;
  /** Addresses fitted one by one; null where the story is fitted as a whole. */
  urls: number | null;
  processes: InfluenceProcess[];
  excluded: { name: string; posts: number; reason: string }[];
  pairs: InfluencePair[];
  /** Mean waits of the kernels in seconds; the longest lag for binned fits. */
  meanLagsSeconds: number[];
  spectralRadius: number;
  resampled: 'stretches of time' | 'addresses';
  replicates: number;
  converged: boolean;
}
