import type { Cast } from './cast.ts';
import { football, publicAffairs } from './communities.ts';
import { hour, minute, rhythmicTime, second } from './daily-rhythm.ts';
import { carries, original, reshare, x } from './post-log.ts';
import { mainTopic } from './stories.ts';
import type { World } from './world.ts';

export const weatherTopic = 40;

/** Everything that looks like a role and is none: fans, machines that post by the clock, well-known accounts on other things. */
export function addNoise(world: World, cast: Cast): void {
  addCelebrityAndFans(world, cast);
  addWeather(world, cast);
  addSilentVoices(world, cast);
}

/** The football celebrity posts often, and fans reshare each post within seconds. */
function addCelebrityAndFans(world: World, cast: Cast): void {
  const { log, start, end } = world;
  const random = world.random('fans');
  const star = cast.celebrities[1]!;
  const posts = Math.max(12, Math.min(90, Math.round(world.options.posts / 500)));
  for (let i = 0; i < posts; i++) {
    const time = rhythmicTime(random, start, end - hour);
    const post = log.add({
      time,
      platform: x,
      kind: original,
      account: star,
      topic: football,
      variant: random.uint32(),
    });
    cheer(world, cast, post, 0.28);
  }
}

/** Fans reshare one post of their star within seconds. */
export function cheer(world: World, cast: Cast, post: number, part: number): void {
  const { log, accounts } = world;
  const random = world.random(`cheer ${post}`);
  for (const fan of cast.fans) {
    const time = log.time[post]! + 2 * second + random.logNormal(14, 0.9) * second;
    if (!random.chance(part) || time >= world.end || accounts.created[fan]! > time) continue;
    log.add({
      time,
      platform: x,
      kind: reshare,
      account: fan,
      parent: post,
      topic: log.topic[post]!,
      variant: random.uint32(),
    });
  }
}

/** Machines post the weather at every full hour, all within seconds of each other. */
function addWeather(world: World, cast: Cast): void {
  const { log, start, end } = world;
  const random = world.random('weather');
  for (let time = start + hour; time < end; time += hour)
    for (const account of cast.weatherBots)
      log.add({
        time: time + random.uniform(0.2, 4) * second,
        platform: x,
        kind: original,
        account,
        topic: weatherTopic,
        variant: random.uint32(),
      });
}

/** The silent players speak all five days, of other things. */
function addSilentVoices(world: World, cast: Cast): void {
  const { log, start, end } = world;
  const random = world.random('silent');
  for (const account of cast.silentVoices)
    for (let i = 0; i < world.budget.silentPosts; i++) {
      const time = rhythmicTime(random, start, end);
      log.add({ time, platform: x, kind: original, account, topic: publicAffairs, variant: random.uint32() });
    }
}

/** Well-known accounts mention the story in passing when it is old; their followers take little notice. Returns the mentions. */
export function addPassingMentions(world: World, cast: Cast, celebrities: readonly number[], from: number): number[] {
  const random = world.random('mentions');
  return celebrities.map((account) => {
    const time = Math.min(from + random.uniform(2, 16) * hour, world.end - hour);
    const carry = random.chance(0.5) ? carries.tag : carries.phrase;
    const post = world.log.add({
      time,
      platform: x,
      kind: original,
      account,
      topic: mainTopic,
      carry,
      variant: random.uint32(),
    });
    if (account === cast.celebrities[1]) cheer(world, cast, post, 0.2);
    return post;
  });
}

/** Sellers put the tag of a running story on their offers; returns how many posts they make. */
export function addSpam(world: World, cast: Cast, topic: number, from: number, count: number): number {
  const { log } = world;
  const random = world.random(`spam ${topic}`);
  for (let i = 0; i < count; i++) {
    const time = Math.min(from + random.uniform(0, 20) * hour, world.end - minute);
    const account = random.pick(cast.spammers);
    log.add({
      time,
      platform: x,
      kind: original,
      account,
      topic,
      carry: carries.tag | carries.spam,
      variant: random.uint32(),
    });
  }
  return count;
}
