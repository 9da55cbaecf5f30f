import { quantile } from '../../base/quantile.ts';
import type { Database } from '../../store/database.ts';
import { coordinatedGroups } from '../coordination/coordinated-groups-kernel.ts';
import { loadReshareActs } from '../coordination/load-reshare-acts.ts';
import { none, type TracePosts } from './load-trace-posts.ts';
import { sampledWithin } from './sampling.ts';

export interface BoosterScore {
  account: number;
  score: number;
  low: number;
  high: number;
  /** Percentiles among the story's accounts by feature, 0 to 1; NaN where the feature is not known. */
  percentiles: Record<BoosterFeature, number>;
  values: Record<BoosterFeature, number>;
  available: number;
  posts: number[];
  group: number;
}

export interface CoordinatedGroup {
  accounts: number[];
  pValue: number;
  edges: number;
  shareOfPosts: number;
  posts: number[];
}

export const boosterFeatures = [
  'volume',
  'unoriginality',
  'coAction',
  'speed',
  'persistence',
  'youth',
  'pace',
] as const;
export type BoosterFeature = (typeof boosterFeatures)[number];

const fewestFeatures = 5;
const smallestGroup = 4;
const day = 86_400_000;

/** The groups of 4 or more accounts of the story, the largest first, with their posts in it. */
export async function findCoordinatedGroups(
  database: Database,
  posts: TracePosts,
  windowSeconds: number,
): Promise<{ groups: CoordinatedGroup[]; strength: Float64Array; groupOf: Int32Array }> {
  const acts = await loadReshareActs(database, 'trace_account');
  const { groups: all, strength } = coordinatedGroups(acts, windowSeconds, posts.accountCount);
  const groupOf = new Int32Array(posts.accountCount).fill(-1);
  const postsOf = new Map<number, number[]>();
  for (let i = 0; i < posts.count; i++) {
    const account = posts.account[i]!;
    if (account === none || strength[account] === 0) continue;
    const list = postsOf.get(account);
    if (list) list.push(i);
    else postsOf.set(account, [i]);
  }
  const large = all.filter((one) => one.accounts.length >= smallestGroup);
  const groups = large.map(({ accounts, pairs, pValue }): CoordinatedGroup => {
    const own = accounts.flatMap((account) => postsOf.get(account) ?? []).sort((x, y) => x - y);
    return { accounts, pValue, edges: pairs, shareOfPosts: own.length / posts.count, posts: own };
  });
  groups.sort((x, y) => y.accounts.length - x.accounts.length || x.accounts[0]! - y.accounts[0]!);
  groups.forEach((group, place) => {
    for (const account of group.accounts) groupOf[account] = place;
  });
  return { groups, strength, groupOf };
}

/**
 * Signal boosters: much, unoriginal, together, staying. The score is the mean of the available percentiles of volume, share of
 * unoriginal posts, coordination strength (twice, because it is the only one that fans do not reach), speed of reshares, persistence after
 * twice the story's half-life, youth of the account and pace; at least 5 must be available. The interval is the jackknife over features,
 * wider by what a known loss of posts leaves open: a share of n posts is known to half of 1 / sqrt(n) at most.
 */
