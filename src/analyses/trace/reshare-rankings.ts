import { crossingPosts, outwardInfluencer } from './describe-stages.ts';
import { none } from './load-trace-posts.ts';
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

/** The most reshared posts and accounts of the story before and after each crossing, the way outward and the mainstream. */
export function rankReshares(traced: TracedStory): Ranking[] {
  const { posts } = traced;
  const outward = outwardInfluencer(traced)?.post ?? null;
  const moments: { stage: Ranking['stage']; moment: number }[] = [
    ...crossingPosts(traced).map((moment) => ({ stage: 'crossing' as const, moment })),
    ...(outward === null ? [] : [{ stage: 'outward' as const, moment: outward }]),
    ...(traced.mainstream === null ? [] : [{ stage: 'mainstream' as const, moment: traced.mainstream }]),
  ];
  return moments
    .sort((a, b) => a.moment - b.moment)
    .map(({ stage, moment }) => {
      const before = new Map<number, number>();
      const after = new Map<number, number>();
      let resharesBefore = 0;
      let resharesAfter = 0;
      for (let i = 0; i < posts.count; i++) {
        const parent = posts.parent[i]!;
        if (posts.kind[i] !== 1 || parent < 0) continue;
        const earlier = posts.time[i]! < posts.time[moment]!;
        if (earlier) resharesBefore++;
        else resharesAfter++;
        const counts = earlier ? before : after;
        counts.set(parent, (counts.get(parent) ?? 0) + 1);
      }
      return {
        stage,
        moment,
        before: top(before),
        after: top(after),
        resharesBefore,
        resharesAfter,
        accountsBefore: byAccount(posts.account, before),
      };
    });
}

function top(counts: ReadonlyMap<number, number>): Ranked[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, listed)
    .map(([post, reshares]) => ({ post, reshares }));
}

function byAccount(accountOf: Uint32Array, counts: ReadonlyMap<number, number>): Ranking['accountsBefore'] {
  const sums = new Map<number, { account: number; posts: number; reshares: number }>();
  for (const [post, reshares] of counts) {
    const account = accountOf[post]!;
    if (account === none) continue;
    const sum = sums.get(account);
    if (sum) {
      sum.posts++;
      sum.reshares += reshares;
    } else sums.set(account, { account, posts: 1, reshares });
  }
  return [...sums.values()].sort((a, b) => b.reshares - a.reshares || a.account - b.account).slice(0, listed);
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
