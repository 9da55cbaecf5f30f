import { addThread, decayingOffset, type ThreadCounter, wholeSecond } from './board-background.ts';
import type { Cast } from './cast.ts';
import { communities } from './communities.ts';
import { Crowd, usualCarry } from './crowd.ts';
import { hour, rhythm, second } from './daily-rhythm.ts';
import { type PlantRandom, WeightedTable } from './plant-random.ts';
import { bluesky, board, carries, news, original, reply, reshare, telegram, x } from './post-log.ts';
import type { World } from './world.ts';

export interface OrganicStory {
  topic: number;
  start: number;
  growMs: number;
  decayMs: number;
  /** Posts and delay in ms after the start, by platform. */
  sizes: Readonly<Record<number, number>>;
  lagMs: Readonly<Record<number, number>>;
  /** Communities with weights; empty = all by size. */
  public: readonly (readonly [community: number, weight: number])[];
  /** Times and outlets of the reports. */
  reports: readonly { time: number; outlet: number }[];
}

/** Lets an ordinary story rise and fall: no catalysts, no groups, no single account that turns it. Returns its news items. */
export function spreadOrganicStory(world: World, cast: Cast, threads: ThreadCounter, story: OrganicStory): number[] {
  const random = world.random(`organic ${story.topic}`);
  const items = story.reports.flatMap(
    (report) => addReport(world, cast, { ...report, carry: carries.phrase | carries.leak }, story.topic, random) ?? [],
  );
  for (const platform of [x, bluesky] as const) spreadSocially(world, cast, platform, story, random);
  spreadOnTelegram(world, cast, story, random);
  spreadOnBoard(world, threads, story, random);
  return items;
}

/** A news item about the story and the outlet's own post on X with a link to it, a few minutes later. */
export function addReport(
  world: World,
  cast: Cast,
  report: { time: number; outlet: number; carry: number },
  topic: number,
  random: PlantRandom,
): number | null {
  const { log, end } = world;
  const time = wholeSecond(report.time);
  if (time >= end - hour / 2) return null;
  const item = log.add({
    time,
    platform: news,
    kind: original,
    account: cast.outlets[report.outlet]!,
    topic,
    carry: report.carry,
    variant: random.uint32(),
  });
  const announced = time + random.uniform(150, 600) * second;
  const carry = carries.article | carries.phrase;
  log.add({
    time: announced,
    platform: x,
    kind: original,
    account: cast.outletVoices[report.outlet]!,
    topic,
    carry,
    variant: random.uint32(),
  });
  return item;
}

/** Times of a story's posts: exponential growth into an exponential decline without a step between, by daily rhythm. */
export function storyTimes(
  random: PlantRandom,
  start: number,
  end: number,
  growMs: number,
  decayMs: number,
  count: number,
): number[] {
  const folding = growMs / 6;
  const rising = folding / (folding + decayMs);
  const times: number[] = [];
  const ratio = Math.max(0.2, rhythm(start + growMs));
  for (let tries = 0; times.length < count && tries < count * 60; tries++) {
    const before = random.exponential(folding);
    const time = random.chance(rising) ? start + growMs - before : start + growMs + random.exponential(decayMs);
    if (time < start + second || time >= end - second) continue;
    if (random.uniform() * ratio > rhythm(time)) continue;
    times.push(time);
  }
  return times.sort((a, b) => a - b);
}

function spreadSocially(
  world: World,
  cast: Cast,
  platform: typeof x | typeof bluesky,
  story: OrganicStory,
  random: PlantRandom,
): void {
  const members = platform === x ? cast.xMembers : cast.blueskyMembers;
  const share = platform === x ? 'xShare' : 'blueskyShare';
  const weights = communities.map((one, at) =>
    story.public.length === 0 ? one[share] : (story.public.find(([id]) => id === at)?.[1] ?? 0.1),
  );
  const byCommunity = new WeightedTable(weights);
  const crowd = new Crowd(world, platform, story.topic, random);
  const start = story.start + (story.lagMs[platform] ?? 0);
  for (const time of storyTimes(random, start, world.end, story.growMs, story.decayMs, story.sizes[platform] ?? 0)) {
    const account = members[byCommunity.pick(random)]!.pick(random, time);
    crowd.react(time, account, 0, () => usualCarry(random, 0.25, 0.2));
  }
}

function spreadOnTelegram(world: World, cast: Cast, story: OrganicStory, random: PlantRandom): void {
  const { log } = world;
  const start = story.start + (story.lagMs[telegram] ?? 0);
  let last = -1;
  for (const exact of storyTimes(
    random,
    start,
    world.end - hour,
    story.growMs,
    story.decayMs,
    story.sizes[telegram] ?? 0,
  )) {
    const time = wholeSecond(exact);
    const room = random.chance(0.3) ? random.int(3) : 3 + random.int(2);
    const chat = cast.chats[room]!;
    const account = chat.group ? cast.telegramUsers.pick(random, time) : chat.account;
    const base = { time, platform: telegram, account, room, topic: story.topic, variant: random.uint32() };
    const forwards = last >= 0 && log.room[last] !== room && log.time[last]! < time && random.chance(0.3);
    const answers = last >= 0 && log.room[last] === room && log.time[last]! < time && chat.group && random.chance(0.4);
    if (forwards) log.add({ ...base, kind: reshare, parent: last });
    else if (answers) log.add({ ...base, kind: reply, parent: last, carry: carries.phrase });
    else last = log.add({ ...base, kind: original, carry: usualCarry(random, 0.4, 0.2) & ~carries.subject });
  }
}

function spreadOnBoard(world: World, threads: ThreadCounter, story: OrganicStory, random: PlantRandom): void {
  const size = story.sizes[board] ?? 0;
  if (size < 1) return;
  const opened = story.start + (story.lagMs[board] ?? 0);
  const lasting = Math.min(world.end - opened - second, story.growMs + story.decayMs * 2);
  const times = Array.from(
    { length: size - 1 },
    () => opened + 30 * second + decayingOffset(random, lasting - 60 * second),
  );
  addThread(world, random, threads.next(), opened, times, story.topic, (at) => boardCarry(random, at));
}

/** Most posts of a thread just talk; some repeat a link or the tag. */
export function boardCarry(random: PlantRandom, at: number): number {
  if (at === 0) return carries.leak | carries.phrase;
  const draw = random.uniform();
  if (draw < 0.1) return carries.leak;
  if (draw < 0.16) return carries.archive;
  if (draw < 0.24) return carries.phrase;
  return draw < 0.28 ? carries.tag : carries.plain;
}
