import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import { boosterFeatures } from './boosters.ts';
import { isInfluential } from './influencers.ts';
import { none } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import type { RoleEntry } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const listedCatalysts = 20;
const listedBoosters = 300;
const listedInfluencers = 10;
const listedOutlets = 20;
const groupP = 0.05;
/** A catalyst is significant when it brought an artifact over from a lower tier and even the low end of its score is high. */
const catalystLow = 0.35;

/** Indices of posts that the roles cite. */
export function rolePosts(traced: TracedStory): number[] {
  return [
    ...traced.catalysts.slice(0, listedCatalysts).flatMap((one) => one.posts),
    ...traced.boosters.slice(0, listedBoosters).flatMap((one) => one.posts.slice(0, 3)),
    ...traced.influencers.slice(0, listedInfluencers).flatMap((one) => one.posts),
    ...mainstreamAccounts(traced).flatMap((one) => one.posts.slice(0, 3)),
    ...traced.coordination.groups.flatMap((group) => group.posts.slice(0, 20)),
  ];
}

function mainstreamAccounts(traced: TracedStory): { account: number; posts: number[] }[] {
  const own = new Map<number, number[]>();
  traced.posts.account.forEach((account, i) => {
    if (account === none || traced.tierOf[i] !== 2 || i <= traced.first) return;
    own.set(account, [...(own.get(account) ?? []), i]);
  });
  return [...own].map(([account, posts]) => ({ account, posts })).slice(0, listedOutlets);
}

/** The table of roles: who did what, with score, interval, evidence and posts; the accounts of each role by falling score. */
export function describeRoles(traced: TracedStory, names: PostNames): RoleEntry[] {
  const { posts } = traced;
  const base = (account: number) => ({
    account: names.account(account) ?? '',
    platform: posts.platforms[posts.accountPlatform[account]!] ?? '',
    handle: names.handle(account),
  });
  const rows: RoleEntry[] = [];
  const first = traced.origin.candidates[0]!;
  const author = posts.account[first.post]!;
  if (author !== none && !isAnonymousPlatform(posts.platforms[posts.platform[first.post]!]!)) {
    rows.push({
      ...base(author),
      role: 'origin',
      score: first.probability,
      low: first.probability,
      high: first.probability,
      significant: traced.origin.leftEdgeClean,
      evidence: {
        label: traced.origin.leftEdgeClean ? 'origin candidate' : 'earliest in this collection',
        probability: first.probability,
      },
      posts: [names.post(first.post)],
    });
  }
  for (const one of traced.catalysts.slice(0, listedCatalysts)) {
    rows.push({
      ...base(one.account),
      role: 'catalyst',
      score: one.score,
      low: one.low,
      high: one.high,
      significant: traced.upward && one.bridge === 1 && one.low >= catalystLow,
      evidence: {
        early: one.early,
        bridge: one.bridge,
        downstream: one.downstream,
        brevity: one.volume,
        storyPosts: one.storyPosts,
      },
      posts: one.posts.map(names.post),
    });
  }
  for (const one of traced.boosters.slice(0, listedBoosters)) {
    const group = one.group >= 0 ? traced.coordination.groups[one.group]! : null;
    rows.push({
      ...base(one.account),
      role: 'booster',
      score: one.score,
      low: one.low,
      high: one.high,
      significant: group !== null && group.pValue < groupP,
      ...(group ? { pValue: group.pValue } : {}),
      evidence: {
        ...Object.fromEntries(boosterFeatures.map((feature) => [feature, number(one.values[feature])])),
        featuresAvailable: `${one.available} of ${boosterFeatures.length}`,
        group: group ? `group-${one.group + 1}` : null,
      },
      posts: one.posts.slice(0, 3).map(names.post),
    });
  }
  for (const one of traced.influencers.slice(0, listedInfluencers)) {
    rows.push({
      ...base(one.account),
      role: 'influencer',
      score: one.jump,
      low: one.low,
      high: one.high,
      significant: isInfluential(one),
      pValue: one.pValue,
      evidence: {
        outsidePostsBefore: one.before,
        outsidePostsAfter: one.after,
        citedShare: one.citedShare,
        followers: number(one.reach),
        adjustedP: one.adjustedP,
      },
      posts: one.posts.map(names.post),
    });
  }
  for (const one of mainstreamAccounts(traced)) {
    rows.push({
      ...base(one.account),
      role: 'mainstream',
      score: 1,
      low: 1,
      high: 1,
      significant: true,
      evidence: { firstPost: new Date(posts.time[one.posts[0]!]!).toISOString(), storyPosts: one.posts.length },
      posts: one.posts.slice(0, 3).map(names.post),
    });
  }
  return rows;
}

const number = (value: number) => (Number.isNaN(value) ? null : value);
