import { addThread, decayingOffset, type ThreadCounter, wholeSecond } from './board-background.ts';
import { boosterSteps } from './booster-groups.ts';
import { chooseEnthusiasts, crowdSteps, joiningTimes } from './campaign-crowd.ts';
import { type CampaignPlan, type CampaignRoles, planCampaign, type Step } from './campaign-plan.ts';
import type { Cast } from './cast.ts';
import { communities, fringe } from './communities.ts';
import { Crowd, usualCarry } from './crowd.ts';
import { hour, minute, second } from './daily-rhythm.ts';
import { addPassingMentions, addSpam } from './noise.ts';
import { addReport, boardCarry } from './organic-story.ts';
import { WeightedTable } from './plant-random.ts';
import { bluesky, board, carries, original, reply, reshare, telegram, x } from './post-log.ts';
import { mainTopic } from './stories.ts';
import type { World } from './world.ts';

/** What the first posts of the first thread carry: the tag comes from the catalysts, later. */
const firstReplies = [
  carries.leak | carries.phrase,
  carries.plain,
  carries.leak,
  carries.plain,
  carries.archive,
  carries.plain,
  carries.phrase,
  carries.plain,
  carries.plain,
];

/** The planted campaign as it was made: moments, roles and the posts that matter. */
export interface Campaign {
  plan: CampaignPlan;
  roles: CampaignRoles;
  foreshadow: number;
  origin: number;
  catalystPosts: readonly number[][];
  telegramCrossing: number;
  blueskyCrossing: number;
  influencerPost: number;
  reports: number[];
  response: number;
  mentions: number[];
}

/** Plants the campaign: foreshadowing, board, catalysts, boosters and crowd, other platforms, influencer, press, answer. */
export function plantStory(world: World, cast: Cast, threads: ThreadCounter): Campaign {
  const random = world.random('campaign');
  const plan = planCampaign(world);
  const [first, secondHub, third, foreshadower] = random.shuffle([...cast.hubs]) as [number, number, number, number];
  const influencer = random.pick([cast.celebrities[0]!, cast.celebrities[2]!]);
  const taken = new Set([...cast.hubs, ...cast.celebrities]);
  const roles = {
    foreshadower,
    catalysts: [first, secondHub, third],
    influencer,
    enthusiasts: chooseEnthusiasts(world, cast, taken),
  };
  const { log } = world;
  const foreshadow = log.add({
    time: plan.foreshadow,
    platform: x,
    kind: original,
    account: foreshadower,
    topic: mainTopic,
    carry: carries.phrase,
    variant: random.uint32(),
  });
  world.scripts.set(foreshadow, 'Hearing the Ferry Papers drop tonight. Stay close, Millbrook will not like them.');
  const origin = plantOnBoard(world, plan, threads);
  const before = log.byPlatform[x]!;
  const reports = plan.reports.flatMap(
    (time, i) =>
      addReport(world, cast, { time, outlet: [2, 0, 4][i]!, carry: carries.phrase }, mainTopic, random) ?? [],
  );
  const mentions = addPassingMentions(
    world,
    cast,
    cast.celebrities.filter((one) => one !== influencer),
    plan.response,
  );
  addSpam(world, cast, mainTopic, plan.outward, Math.max(3, Math.round(world.budget.story[x]! * 0.008)));
  const onX = plantOnX(world, cast, plan, roles, log.byPlatform[x]! - before);
  return {
    plan,
    roles,
    foreshadow,
    origin,
    ...onX,
    telegramCrossing: plantOnTelegram(world, cast, plan),
    blueskyCrossing: plantOnBluesky(world, cast, plan),
    reports,
    mentions,
  };
}

function plantOnX(world: World, cast: Cast, plan: CampaignPlan, roles: CampaignRoles, spent: number) {
  const random = world.random('campaign x');
  const crowd = new Crowd(world, x, mainTopic, random);
  const catalystPosts: number[][] = [[], [], []];
  const first = [carries.thread | carries.tag, carries.leak | carries.tag, carries.thread | carries.phrase];
  const later = [carries.leak | carries.tag, carries.archive | carries.tag, carries.tag | carries.subject];
  const steps: Step[] = [];
  roles.catalysts.forEach((account, i) => {
    const weight = [12, 9, 6][i]!;
    steps.push({
      time: plan.catalysts[i]!,
      run: () => catalystPosts[i]!.push(crowd.post(plan.catalysts[i]!, account, first[i]!, weight)),
    });
    for (let more = 1 + random.int(3); more > 0; more--) {
      const time = plan.takeoff + random.uniform(6, 170) * minute;
      steps.push({
        time,
        run: () => catalystPosts[i]!.push(crowd.post(time, account, random.pick(later), weight / 5)),
      });
    }
  });
  const curious = cast.xMembers[fringe]!;
  for (const part of [0.25, 0.5, 0.75, 0.9]) {
    const time = plan.catalysts[0] + (plan.takeoff - plan.catalysts[0]) * part;
    steps.push({ time, run: () => void crowd.react(time, curious.pick(random, time), 1, () => carries.leak) });
  }
  for (const early of [0.1, 0.45, 0.8]) {
    const time = plan.takeoff + (plan.trend - plan.takeoff) * early;
    steps.push({ time, run: () => void crowd.post(time, curious.pick(random, time), carries.leak | carries.tag) });
  }
  let influencerPost = -1;
  steps.push({
    time: plan.outward,
    run: () => {
      influencerPost = crowd.post(plan.outward, roles.influencer, carries.archive | carries.tag, 34);
      for (const posts of catalystPosts) crowd.reweigh(posts[0]!, 3.5);
    },
  });
  let response = -1;
  steps.push({
    time: plan.response,
    run: () => {
      response = crowd.post(plan.response, cast.subject, carries.phrase, 4);
      world.scripts.set(
        response,
        'Our statement on the so-called ferry papers: they are old drafts. The crossing stays open.',
      );
    },
  });
  const left = Math.max(40, world.budget.story[x]! - spent - world.budget.boosterStoryPosts - steps.length);
  const boosting = boosterSteps(world, cast.boosterGroups, plan, crowd);
  const all = steps.concat(boosting, crowdSteps(world, cast, plan, roles, crowd, left)).sort((a, b) => a.time - b.time);
  for (const step of all) step.run();
  return { catalystPosts, influencerPost, response };
}

