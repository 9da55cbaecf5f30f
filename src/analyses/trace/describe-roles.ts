import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import { boosterFeatures } from './booster-features.ts';
import type { CatalystScore } from './catalysts.ts';
import { isInfluential } from './influencers.ts';
import { none } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import type { Role, RoleCount, RoleEntry } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const listedCatalysts = 20;
const listedBoosters = 300;
const listedInfluencers = 10;
const listedOutlets = 20;
const listedParticipants = 100;
const groupP = 0.05;
/** A catalyst is significant when it brought an artifact over from a lower tier and even the low end of its score is high. */
const catalystLow = 0.35;

/** Indices of posts that the roles cite. */
export function rolePosts(traced: TracedStory): number[] {
  return [
    ...traced.catalysts.slice(0, listedCatalysts).flatMap((one) => one.posts),
    ...traced.boosters.first(listedBoosters).flatMap((one) => one.posts.slice(0, 3)),
    ...traced.influencers.slice(0, listedInfluencers).flatMap((one) => one.posts),
    ...mainstreamAccounts(traced)
      .slice(0, listedOutlets)
      .flatMap((one) => one.posts.slice(0, 3)),
    ...traced.coordination.groups.flatMap((group) => group.posts.slice(0, 20)),
    ...participants(traced).listed.flatMap((one) => one.posts.slice(0, 3)),
  ];
}

interface Participants {
  count: number;
  listed: { account: number; posts: number[] }[];
}

const known = new WeakMap<TracedStory, Participants>();

/** Accounts with posts in the story and no significant role in it; the most active are listed. */
function participants(traced: TracedStory): Participants {
  const before = known.get(traced);
  if (before) return before;
  const found = findParticipants(traced);
  known.set(traced, found);
  return found;
}

function findParticipants(traced: TracedStory): Participants {
  const { posts } = traced;
  const taken = new Set<number>([
    ...traced.catalysts.filter((one) => isCatalyst(traced, one)).map((one) => one.account),
    ...traced.boosters.accounts.filter((account) => isBooster(traced, account)),
    ...traced.influencers.filter(isInfluential).map((one) => one.account),
  ]);
  const first = posts.account[traced.origin.candidates[0]!.post]!;
  if (first !== none) taken.add(first);
  const amounts = new Uint32Array(posts.accountCount);
  for (let i = 0; i < posts.count; i++) {
    const account = posts.account[i]!;
    if (account === none) continue;
    amounts[account] = amounts[account]! + 1;
    if (traced.tierOf[i] === 2 && i > traced.first) taken.add(account);
  }
  const all = Array.from(amounts.keys()).filter(
    (account) =>
      amounts[account]! > 0 &&
      !taken.has(account) &&
      !isAnonymousPlatform(posts.platforms[posts.accountPlatform[account]!]!),
  );
  const listed = new Map(
    all
      .sort((x, y) => amounts[y]! - amounts[x]! || x - y)
      .slice(0, listedParticipants)
      .map((account): [number, number[]] => [account, []]),
  );
  for (let i = 0; i < posts.count; i++) listed.get(posts.account[i]!)?.push(i);
  return { count: all.length, listed: [...listed].map(([account, own]) => ({ account, posts: own })) };
}

const isCatalyst = (traced: TracedStory, one: CatalystScore) =>
  traced.upward && one.bridge === 1 && one.low >= catalystLow;

function isBooster({ coordination }: TracedStory, account: number): boolean {
  const group = coordination.groupOf[account]!;
  return group >= 0 && coordination.groups[group]!.pValue < groupP;
}

/** How many accounts each role was scored for, has significantly, and lists. */
export function countRoles(traced: TracedStory, rows: readonly RoleEntry[]): RoleCount[] {
  const listed = (role: Role) => rows.filter((one) => one.role === role);
  const scored: Partial<Record<Role, { all: number; significant: number }>> = {
    catalyst: {
      all: traced.catalysts.length,
      significant: traced.catalysts.filter((one) => isCatalyst(traced, one)).length,
    },
    booster: {
      all: traced.boosters.accounts.length,
      significant: traced.boosters.accounts.filter((account) => isBooster(traced, account)).length,
    },
    influencer: { all: traced.influencers.length, significant: traced.influencers.filter(isInfluential).length },
    mainstream: { all: mainstreamAccounts(traced).length, significant: mainstreamAccounts(traced).length },
    participant: { all: participants(traced).count, significant: 0 },
  };
  return roleOrder.map((role) => {
    const rowsOfRole = listed(role);
    return {
      role,
      accounts: scored[role]?.all ?? rowsOfRole.length,
      significant: scored[role]?.significant ?? rowsOfRole.filter((one) => one.significant).length,
      listed: rowsOfRole.length,
    };
  });
}

const roleOrder: readonly Role[] = ['origin', 'catalyst', 'booster', 'influencer', 'mainstream', 'participant'];

function mainstreamAccounts(traced: TracedStory): { account: number; posts: number[] }[] {
  const own = new Map<number, number[]>();
  traced.posts.account.forEach((account, i) => {
    if (account === none || traced.tierOf[i] !== 2 || i <= traced.first) return;
    const list = own.get(account);
    if (list) list.push(i);
    else own.set(account, [i]);
  });
  return [...own].map(([account, posts]) => ({ account, posts }));
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
      significant: isCatalyst(traced, one),
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
  for (const one of traced.boosters.first(listedBoosters)) {
    const group = one.group >= 0 ? traced.coordination.groups[one.group]! : null;
    rows.push({
      ...base(one.account),
      role: 'booster',
      score: one.score,
      low: one.low,
      high: one.high,
      significant: isBooster(traced, one.account),
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
  for (const one of mainstreamAccounts(traced).slice(0, listedOutlets)) {
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
  for (const one of participants(traced).listed) {
    const share = one.posts.length / posts.count;
    rows.push({
      ...base(one.account),
      role: 'participant',
      score: share,
      low: share,
      high: share,
      significant: false,
      evidence: {
        storyPosts: one.posts.length,
        reshares: one.posts.filter((i) => posts.kind[i] === 1).length,
        firstPost: new Date(posts.time[one.posts[0]!]!).toISOString(),
        lastPost: new Date(posts.time[one.posts.at(-1)!]!).toISOString(),
      },
      posts: one.posts.slice(0, 3).map(names.post),
    });
  }
  return rows;
}

const number = (value: number) => (Number.isNaN(value) ? null : value);
