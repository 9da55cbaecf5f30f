import { quantile } from '../../base/quantile.ts';
import type { Database } from '../../store/database.ts';
import { coordinatedGroups } from '../coordination/coordinated-groups-kernel.ts';
import { loadReshareActs } from '../coordination/load-reshare-acts.ts';
import {
  type BoosterFeature,
  boosterFeatures,
  measureFeatures,
  percentileRanks,
  postsByAccount,
} from './booster-features.ts';
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

const fewestFeatures = 5;
const smallestGroup = 4;

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

/** The accounts of a story that have enough features, from the highest score. */
export interface BoosterRanking {
  accounts: Uint32Array;
  /** The first `most` with interval, percentiles, values and posts. */
  first: (most: number) => BoosterScore[];
}

/**
 * Signal boosters: much, unoriginal, together, staying. The score is the mean of the available percentiles of volume, share of
 * unoriginal posts, coordination strength (twice, because it is the only one that fans do not reach), speed of reshares, persistence after
 * twice the story's half-life, youth of the account and pace; at least 5 must be available. The interval is the jackknife over features,
 * wider by what a known loss of posts or a capped stream leaves open: a share of n posts is known to half of 1 / sqrt(n) at most.
 */
export function scoreBoosters(
  posts: TracePosts,
  strength: Float64Array,
  groupOf: Int32Array,
  kept: Float64Array,
): BoosterRanking {
  const own = postsByAccount(posts);
  const values = measureFeatures(posts, own, strength);
  const percentiles = {} as Record<BoosterFeature, Float64Array>;
  for (const feature of boosterFeatures) percentiles[feature] = percentileRanks(values[feature]);
  for (let account = 0; account < posts.accountCount; account++)
    if (values.coAction[account] === 0) percentiles.coAction[account] = 0;
  const score = new Float64Array(posts.accountCount);
  const scored: number[] = [];
  for (let account = 0; account < posts.accountCount; account++) {
    let sum = 0;
    let weights = 0;
    let available = 0;
    for (const feature of boosterFeatures) {
      const value = percentiles[feature][account]!;
      if (Number.isNaN(value)) continue;
      sum += value * weightOf(feature);
      weights += weightOf(feature);
      available++;
    }
    if (available < fewestFeatures) continue;
    score[account] = sum / weights;
    scored.push(account);
  }
  const accounts = Uint32Array.from(scored).sort(
    (x, y) => score[y]! - score[x]! || own.index[own.offsets[x]!]! - own.index[own.offsets[y]!]!,
  );
  const describe = (account: number): BoosterScore => {
    const parts = boosterFeatures
      .map((feature) => ({ value: percentiles[feature][account]!, weight: weightOf(feature) }))
      .filter((part) => !Number.isNaN(part.value));
    const mine = Array.from(own.index.subarray(own.offsets[account]!, own.offsets[account + 1]!));
    const without = parts.map((_, left) => weighted(parts.filter((__, k) => k !== left)));
    const open = sampledWithin(kept[posts.accountPlatform[account]!]!, mine.length) / 2;
    return {
      account,
      score: score[account]!,
      low: Math.max(0, quantile(without, 0.05) - open),
      high: Math.min(1, quantile(without, 0.95) + open),
      percentiles: featuresOf(percentiles, account),
      values: featuresOf(values, account),
      available: parts.length,
      posts: mine,
      group: groupOf[account]!,
    };
  };
  return { accounts, first: (most) => Array.from(accounts.subarray(0, most), describe) };
}

const weightOf = (feature: BoosterFeature) => (feature === 'coAction' ? 2 : 1);

const weighted = (parts: readonly { value: number; weight: number }[]) =>
  parts.reduce((sum, part) => sum + part.value * part.weight, 0) / parts.reduce((sum, part) => sum + part.weight, 0);

const featuresOf = (columns: Record<BoosterFeature, Float64Array>, account: number) =>
  Object.fromEntries(boosterFeatures.map((feature) => [feature, columns[feature][account]!])) as Record<
    BoosterFeature,
    number
  >;
