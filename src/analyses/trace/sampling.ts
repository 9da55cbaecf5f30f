import type { PlatformCoverage } from './coverage.ts';
import type { TracePosts } from './load-trace-posts.ts';

const normal95 = 1.645;
const missedChance = 0.05;
const gapsLooked = 5;

/**
 * Part of the posts of each platform of the story that was collected, 0 to 1: without what was declared lost, and without half of the part that
 * capped runs hold. A cap hides how much it cut; half is no estimate, it keeps intervals from looking certain.
 */
export function keptParts(posts: TracePosts, coverage: readonly PlatformCoverage[]): Float64Array {
  const amount = new Float64Array(posts.platforms.length);
  const capped = new Float64Array(posts.platforms.length);
  const runs = posts.platforms.map((platform) => coverage.find((one) => one.platform === platform)?.capped ?? []);
  for (let i = 0; i < posts.count; i++) {
    const platform = posts.platform[i]!;
    const time = posts.time[i]!;
    amount[platform] = amount[platform]! + 1;
    if (runs[platform]!.some(([from, to]) => time >= from && time < to)) capped[platform] = capped[platform]! + 1;
  }
  return Float64Array.from(posts.platforms, (platform, at) => {
    const lost = coverage.find((one) => one.platform === platform)?.loss ?? 0;
    return (1 - lost) * (1 - capped[at]! / Math.max(1, amount[at]!) / 2);
  });
}

/**
 * Half of the 90 % interval of a count relative to it, where `count` posts were kept of a stream of which the part `kept` was collected at
 * random: the true count is count / kept with variance count (1 - kept) / kept^2. 0 where everything was kept.
 */
export function sampledWithin(kept: number, count: number): number {
  return kept >= 1 ? 0 : normal95 * Math.sqrt((1 - kept) / Math.max(1, count));
}

/**
 * Earliest moment at which something may have happened whose first post in the case is `members[at]`: of posts kept with
 * probability p, k = ln .05 / ln(1 - p) in a row are missed once in 20, each the typical gap of the first posts apart; and a gap or a capped run that
 * reaches up to that moment hides what it holds. `members`: posts of one platform in the order of time.
 */
export function earliestPossible(
  posts: TracePosts,
  members: readonly number[],
  at: number,
  coverage: PlatformCoverage | undefined,
): number {
  const time = posts.time[members[at]!]!;
  if (!coverage) return time;
  let earliest = time;
  const kept = 1 - coverage.loss;
  if (kept < 1 && kept > 0) {
    const later = members.slice(at, at + gapsLooked + 1).map((i) => posts.time[i]!);
    const gap = later.length > 1 ? (later.at(-1)! - later[0]!) / (later.length - 1) : 0;
    earliest -= (Math.log(missedChance) / Math.log(1 - kept)) * gap * kept;
  }
  for (const [from, to] of [...coverage.gaps, ...coverage.capped])
    if (from < earliest && to > earliest) earliest = from;
  return earliest;
}
