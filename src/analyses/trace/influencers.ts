import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { poissonRateInterval } from '../../base/poisson.ts';
import { quantile } from '../../base/quantile.ts';
import { Random } from '../../base/random.ts';
import { none, type TracePosts } from './load-trace-posts.ts';

export interface InfluencerScore {
  account: number;
  post: number;
  /** ln of posts by outside accounts in the 15 minutes after over those before, with half a post added to each. */
  jump: number;
  low: number;
  high: number;
  before: number;
  after: number;
  pValue: number;
  adjustedP: number;
  /** Part of the outside posts of the next two hours that reshare, answer or quote the account. */
  citedShare: number;
  reach: number;
  posts: number[];
}

/** Significant, cited by a notable part of the outside posts that follow, and after a jump whose interval is above none. */
export function isInfluential(one: InfluencerScore): boolean {
  return one.adjustedP <= 0.05 && one.pValue <= 0.01 && one.citedShare >= 0.05 && one.low > 0;
}

export interface InfluencerInput {
  posts: TracePosts;
  /** Accounts of the story's own community: origin, catalysts and who is grouped with them. */
  inside: (account: number) => boolean;
  /** Accounts that the analyst named as voices. */
  voices: ReadonlySet<number>;
  from: number;
  seed: number;
}

const window = 15 * 60_000;
const citingWindow = 2 * 3_600_000;
const placebos = 999;
const mostCandidates = 40;

/**
 * Accounts outside the community with a large public (99th percentile of followers, or named voices) after whose first post the
 * outside posts jump. The p value compares the jump's standardised size (after - before)/sqrt(after + before + 1) with that at 999
 * random moments of the story (seeded), so that a story that grows anyway makes nobody an influencer.
 */
export function scoreInfluencers(input: InfluencerInput): InfluencerScore[] {
  const { posts, inside, voices } = input;
  const outside: number[] = [];
  const firstPost = new Map<number, number>();
  for (let i = 0; i < posts.count; i++) {
    const account = posts.account[i]!;
    if (account === none || inside(account)) continue;
    outside.push(i);
    if (posts.time[i]! < input.from) continue;
    if (!firstPost.has(account)) firstPost.set(account, i);
  }
  if (outside.length < 30) return [];
  const reachOf = new Map<number, number>();
  for (const i of outside) {
    const reach = posts.reach[i]!;
    if (!Number.isNaN(reach)) reachOf.set(posts.account[i]!, Math.max(reach, reachOf.get(posts.account[i]!) ?? 0));
  }
  const large = reachOf.size > 0 ? quantile([...reachOf.values()], 0.99) : Infinity;
  const candidates = [...firstPost]
    .filter(([account]) => voices.has(account) || (reachOf.get(account) ?? 0) >= large)
    .sort((x, y) => (reachOf.get(y[0]) ?? 0) - (reachOf.get(x[0]) ?? 0) || x[1] - y[1])
    .slice(0, mostCandidates);
  const times = Float64Array.from(outside, (i) => posts.time[i]!);
  const between = (from: number, to: number) => lowerBound(times, to) - lowerBound(times, from);
  const size = (t: number) => {
    const before = between(t - window, t);
    const after = between(t + 1, t + window + 1);
    return (after - before) / Math.sqrt(after + before + 1);
  };
  const random = new Random(`influencer ${input.seed}`);
  const start = Math.max(input.from, times[0]! + window);
  const end = Math.max(start + 1, times.at(-1)! - window);
  const placeboSizes = Float64Array.from({ length: placebos }, () => size(start + random.uniform() * (end - start)));
  const scored = candidates.map(([account, post]) => {
    const t = posts.time[post]!;
    const before = between(t - window, t);
    const after = between(t + 1, t + window + 1);
    const own_ = size(t);
    let atLeast = 0;
    for (const one of placeboSizes) if (one >= own_) atLeast++;
    const lowAfter = poissonRateInterval(after, 1, 0.9);
    const lowBefore = poissonRateInterval(before, 1, 0.9);
    const following = outside.filter((i) => posts.time[i]! > t && posts.time[i]! <= t + citingWindow);
    const citing = following.filter((i) => posts.parentAccount[i] === account);
    return {
      account,
      post,
      jump: Math.log((after + 0.5) / (before + 0.5)),
      low: Math.log((lowAfter.low + 0.5) / (lowBefore.high + 0.5)),
      high: Math.log((lowAfter.high + 0.5) / (lowBefore.low + 0.5)),
      before,
      after,
      pValue: (1 + atLeast) / (1 + placebos),
      adjustedP: 1,
      citedShare: following.length > 0 ? citing.length / following.length : 0,
      reach: reachOf.get(account) ?? Number.NaN,
      posts: [post, ...citing.slice(0, 4)],
    };
  });
  const adjusted = benjaminiHochberg(scored.map((one) => one.pValue));
  scored.forEach((one, at) => {
    one.adjustedP = adjusted[at]!;
  });
  return scored.sort((x, y) => weight(y) - weight(x) || x.post - y.post);
}

/** By the low end of the jump, so that a few posts after a silence do not outweigh hundreds after dozens. */
const weight = (one: InfluencerScore) => one.citedShare * one.low;

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
