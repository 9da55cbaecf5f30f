/** Middle and spread of a number over the trees of an ensemble. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

export interface CascadeEntry {
  /** `platform/post_id` of the post it began with; not in the case where `rootCollected` is false. */
  root: string;
  rootCollected: boolean;
  account: string | null;
  handle: string | null;
  started: string;
  /** Posts, the root counted. */
  size: number;
  reshares: number;
  replies: number;
  quotes: number;
  depth: number;
  maxBreadth: number;
  breadthByDepth: number[];
  structuralVirality: number;
  /** Seconds from the start to half of its posts, and to the last. */
  halfSeconds: number;
  lastSeconds: number;
  withinTenSeconds: number;
  withinHour: number;
  /** First posts after the root. */
  posts: string[];
}

/** What trees are possible where the platform names only the root: spread over models and draws. */
export interface CascadeEnsemble {
  root: string;
  reshares: number;
  trees: number;
  depth: Spread;
  maxBreadth: Spread;
  structuralVirality: Spread;
  /** Reshares with the largest expected descendants: casIn, and median and range over the 15 PDI settings. */
  carriers: { account: string | null; handle: string | null; post: string; casin: number; pdi: Spread }[];
}

/** Shapes of two sets of cascades, compared only between cascades of like size. */
export interface MatchedComparison {
  cascades: number;
  others: number;
  measure: 'depth' | 'structural virality' | 'half time';
  /** Mean difference within sizes, this story minus the others. */
  difference: number;
  /** The same without matching: it mostly shows size. */
  unmatchedDifference: number;
  pValue: number;
}

export interface CascadesResult {
  posts: number;
  links: { reshare: number; reply: number; quote: number };
  /** Links whose parent was not collected, and links that point to a later post and were left out. */
  parentMissing: number;
  parentLater: number;
  cascades: number;
  singlePosts: number;
  largest: number;
  /** Cascades with at least so many posts: [size, cascades], ascending. */
  sizeCcdf: [number, number][];
  bySize: {
    from: number;
    to: number;
    cascades: number;
    depth: Spread;
    structuralVirality: Spread;
    halfSeconds: Spread;
  }[];
  top: CascadeEntry[];
  ensembles: CascadeEnsemble[];
  /** Cascades that should have had an ensemble but are too large for one. */
  tooLargeForEnsemble: number;
  comparisons: MatchedComparison[];
}
