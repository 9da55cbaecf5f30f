import { fringe } from './communities.ts';
import { minute, rhythmicTime, second } from './daily-rhythm.ts';
import type { PlantRandom } from './plant-random.ts';
import { board, original, reply } from './post-log.ts';
import { mostThreads, type World } from './world.ts';

/** Threads kept free for the stories. */
const storyThreads = 14;

/** Hands out the numbers of threads on the board, in the order of asking. */
export class ThreadCounter {
  count = 0;

  next(): number {
    return this.count++;
  }
}

/** Fills the board up to `target` posts with ordinary threads that flare up and die away. */
export function fillBoardBackground(world: World, threads: ThreadCounter, target: number): void {
  const { log, start, end } = world;
  const random = world.random('background board');
  const missing = target - log.byPlatform[board]!;
  const count = Math.max(1, Math.min(mostThreads - storyThreads, Math.round(missing / 45)));
  const weights = Array.from({ length: count }, () => Math.min(3, random.logNormal(1, 0.6)));
  const sum = weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < count; i++) {
    world.signal?.throwIfAborted();
    const left = target - log.byPlatform[board]!;
    const size = i === count - 1 ? left : Math.min(left, Math.max(1, Math.round((missing * weights[i]!) / sum)));
    if (size < 1) return;
    const opened = rhythmicTime(random, start, end - 90 * minute);
    const lasting = Math.min(end - opened - minute, random.logNormal(5, 0.7) * 60 * minute);
    const times = Array.from({ length: size - 1 }, () => opened + 20 * second + decayingOffset(random, lasting));
    addThread(world, random, threads.next(), opened, times, fringe, () => 0);
  }
}

/** A moment after the opening, early ones more likely, never after `lasting`. */
export function decayingOffset(random: PlantRandom, lasting: number): number {
  return Math.min(random.exponential(lasting / 3), random.uniform(0, lasting));
}

/** One thread: its opening post and replies to it and to each other; returns the posts in order of time. */
export function addThread(
  world: World,
  random: PlantRandom,
  room: number,
  opened: number,
  times: number[],
  topic: number,
  carryOf: (at: number) => number,
): number[] {
  const { log } = world;
  const posters = Math.max(3, Math.round(times.length / 2.5));
  const opening = log.add({
    time: wholeSecond(opened),
    platform: board,
    kind: original,
    account: 0,
    room,
    topic,
    carry: carryOf(0),
    variant: random.uint32(),
  });
  const posts = [opening];
  times.sort((a, b) => a - b);
  for (const [i, time] of times.entries()) {
    const draw = random.uniform();
    const parent = draw < 0.4 ? opening : draw < 0.85 ? posts[posts.length - 1 - random.zipf(posts.length)]! : -1;
    const account = random.chance(0.08) ? 0 : 1 + random.zipf(posters);
    posts.push(
      log.add({
        time: wholeSecond(time),
        platform: board,
        kind: reply,
        account,
        parent,
        room,
        topic,
        carry: carryOf(i + 1),
        variant: random.uint32(),
      }),
    );
  }
  return posts;
}

/** The board and Telegram keep whole seconds. */
export function wholeSecond(time: number): number {
  return Math.ceil(time / second) * second;
}
