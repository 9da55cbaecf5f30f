import type { Cast } from './cast.ts';
import { communities } from './communities.ts';
import { minute, rhythmicTime, second } from './daily-rhythm.ts';
import { carries, news, original, x } from './post-log.ts';
import { outlets } from './stories.ts';
import type { World } from './world.ts';

/** Fills the feeds up to `target` items, and lets each outlet's account on X link to most of its own; returns the items by time. */
export function fillNewsBackground(world: World, cast: Cast, target: number): number[] {
  const { log, start, end } = world;
  const random = world.random('background news');
  const items: number[] = [];
  while (log.byPlatform[news]! < target) {
    const outlet = items.length % outlets.length;
    const time = Math.round(rhythmicTime(random, start, end) / second) * second;
    const topic = random.chance(0.6) ? 1 : random.int(communities.length);
    const item = log.add({
      time,
      platform: news,
      kind: original,
      account: cast.outlets[outlet]!,
      topic,
      variant: random.uint32(),
    });
    items.push(item);
    if (random.chance(0.6)) announce(world, cast, outlet, item, random.uniform(1, 12) * minute);
  }
  return items.sort((a, b) => log.time[a]! - log.time[b]! || a - b);
}

/** The outlet's account on X links its item; the item stands in `variant`. */
function announce(world: World, cast: Cast, outlet: number, item: number, delay: number): void {
  const { log, end } = world;
  const time = log.time[item]! + delay;
  const account = cast.outletVoices[outlet]!;
  if (time < end)
    log.add({
      time,
      platform: x,
      kind: original,
      account,
      topic: log.topic[item]!,
      carry: carries.article,
      variant: item,
    });
}
