import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltWorld, buildWorld } from './build-world.ts';
import type { Campaign } from './campaign.ts';
import { fringe } from './communities.ts';
import { hour, minute, second } from './daily-rhythm.ts';
import { applyLosses, kept } from './losses.ts';
import { NativeIds } from './native-ids.ts';
import { observeStory } from './observed-story.ts';
import { resolvePlantOptions } from './plant-options.ts';
import { PostContent } from './post-content.ts';
import { platformNames, reshare, x } from './post-log.ts';
import { mainTopic } from './stories.ts';
import type { WrittenWorld } from './written-world.ts';

function observed(built: BuiltWorld) {
  const { log, start } = built.world;
  const order = log.order(start);
  const content = new PostContent(built);
  const ids = new NativeIds(built, content, order);
  return observeStory({ built, content, ids, order, fates: applyLosses(built, order) } as WrittenWorld);
}

describe('a planted campaign', () => {
  let built: BuiltWorld;
  let campaign: Campaign;

  beforeAll(() => {
    built = buildWorld(resolvePlantOptions({ seed: 4, posts: 30_000 }), {});
    campaign = built.campaign!;
  });

  it('makes exactly the posts that were asked for, all in the five days and after what they answer', () => {
    const { log, start, end, budget } = built.world;
    expect(log.count).toBe(30_000);
    expect([...log.byPlatform]).toEqual(platformNames.map((_, platform) => budget.total[platform]));
    for (let post = 0; post < log.count; post++) {
      const parent = log.parent[post]!;
      if (log.time[post]! < start || log.time[post]! >= end) throw new Error(`post ${post} lies outside the world`);
      if (parent >= 0 && (log.time[parent]! > log.time[post]! || log.platform[parent] !== log.platform[post]))
        throw new Error(`post ${post} answers one that is later or elsewhere`);
    }
  });

  it('lets no account post before it exists or reshare itself or a thing twice', () => {
    const { log, accounts } = built.world;
    const seen = new Set<string>();
    for (let post = 0; post < log.count; post++) {
      if (log.platform[post] !== x) continue;
      const account = log.account[post]!;
      if (accounts.created[account]! > log.time[post]!) throw new Error(`account ${account} is younger than its post`);
      if (log.kind[post] !== reshare) continue;
      const parent = log.parent[post]!;
      if (log.account[parent] === account || log.kind[parent] === reshare)
        throw new Error(`reshare ${post} of its own or of a reshare`);
      seen.add(`${account} ${log.parent[post]}`);
    }
    const reshares = log.kind
      .subarray(0, log.count)
      .reduce((sum, kind, post) => sum + (kind === reshare && log.platform[post] === x ? 1 : 0), 0);
    expect(seen.size).toBe(reshares);
  });

  it('keeps the order of the stages', () => {
    const { log } = built.world;
    const times = [
      campaign.foreshadow,
      campaign.origin,
      ...campaign.catalystPosts.map((posts) => posts[0]!),
      campaign.influencerPost,
      campaign.reports[0]!,
      campaign.response,
    ].map((post) => log.time[post]!);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(log.time[campaign.telegramCrossing]).toBeGreaterThan(campaign.plan.takeoff);
    expect(log.time[campaign.blueskyCrossing]).toBeLessThan(campaign.plan.outward);
  });

  it('has its takeoff and its trend where a reader of the posts finds them', () => {
    const seen = observed(built);
    expect(Math.floor(campaign.plan.takeoff / (5 * minute)) * 5 * minute).toBe(seen.takeoff);
    expect(Math.abs(seen.trend! - campaign.plan.trend)).toBeLessThan(5 * minute);
    expect(seen.made[0]).toBe(campaign.origin);
    expect(seen.made[x]).toBe(campaign.catalystPosts[0]![0]);
  });

  it('has groups whose members reshare the same posts within 20 seconds, before the story too', () => {
    const { log } = built.world;
    const groupOf = new Map(built.cast.boosterGroups.flatMap((group, i) => group.map((id) => [id, i] as const)));
    const moments = new Map<string, number[]>();
    for (let post = 0; post < log.count; post++) {
      const group = groupOf.get(log.account[post]!);
      if (group === undefined || log.platform[post] !== x || log.kind[post] !== reshare) continue;
      const key = `${group} ${log.parent[post]}`;
      moments.set(key, [...(moments.get(key) ?? []), log.time[post]!]);
    }
    const joint = [...moments.values()].filter((times) => times.length >= 4);
    const close = joint.filter((times) => {
      const sorted = times.sort((a, b) => a - b);
      return sorted.some((time, i) => sorted[i + 3] !== undefined && sorted[i + 3]! - time <= 20 * second);
    });
    expect(joint.length).toBeGreaterThan(60);
    expect(close.length / joint.length).toBeGreaterThan(0.9);
    expect(close.filter((times) => times[0]! < campaign.plan.origin).length).toBeGreaterThan(10);
  });

  it('makes boosters neither the only busy accounts nor all of them young', () => {
    const { log, accounts, start } = built.world;
    const posts = new Map<number, number>();
    for (let post = 0; post < log.count; post++)
      if (log.platform[post] === x && log.matches(post, mainTopic))
        posts.set(log.account[post]!, (posts.get(log.account[post]!) ?? 0) + 1);
    const boosters = built.cast.boosterGroups.flat();
    const least = Math.min(...boosters.map((id) => posts.get(id) ?? 0));
    expect(campaign.roles.enthusiasts.filter((id) => (posts.get(id) ?? 0) > least).length).toBeGreaterThan(3);
    expect(boosters.filter((id) => accounts.created[id]! < start - 400 * 24 * hour).length).toBeGreaterThan(2);
    expect(campaign.roles.enthusiasts.every((id) => posts.has(id))).toBe(true);
  });

  it('moves the outside communities with the influencer, not before', () => {
    const { log, accounts } = built.world;
    const { outward } = campaign.plan;
    const outside = (from: number, to: number) => {
      let count = 0;
      for (let post = 0; post < log.count; post++)
        if (
          log.platform[post] === x &&
          log.matches(post, mainTopic) &&
          accounts.community[log.account[post]!] !== fringe &&
          log.time[post]! > from &&
          log.time[post]! < to
        )
          count++;
      return count;
    };
    expect(outside(outward, outward + 15 * minute)).toBeGreaterThan(5 * outside(outward - 15 * minute, outward) + 20);
  });

  it('keeps the silent players silent', () => {
    const { log } = built.world;
    const silent = new Set(built.cast.silentVoices);
    let own = 0;
    for (let post = 0; post < log.count; post++) {
      if (log.platform[post] !== x || !silent.has(log.account[post]!)) continue;
      own++;
      if (log.matches(post, mainTopic)) throw new Error(`post ${post} of a silent player is of the story`);
    }
    expect(own).toBe(3 * built.world.budget.silentPosts);
  });
});

