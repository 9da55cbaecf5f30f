import { wholeSecond } from './board-background.ts';
import type { Cast } from './cast.ts';
import { minute, rhythmicTime } from './daily-rhythm.ts';
import { original, reply, reshare, telegram } from './post-log.ts';
import type { World } from './world.ts';

/** Fills the chats up to `target` messages: channels that announce and forward each other, groups that talk. */
export function fillTelegramBackground(world: World, cast: Cast, target: number): void {
  const { log, start, end } = world;
  const random = world.random('background telegram');
  const recent: number[] = [];
  const channels = cast.chats.flatMap((chat, room) => (chat.group ? [] : [room]));
  const groups = cast.chats.flatMap((chat, room) => (chat.group ? [room] : []));
  while (log.byPlatform[telegram]! < target) {
    world.signal?.throwIfAborted();
    const time = wholeSecond(rhythmicTime(random, start, end - 15 * minute));
    const room = random.chance(0.3) ? random.pick(channels) : random.pick(groups);
    const chat = cast.chats[room]!;
    const base = { platform: telegram, room, topic: chat.community, variant: random.uint32() };
    const account = chat.group ? cast.telegramUsers.pick(random, time) : chat.account;
    const earlier = recent.length > 0 ? random.pick(recent) : -1;
    const forwards = earlier >= 0 && log.room[earlier] !== room && log.time[earlier]! < time && random.chance(0.25);
    const made = forwards
      ? log.add({ ...base, time, kind: reshare, account, parent: earlier })
      : log.add({ ...base, time, kind: original, account });
    if (!chat.group && !forwards) {
      recent.push(made);
      if (recent.length > 400) recent.shift();
    }
    if (!chat.group) continue;
    let last = made;
    for (let more = random.poisson(0.8); more > 0 && log.byPlatform[telegram]! < target; more--) {
      const later = wholeSecond(log.time[last]! + random.exponential(3 * minute));
      if (later >= end) break;
      const author = cast.telegramUsers.pick(random, later);
      last = log.add({ ...base, time: later, kind: reply, account: author, parent: last, variant: random.uint32() });
    }
  }
}
