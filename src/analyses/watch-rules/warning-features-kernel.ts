/** Shares of one artifact in order of time, up to the moment of asking. */
export interface SharesOfOne {
  time: Float64Array;
  tier: Uint8Array;
  platform: Uint8Array;
  account: Uint32Array;
  reshare: Uint8Array;
  repeated: Uint32Array;
  reach: Float64Array;
  created: Float64Array;
}

/** What the early warning looks at; the order is that of the coefficients. */
export const warningFeatures = [
  'fringeShares',
  'socialShares',
  'platforms',
  'carriers',
  'reach',
  'resharePart',
  'together',
  'togetherPart',
  'youngPart',
  'busiestPart',
] as const;
export type WarningFeature = (typeof warningFeatures)[number];

const nobody = 0xffffffff;
const togetherMs = 20_000;
const fewestTogether = 3;
const youngMs = 180 * 86_400_000;

/**
 * Features of an artifact's first minutes: shares by tier, platforms, accounts that carried it to a higher tier in posts of their own, the largest
 * following among them, and of the shares above the fringe the part of reshares, number and part of those in which at least 3 accounts repeat one
 * post within 20 s, the part by accounts younger than 180 days, and the part of the busiest account. Counts are given as they are; `scaleFeatures`
 * takes logarithms. Age, pace and the time to the first bridge are left out: planted campaigns all keep the same clock, which a model learns by heart.
 */
export function warningFeaturesOf(shares: SharesOfOne): Float64Array {
  const { time, tier, platform, account, reshare, reach, created } = shares;
  const platforms = new Set<number>();
  const carriers = new Set<number>();
  const perAccount = new Map<number, number>();
  let fringe = 0;
  let higher = 0;
  let reshares = 0;
  let farthest = 0;
  let known = 0;
  let young = 0;
  let busiest = 0;
  for (let i = 0; i < time.length; i++) {
    platforms.add(platform[i]!);
    if (tier[i] === 0) {
      fringe++;
      continue;
    }
    higher++;
    if (reshare[i] === 1) reshares++;
    else {
      carriers.add(account[i]!);
      if (reach[i]! > farthest) farthest = reach[i]!;
    }
    if (account[i] === nobody) continue;
    if (!Number.isNaN(created[i]!)) {
      known++;
      if (time[i]! - created[i]! < youngMs) young++;
    }
    const own = (perAccount.get(account[i]!) ?? 0) + 1;
    perAccount.set(account[i]!, own);
    if (own > busiest) busiest = own;
  }
  const together = sharesTogether(shares);
  const part = (n: number, of: number) => (of === 0 ? 0 : n / of);
  return Float64Array.of(
    fringe,
    higher,
    platforms.size,
    carriers.size,
    farthest,
    part(reshares, higher),
    together,
    part(together, higher),
    part(young, known),
    part(busiest, higher),
  );
}

/** Shares above the fringe that repeat one post or text within 20 s of at least two other accounts. */
function sharesTogether({ time, tier, account, repeated }: SharesOfOne): number {
  const runs = new Map<number, number[]>();
  for (let i = 0; i < time.length; i++) {
    if (tier[i] === 0 || account[i] === nobody) continue;
    const run = runs.get(repeated[i]!);
    if (run) run.push(i);
    else runs.set(repeated[i]!, [i]);
  }
  let together = 0;
  for (const run of runs.values()) {
    if (run.length < fewestTogether) continue;
    const inside = new Set<number>();
    for (let from = 0, to = 0; from < run.length; from++) {
      while (to < run.length && time[run[to]!]! - time[run[from]!]! <= togetherMs) to++;
      if (new Set(run.slice(from, to).map((i) => account[i]!)).size < fewestTogether) continue;
      for (let k = from; k < to; k++) inside.add(run[k]!);
    }
    together += inside.size;
  }
  return together;
}

/** Features as the model takes them: ln(1 + x) of counts, minutes and followers, parts as they are. */
export function scaleFeatures(features: Float64Array): Float64Array {
  return features.map((value, i) => (warningFeatures[i]!.endsWith('Part') ? value : Math.log1p(value)));
}