export function scoreBoosters(
  posts: TracePosts,
  strength: Float64Array,
  groupOf: Int32Array,
  kept: Float64Array,
): BoosterScore[] {
  const own = new Map<number, number[]>();
  for (let i = 0; i < posts.count; i++) {
    const account = posts.account[i]!;
    if (account === none) continue;
    const list = own.get(account);
    if (list) list.push(i);
    else own.set(account, [i]);
  }
  const accounts = [...own.keys()];
  const half = posts.time[Math.floor(posts.count / 2)]! - posts.time[0]!;
  const late = posts.time[0]! + 2 * half;
  const firstOfText = new Map<number, number>();
  for (let i = 0; i < posts.count; i++)
    if (posts.text[i] !== none && !firstOfText.has(posts.text[i]!)) firstOfText.set(posts.text[i]!, i);
  let newest = -Infinity;
  for (const account of accounts) if (posts.accountCreated[account]! > newest) newest = posts.accountCreated[account]!;
  const values: Record<BoosterFeature, Float64Array> = Object.fromEntries(
    boosterFeatures.map((feature) => [feature, new Float64Array(accounts.length).fill(Number.NaN)]),
  ) as Record<BoosterFeature, Float64Array>;
  accounts.forEach((account, place) => {
    const mine = own.get(account)!;
    const reshares = mine.filter((i) => posts.kind[i] === 1);
    const copied = mine.filter(
      (i) => posts.kind[i] !== 1 && posts.text[i] !== none && firstOfText.get(posts.text[i]!) !== i,
    );
    const delays = reshares.flatMap((i) =>
      posts.parent[i]! >= 0 ? [posts.time[i]! - posts.time[posts.parent[i]!]!] : [],
    );
    values.volume[place] = mine.length;
    values.unoriginality[place] = mine.length >= 2 ? (reshares.length + copied.length) / mine.length : Number.NaN;
    values.coAction[place] = strength[account]!;
    values.speed[place] =
      delays.length >= 2 ? delays.filter((delay) => delay <= 10_000).length / delays.length : Number.NaN;
    values.persistence[place] =
      mine.length >= 2 ? mine.filter((i) => posts.time[i]! > late).length / mine.length : Number.NaN;
    const created = posts.accountCreated[account]!;
    values.youth[place] = Number.isNaN(created) ? Number.NaN : -(newest - created) / day;
    const span = posts.time[mine.at(-1)!]! - posts.time[mine[0]!]!;
    values.pace[place] = mine.length >= 3 ? mine.length / Math.max(span / day, 1 / 24) : Number.NaN;
  });
  const percentiles = Object.fromEntries(
    boosterFeatures.map((feature) => [feature, percentileRanks(values[feature])]),
  ) as Record<BoosterFeature, Float64Array>;
  for (let place = 0; place < accounts.length; place++)
    if (values.coAction[place] === 0) percentiles.coAction[place] = 0;
  const scored: BoosterScore[] = [];
  accounts.forEach((account, place) => {
    const parts = boosterFeatures.flatMap((feature) => {
      const value = percentiles[feature][place]!;
      return Number.isNaN(value) ? [] : [{ value, weight: feature === 'coAction' ? 2 : 1 }];
    });
    if (parts.length < fewestFeatures) return;
    const weighted = (some: typeof parts) =>
      some.reduce((sum, part) => sum + part.value * part.weight, 0) / some.reduce((sum, part) => sum + part.weight, 0);
    const without = parts.map((_, left) => weighted(parts.filter((__, k) => k !== left)));
    const open = sampledWithin(kept[posts.accountPlatform[account]!]!, own.get(account)!.length) / 2;
    const record = (columns: Record<BoosterFeature, Float64Array>) =>
      Object.fromEntries(boosterFeatures.map((feature) => [feature, columns[feature][place]!])) as Record<
        BoosterFeature,
        number
      >;
    scored.push({
      account,
      score: weighted(parts),
      low: Math.max(0, quantile(without, 0.05) - open),
      high: Math.min(1, quantile(without, 0.95) + open),
      percentiles: record(percentiles),
      values: record(values),
      available: parts.length,
      posts: own.get(account)!,
      group: groupOf[account]!,
    });
  });
  return scored.sort((x, y) => y.score - x.score || x.posts[0]! - y.posts[0]!);
}

/** Mid-rank percentile of each value among the known ones; NaN stays NaN. */
function percentileRanks(values: Float64Array): Float64Array {
  const known = Array.from(values.keys()).filter((at) => !Number.isNaN(values[at]!));
  known.sort((x, y) => values[x]! - values[y]!);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0; start < known.length; ) {
    let end = start;
    while (end < known.length && values[known[end]!] === values[known[start]!]) end++;
    const rank = (start + end) / 2 / known.length;
    for (let at = start; at < end; at++) ranks[known[at]!] = rank;
    start = end;
  }
  return ranks;
}