function plantOnBoard(world: World, plan: CampaignPlan, threads: ThreadCounter): number {
  const random = world.random('campaign board');
  const size = world.budget.story[board]!;
  const count = Math.max(3, Math.min(10, Math.round(size / 300)));
  let origin = -1;
  for (let i = 0; i < count; i++) {
    const opened = i === 0 ? plan.origin : plan.trend + random.uniform(i - 1, i) * 40 * minute;
    const posts = Math.max(4, Math.round((size * (i === 0 ? 1.5 : 1)) / (count + 0.5)));
    const times = Array.from({ length: posts - 1 }, () => opened + 40 * second + decayingOffset(random, 14 * hour));
    if (i === 0)
      for (let k = 0; k < 7 && k < times.length; k++)
        times[k] = opened + (70 + 95 * k + random.uniform(0, 60)) * second;
    const made = addThread(world, random, threads.next(), opened, times, mainTopic, (at) => {
      if (i > 0 || at >= firstReplies.length) return boardCarry(random, at);
      return firstReplies[at]!;
    });
    if (i === 0) origin = made[0]!;
  }
  world.scripts.set(
    origin,
    'Found these in the drafts folder of the harbour office. Millbrook ferry papers, all 60 pages. Do what you want with them.',
  );
  return origin;
}

function plantOnTelegram(world: World, cast: Cast, plan: CampaignPlan): number {
  const { log } = world;
  const random = world.random('campaign telegram');
  const size = Math.max(4, world.budget.story[telegram]!);
  const topic = mainTopic;
  const opening = random.int(2);
  const say = (time: number, room: number, more: { kind: number; parent?: number; carry?: number }) => {
    const chat = cast.chats[room]!;
    const account = chat.group ? cast.telegramUsers.pick(random, time) : chat.account;
    return log.add({ time, platform: telegram, account, room, topic, variant: random.uint32(), ...more });
  };
  const crossing = say(wholeSecond(plan.telegramCrossing), opening, {
    kind: original,
    carry: carries.leak | carries.phrase,
  });
  let last = say(wholeSecond(plan.telegramCrossing + random.uniform(6, 14) * minute), 1 - opening, {
    kind: reshare,
    parent: crossing,
  });
  const times = joiningTimes(world, plan, size - 2, random).map((time) => wholeSecond(time + 20 * minute));
  for (const time of times) {
    if (time >= world.end) continue;
    const wide = time > plan.outward + 20 * minute;
    const room = wide ? random.int(5) : random.chance(0.6) ? random.int(2) : 3;
    const group = cast.chats[room]!.group;
    const source = log.source(last);
    if (!group && log.room[source] !== room && random.chance(0.5)) say(time, room, { kind: reshare, parent: source });
    else if (group && log.room[last] === room && log.time[last]! < time && random.chance(0.5))
      say(time, room, { kind: reply, parent: last, carry: carries.phrase });
    else
      last = say(time, room, {
        kind: original,
        carry: usualCarry(random, 0.45, time > plan.reports[0] ? 0.2 : 0) & ~carries.subject,
      });
  }
  return crossing;
}

function plantOnBluesky(world: World, cast: Cast, plan: CampaignPlan): number {
  const random = world.random('campaign bluesky');
  const crowd = new Crowd(world, bluesky, mainTopic, random);
  const size = Math.max(6, world.budget.story[bluesky]!);
  const early = Math.max(2, Math.round(size * 0.05));
  const byCommunity = new WeightedTable(communities.map((one) => one.blueskyShare));
  const fringeMembers = cast.blueskyMembers[fringe]!;
  const crossing = crowd.post(
    plan.blueskyCrossing,
    fringeMembers.pick(random, plan.blueskyCrossing),
    carries.archive | carries.tag,
    3,
  );
  const times = Array.from({ length: early }, () =>
    random.uniform(plan.blueskyCrossing + 5 * second, plan.outward),
  ).sort((a, b) => a - b);
  for (const time of times) crowd.react(time, fringeMembers.pick(random, time), 0.6, () => usualCarry(random, 0.5, 0));
  const wave = joiningTimes(world, plan, size - early - 1, random).filter((time) => time > plan.outward);
  while (wave.length < size - early - 1) wave.push(plan.outward + random.exponential(5 * hour));
  for (const joined of wave.sort((a, b) => a - b)) {
    const time = Math.min(joined + 12 * minute, world.end - second);
    const members = cast.blueskyMembers[random.chance(0.12) ? fringe : byCommunity.pick(random)]!;
    crowd.react(time, members.pick(random, time), 0.3, () => usualCarry(random, 0.4, time > plan.reports[0] ? 0.2 : 0));
  }
  return crossing;
}
