import { earliestProbabilities } from '../../base/earliest-probability.ts';
import { coveredShare, type PlatformCoverage } from './coverage.ts';
import type { TracePosts } from './load-trace-posts.ts';
import { leftEdgeMs } from './stages.ts';

export interface OriginAnalysis {
  candidates: { post: number; earliest: number; latest: number; probability: number }[];
  leftEdgeClean: boolean;
  /** Why the left edge is not clean; empty where it is. */
  doubts: string[];
}

const wellCovered = 0.9;
const mostCandidates = 10;

/**
 * The earliest posts among `eligible` with the probability of each to be the first, from what their clocks allow (uniform on the
 * interval from the stated time to the stated time plus its precision). The left edge is clean only where every platform of the story
 * was collected for 90 % of the 24 hours before, at least one platform on the fringe was collected, and the earliest
 * post does not itself point to something that was not collected.
 */
export function analyseOrigin(
  posts: TracePosts,
  eligible: readonly number[],
  coverage: readonly PlatformCoverage[],
  fringe: (platform: string) => boolean,
  pointsOutside: (post: number) => string | null,
): OriginAnalysis {
  const nearest = eligible.slice(0, 10_000);
  const low = Float64Array.from(nearest, (i) => posts.time[i]!);
  const high = Float64Array.from(nearest, (i) => posts.time[i]! + Math.max(1, posts.precisionMs[i]!));
  const probability = earliestProbabilities(low, high);
  const candidates = nearest
    .map((post, at) => ({ post, earliest: low[at]!, latest: high[at]!, probability: Math.min(1, probability[at]!) }))
    .filter((one, at) => one.probability > 1e-6 || at < 3)
    .sort((a, b) => b.probability - a.probability || a.post - b.post)
    .slice(0, mostCandidates);
  const first = candidates[0]!;
  const doubts: string[] = [];
  const time = posts.time[first.post]!;
  const unknown: string[] = [];
  for (const one of coverage) {
    if (one.storyPosts === 0) continue;
    const share = coveredShare(one, time - leftEdgeMs, time);
    const undeclared = one.activeHours ? ' (nobody declared it)' : '';
    if (share === 0) unknown.push(`${one.platform}${undeclared}`);
    else if (share < wellCovered)
      doubts.push(
        `${one.platform} was collected for only ${Math.round(share * 100)} % of the 24 hours before${undeclared}`,
      );
  }
  if (unknown.length > 0)
    doubts.push(
      `${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not known to have been collected in the 24 hours before`,
    );
  for (const one of coverage) {
    if (one.storyPosts > 0 && one.capped.some(([from, to]) => from < time && to > time - leftEdgeMs)) {
      doubts.push(`the stream of ${one.platform} was capped in the 24 hours before`);
    }
  }
  if (!coverage.some((one) => fringe(one.platform) && coveredShare(one, time - leftEdgeMs, time) >= wellCovered)) {
    doubts.push(`no fringe platform was collected for ${Math.round(100 * wellCovered)} % of the 24 hours before`);
  }
  const outside = pointsOutside(first.post);
  if (outside !== null) doubts.push(outside);
  return { candidates, leftEdgeClean: doubts.length === 0, doubts };
}
