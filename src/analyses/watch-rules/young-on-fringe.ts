import type { YoungArtifacts } from './load-young-artifacts.ts';
import type { SharesOfOne } from './warning-features-kernel.ts';

/** What makes an artifact young and of the fringe. */
export interface YoungRule {
  oldestMs: number;
  /** It was shared in this time. */
  activeMs: number;
  fewestShares: number;
  /** Its first venue was collected for so long before that it counts as new. */
  settledMs: number;
}

export const youngRule: YoungRule = {
  oldestMs: 12 * 3_600_000,
  activeMs: 3_600_000,
  fewestShares: 4,
  settledMs: 6 * 3_600_000,
};

/** The early warning waits for so many shares: parts of fewer say nothing. */
export const warnedRule: YoungRule = { ...youngRule, fewestShares: 10 };

/** A first share on the fringe may be chance: it takes two of them, or ten minutes, before the first one elsewhere. */
const fewestBefore = 2;
const beforeMs = 600_000;

/** Places of the artifacts that are young and of the fringe at a moment. */
export function youngOnFringe(young: YoungArtifacts, rule: YoungRule, asOf: number): number[] {
  return [...young.names.keys()].filter((artifact) => isYoungOnFringe(young, rule, artifact, asOf));
}

/** Whether an artifact is young and of the fringe at a moment, by what was shared up to it. */
export function isYoungOnFringe(young: YoungArtifacts, rule: YoungRule, artifact: number, asOf: number): boolean {
  const { time, tier, platform } = sharesOfOne(young, artifact, asOf);
  const first = time[0];
  if (first === undefined || time.length < rule.fewestShares) return false;
  if (first <= asOf - rule.oldestMs || time.at(-1)! <= asOf - rule.activeMs) return false;
  if (!(first >= young.collectedFrom[platform[0]!]! + rule.settledMs)) return false;
  if (young.fringeThread[artifact] === 1) return true;
  const above = tier.findIndex((one) => one > 0);
  const bridged = above < 0 ? asOf : time[above]!;
  return tier[0] === 0 && ((above < 0 ? time.length : above) >= fewestBefore || bridged >= first + beforeMs);
}

/** The shares of one artifact up to a moment, as views of the columns. */
export function sharesOfOne(young: YoungArtifacts, artifact: number, asOf: number): SharesOfOne {
  const from = young.offset[artifact]!;
  let low = from;
  let high = young.offset[artifact + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (young.time[middle]! <= asOf) low = middle + 1;
    else high = middle;
  }
  return {
    time: young.time.subarray(from, low),
    tier: young.tier.subarray(from, low),
    platform: young.platform.subarray(from, low),
    account: young.account.subarray(from, low),
    reshare: young.reshare.subarray(from, low),
    repeated: young.repeated.subarray(from, low),
    reach: young.reach.subarray(from, low),
    created: young.created.subarray(from, low),
  };
}
