/**
 * All shares of the artifacts that a story carries at least twice and that stand on more than one tier, artifact by artifact and in order of time,
 * platform and post: the shares of artifact `i` stand at `offset[i]` to `offset[i + 1]`.
 */
export interface StoryArtifacts {
  /** Artifact keys. */
  artifact: Int32Array;
  offset: Uint32Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** 0 fringe, 1 social, 2 mainstream. */
  tier: Uint8Array;
  /** Post keys. */
  post: Int32Array;
  /** When a post of the story can be seen, milliseconds since 1970; infinite for other posts. */
  seen: Float64Array;
}

/** Number of an artifact and places of two of its shares: the first on a tier, and the first of all below it. */
export interface Arrival {
  artifact: number;
  at: number;
  below: number;
}

const fewestStoryShares = 2;
const tiers = 3;

/**
 * First shares from `from` to `asOf` (milliseconds since 1970) on a tier nearer to the mainstream than any before, of artifacts that the story shares at
 * least twice, last from `from` on, and at least as often as all others together.
 */
export function arrivals(shares: StoryArtifacts, from: number, asOf: number): Arrival[] {
  const found: Arrival[] = [];
  const first = new Int32Array(tiers);
  for (let artifact = 0; artifact + 1 < shares.offset.length; artifact++) {
    const start = shares.offset[artifact]!;
    const end = shares.offset[artifact + 1]!;
    first.fill(-1);
    let own = 0;
    let latest = Number.NEGATIVE_INFINITY;
    let at = start;
    for (; at < end && shares.time[at]! <= asOf; at++) {
      const tier = shares.tier[at]!;
      if (first[tier] === -1) first[tier] = at;
      const seen = shares.seen[at]!;
      if (seen > asOf) continue;
      own += 1;
      if (seen > latest) latest = seen;
    }
    if (own < fewestStoryShares || latest < from || own * 2 < at - start) continue;
    for (let tier = 1; tier < tiers; tier++) {
      const high = first[tier]!;
      if (high === -1 || shares.time[high]! < from) continue;
      const below = earliest(shares, first, 0, tier);
      const above = earliest(shares, first, tier + 1, tiers);
      if (below === -1 || shares.time[below]! >= shares.time[high]!) continue;
      if (above !== -1 && shares.time[above]! <= shares.time[high]!) continue;
      found.push({ artifact, at: high, below });
    }
  }
  return found;
}

/** Which of the first shares on some tiers is the earliest; -1 where there is none. */
function earliest(shares: StoryArtifacts, first: Int32Array, fromTier: number, toTier: number): number {
  let best = -1;
  for (let tier = fromTier; tier < toTier; tier++) {
    const at = first[tier]!;
    if (at !== -1 && (best === -1 || shares.time[at]! < shares.time[best]!)) best = at;
  }
  return best;
}
