import { crossingPosts, outwardInfluencer } from './describe-stages.ts';
import { none, type TracePosts } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import type { ReshareRanking } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const listed = 5;

interface Ranked {
  post: number;
  reshares: number;
}

/** Indices of the most reshared posts before and after a moment of the story. */
export interface Ranking {
  stage: ReshareRanking['stage'];
  moment: number;
  before: Ranked[];
  after: Ranked[];
  resharesBefore: number;
  resharesAfter: number;
  accountsBefore: { account: number; posts: number; reshares: number }[];
}

const known = new WeakMap<TracedStory, Ranking[]>();

/** The most reshared posts and accounts of the story before and after each crossing, the way outward and the mainstream. */
export function rankReshares(traced: TracedStory): Ranking[] {
  const before = known.get(traced);
  if (before) return before;
  const rankings = countReshares(traced);
  known.set(traced, rankings);
  return rankings;
}

function countReshares(traced: TracedStory): Ranking[] {
  const { posts } = traced;
  const outward = outwardInfluencer(traced)?.post ?? null;
  const moments: { stage: Ranking['stage']; moment: number }[] = [
    ...crossingPosts(traced).map((moment) => ({ stage: 'crossing' as const, moment })),
    ...(outward === null ? [] : [{ stage: 'outward' as const, moment: outward }]),
    ...(traced.mainstream === null ? [] : [{ stage: 'mainstream' as const, moment: traced.mainstream }]),
  ].sort((a, b) => a.moment - b.moment);
  const isReshare = (i: number) => posts.kind[i] === 1 && posts.parent[i]! >= 0;
  const total = new Uint32Array(posts.count);
  let all = 0;
  for (let i = 0; i < posts.count; i++) {
    if (!isReshare(i)) continue;
    total[posts.parent[i]!] = total[posts.parent[i]!]! + 1;
    all++;
  }
  const before = new Uint32Array(posts.count);
  const after = new Uint32Array(posts.count);
  let seen = 0;
  let next = 0;
  return moments.map(({ stage, moment }) => {
    for (; next < posts.count && posts.time[next]! < posts.time[moment]!; next++) {
      if (!isReshare(next)) continue;
      before[posts.parent[next]!] = before[posts.parent[next]!]! + 1;
      seen++;
    }
    for (let i = 0; i < after.length; i++) after[i] = total[i]! - before[i]!;
    return {
      stage,
      moment,
      before: top(before),
      after: top(after),
      resharesBefore: seen,
      resharesAfter: all - seen,
      accountsBefore: byAccount(posts, before),
    };
  });
}

/** The largest counts with their places; of equal ones the earlier. */
function top(counts: Uint32Array): Ranked[] {
  const best: Ranked[] = [];
  for (let post = 0; post < counts.length; post++) {
    const reshares = counts[post]!;
    if (reshares === 0 || (best.length === listed && reshares <= best.at(-1)!.reshares)) continue;
    const at = best.findIndex((one) => one.reshares < reshares);
    best.splice(at < 0 ? best.length : at, 0, { post, reshares });
    if (best.length > listed) best.pop();
  }
  return best;
}

function byAccount(posts: TracePosts, counts: Uint32Array): Ranking['accountsBefore'] {
  const reshares = new Uint32Array(posts.accountCount);
  const own = new Uint32Array(posts.accountCount);
  for (let post = 0; post < counts.length; post++) {
    const account = posts.account[post]!;
    if (account === none || counts[post] === 0) continue;
    reshares[account] = reshares[account]! + counts[post]!;
    own[account] = own[account]! + 1;
  }
  return top(reshares).map(({ post: account, reshares: n }) => ({ account, posts: own[account]!, reshares: n }));
}

/** Rankings by names. */
export function describeRankings(traced: TracedStory, names: PostNames): ReshareRanking[] {
  const { posts } = traced;
  const named = ({ post, reshares }: Ranked) => ({
    post: names.post(post),
    account: posts.account[post] === none ? null : names.account(posts.account[post]!),
    reshares,
  });
  return rankReshares(traced).map(({ stage, moment, before, after, accountsBefore, ...totals }) => {
    const platform = posts.platforms[posts.platform[moment]!]!;
    const time = new Date(posts.time[moment]!).toISOString();
    return {
      crossing: `${platform} ${time}`,
      stage,
      platform,
      time,
      post: names.post(moment),
      before: before.map(named),
      after: after.map(named),
      ...totals,
      accountsBefore: accountsBefore.map((one) => ({ ...one, account: names.account(one.account) ?? '' })),
    };
  });
}
