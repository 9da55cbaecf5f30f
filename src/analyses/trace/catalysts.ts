import { quantile } from '../../base/quantile.ts';
import { downstream } from './downstream-kernel.ts';
import { none, type TracePosts } from './load-trace-posts.ts';
import { sampledWithin } from './sampling.ts';

export interface CatalystScore {
  account: number;
  score: number;
  low: number;
  high: number;
  early: number;
  bridge: number;
  downstream: number;
  volume: number;
  posts: number[];
  storyPosts: number;
}

export interface CatalystInput {
  posts: TracePosts;
  /** Index of the first post on a second platform (the crossing). */
  crossing: number;
  /** Posts that carry a story artifact which was on another platform before: such a post brings something over. */
  bringing: ReadonlySet<number>;
  /** Platform on which the story crossed. */
  platform: number;
  /** The first posts on that platform that carry each such artifact. */
  bringers: ReadonlySet<number>;
  communityOf: Uint32Array;
  origin: number;
  /** Part of the platform's posts that was collected, as declared. */
  kept: number;
}

const hour = 3_600_000;
/** casIn's decay and two slower and faster ones; how much reach counts. Their spread is the interval of a score. */
const decays = [0.000017, 0.000068, 0.000272];
const reachPowers = [0.3, 0.6, 1];

/**
 * Few posts, early, across a border, with much downstream: catalyst = (early * bridge * downstream * brevity)^(1/4), over accounts
 * that posted on the platform of the crossing within its first hour or its first 5 % of posts, whichever is later.
 * Downstream is the expected part of the platform's story posts that descend from the account, by stated and inferred parents, relative
 * to the largest such part among the candidates; the interval spans the 9 settings of decay and reach, and is wider by what a known
 * loss of posts leaves open.
 */
export function scoreCatalysts(input: CatalystInput): CatalystScore[] {
  const { posts, crossing, platform, kept } = input;
  const onPlatform: number[] = [];
  for (let i = 0; i < posts.count; i++)
    if (posts.platform[i] === platform && posts.time[i]! >= posts.time[crossing]!) onPlatform.push(i);
  if (onPlatform.length === 0) return [];
  const until = Math.max(
    posts.time[crossing]! + hour,
    posts.time[onPlatform[Math.min(onPlatform.length - 1, Math.floor(onPlatform.length * 0.05))]!]!,
  );
  const firstPosts: number[] = [];
  const own = new Map<number, number[]>();
  for (const i of onPlatform) {
    const account = posts.account[i]!;
    if (account === none) continue;
    const list = own.get(account);
    if (list) list.push(i);
    else {
      own.set(account, [i]);
      if (posts.time[i]! <= until) firstPosts.push(i);
    }
  }
  const runs = decays.flatMap((decay) =>
    reachPowers.map((power) => downstreamShares(posts, onPlatform, own, decay, power)),
  );
  const descendants = (account: number) =>
    quantile(
      runs.map(({ parts }) => (parts.get(account) ?? 0) * onPlatform.length),
      0.5,
    );
  const rank = new Map(firstPosts.map((i, place) => [posts.account[i]!, place]));
  const scored = [...rank].map(([account, place]): CatalystScore => {
    const mine = own.get(account)!;
    const early = 1 - place / Math.max(1, firstPosts.length);
    const bridge = mine.slice(0, 3).some((i) => input.bringing.has(i) || input.bringers.has(i))
      ? 1
      : crossesCommunity(input, account)
        ? 0.5
        : 0.1;
    const volume = 1 / (1 + Math.log2(1 + mine.length));
    const shares = runs.map(({ parts, largest }) => (largest > 0 ? (parts.get(account) ?? 0) / largest : 0));
    const scores = shares.map((d) => (early * bridge * d * volume) ** 0.25);
    const score = quantile(scores, 0.5);
    const widening =
      (score / 4) * Math.hypot(sampledWithin(kept, descendants(account)), sampledWithin(kept, mine.length) * volume);
    return {
      account,
      score,
      low: Math.max(0, quantile(scores, 0.05) - widening),
      high: Math.min(1, quantile(scores, 0.95) + widening),
      early,
      bridge,
      downstream: quantile(shares, 0.5),
      volume,
      posts: mine.slice(0, 5),
      storyPosts: mine.length,
    };
  });
  return scored.sort((a, b) => b.score - a.score || own.get(a.account)![0]! - own.get(b.account)![0]!);
}

function crossesCommunity(input: CatalystInput, account: number): boolean {
  const source = input.posts.account[input.origin]!;
  if (source === none || input.posts.platform[input.origin] !== input.platform) return false;
  const own = input.communityOf[account]!;
  return own !== none && own !== input.communityOf[source];
}

/** Part of the platform's story posts downstream of each account, its own posts left out, and the largest of them. */
function downstreamShares(
  posts: TracePosts,
  members: readonly number[],
  own: ReadonlyMap<number, number[]>,
  decay: number,
  power: number,
): { parts: Map<number, number>; largest: number } {
  const place = new Map(members.map((i, at) => [i, at]));
  const time = Float64Array.from(members, (i) => posts.time[i]!);
  const parent = Int32Array.from(members, (i) => place.get(posts.parent[i]!) ?? -1);
  const inferable = Uint8Array.from(members, (i) =>
    posts.kind[i] === 0 || posts.kind[i] === 3 || posts.parent[i]! < 0 ? 1 : 0,
  );
  const mass = Float64Array.from(
    members,
    (i) => Math.max(1, Number.isNaN(posts.reach[i]!) ? 1 : posts.reach[i]!) ** power,
  );
  const expected = downstream(time, new Uint8Array(members.length), parent, inferable, mass, decay, 1);
  const parts = new Map<number, number>();
  let largest = 0;
  for (const [account, mine] of own) {
    const total = Math.max(0, mine.reduce((sum, i) => sum + expected[place.get(i)!]! - 1, 0) / members.length);
    parts.set(account, total);
    largest = Math.max(largest, total);
  }
  return { parts, largest };
}
