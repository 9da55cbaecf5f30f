import type { Cast } from './cast.ts';
import { communities } from './communities.ts';
import { hour, minute, rhythm, rhythmicTime, second } from './daily-rhythm.ts';
import { WeightedTable } from './plant-random.ts';
import { type bluesky, original, quote, reply, reshare, x } from './post-log.ts';
import type { World } from './world.ts';

const branching = 0.62;
const fromReshares = 0.22;
const ownCommunity = 0.93;
const mostChildren = 60;

/**
 * Fills a platform up to `target` posts with ordinary talk: a Hawkes process in its cluster form (Hawkes & Oakes 1974), immigrants
 * by daily rhythm, each post drawing further ones in proportion to its author's pull, mostly from its own community.
 */
export function fillSocialBackground(
  world: World,
  cast: Cast,
  platform: typeof x | typeof bluesky,
  target: number,
): void {
  const { log, accounts, start, end } = world;
  const random = world.random(`background ${platform}`);
  const members = platform === x ? cast.xMembers : cast.blueskyMembers;
  const byCommunity = new WeightedTable(communities.map((one) => (platform === x ? one.xShare : one.blueskyShare)));
  const pending: number[] = [];
  while (log.byPlatform[platform]! < target) {
    world.signal?.throwIfAborted();
    const community = byCommunity.pick(random);
    const time = rhythmicTime(random, start, end);
    const author = members[community]!.pick(random, time);
    pending.push(
      log.add({ time, platform, kind: original, account: author, topic: community, variant: random.uint32() }),
    );
    const seen = new Set<number>();
    while (pending.length > 0) {
      const parent = pending.pop()!;
      const source = log.source(parent);
      const drawn = log.kind[parent] === reshare ? fromReshares : branching * accounts.pull[log.account[parent]!]!;
      const children = Math.min(mostChildren, random.poisson(drawn));
      for (let child = 0; child < children && log.byPlatform[platform]! < target; child++) {
        const delay = 2 * second + random.exponential(random.chance(0.6) ? 12 * minute : 3 * hour);
        const at = log.time[parent]! + delay;
        if (at >= end || random.uniform() > 0.3 + 0.7 * rhythm(at)) continue;
        const from = random.chance(ownCommunity) ? community : byCommunity.pick(random);
        const account = members[from]!.pick(random, at);
        const draw = random.uniform();
        const kind = log.kind[parent] === reshare || draw < 0.64 ? reshare : draw < 0.88 ? reply : quote;
        if (kind === reshare && (seen.has(account) || account === log.account[source]!)) continue;
        if (kind === reshare) seen.add(account);
        const answered = kind === reshare ? source : parent;
        pending.push(
          log.add({ time: at, platform, kind, account, parent: answered, topic: community, variant: random.uint32() }),
        );
      }
    }
  }
}