it('starts from the press and has no groups without a campaign', () => {
  const built = buildWorld(resolvePlantOptions({ seed: 4, posts: 20_000, campaign: false }), {});
  const { log } = built.world;
  expect(built.cast.boosterGroups).toEqual([]);
  expect(built.campaign).toBeNull();
  const seen = observed(built);
  const first = seen.made.filter((post) => post >= 0).reduce((a, b) => (log.time[b]! < log.time[a]! ? b : a));
  expect(first).toBe(built.organic!.reports[0]);
  expect(log.time[seen.made[0]!]).toBeGreaterThan(log.time[first]! + 3 * hour);
  expect(seen.posts.made).toBeGreaterThan(20_000 * 0.1);
});

describe('losses', () => {
  const fatesWith = (options: object) => {
    const built = buildWorld(resolvePlantOptions({ seed: 2, posts: 12_000, ...options }), {});
    return { built, fates: applyLosses(built, built.world.log.order(built.world.start)) };
  };
  const recorded = (fates: Uint8Array) => fates.filter((fate) => fate === kept).length;

  it('keeps everything by default', () => {
    expect(recorded(fatesWith({}).fates)).toBe(12_000);
  });

  it('thins by the given fraction', () => {
    expect(recorded(fatesWith({ thinning: 0.3 }).fates) / 12_000).toBeCloseTo(0.3, 1);
  });

  it("deletes the given part of the boosters' posts and the reshares of these", () => {
    const { built, fates } = fatesWith({ deleteBoosters: 0.4 });
    const { log } = built.world;
    const boosters = new Set(built.cast.boosterGroups.flat());
    let own = 0;
    let gone = 0;
    for (let post = 0; post < log.count; post++) {
      const byBooster = log.platform[post] === x && boosters.has(log.account[post]!);
      if (byBooster) own++;
      if (byBooster && fates[post] !== kept) gone++;
      const orphan = log.kind[post] === reshare && fates[log.parent[post]!] !== kept;
      if (!byBooster && (fates[post] === kept) === orphan)
        throw new Error(`post ${post} is kept or lost against the rule`);
    }
    expect(gone / own).toBeGreaterThan(0.36);
    expect(gone / own).toBeLessThan(0.5);
  });

  it('flattens the busiest hours of X at the cap', () => {
    const cap = 150;
    const { built, fates } = fatesWith({ capPerHour: cap });
    const { log, start } = built.world;
    const before = new Uint32Array(121);
    const after = new Uint32Array(121);
    for (let post = 0; post < log.count; post++) {
      if (log.platform[post] !== x) continue;
      const bin = Math.floor((log.time[post]! - start) / hour);
      before[bin]!++;
      if (fates[post] === kept) after[bin]!++;
    }
    const full = [...before.keys()].filter((bin) => before[bin]! > cap);
    expect(full.length).toBeGreaterThan(2);
    for (const bin of before.keys()) expect(after[bin]).toBe(full.includes(bin) ? cap : before[bin]);
  });
});
