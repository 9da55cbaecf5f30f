import type { CampaignPlan, Step } from './campaign-plan.ts';
import type { Crowd } from './crowd.ts';
import { hour, second } from './daily-rhythm.ts';
import type { PlantRandom } from './plant-random.ts';
import { carries, original, reply, reshare, x } from './post-log.ts';
import type { World } from './world.ts';

const inPhase = { climb: 0.027, trend: 0.2, wave: 0.45, tail: 0.32 } as const;
const solo = 0.14;
/** Members of one action before the trend. */
const earlyMembers = 10;

interface Action {
  time: number;
  group: number;
}

/** Steps of the three groups on X: members reshare one post within 5 to 20 s of each other, again and again, long after the peak. */
export function boosterSteps(world: World, groups: readonly number[][], plan: CampaignPlan, crowd: Crowd): Step[] {
  const random = world.random('boosters');
  const zeal = new Map(groups.flat().map((id) => [id, random.uniform(0.42, 0.72)]));
  const used = groups.map(() => new Set<number>());
  const perAction = groups[0]!.length * 0.57;
  const together = Math.round((world.budget.boosterStoryPosts * (1 - solo)) / perAction);
  const steps: Step[] = actionTimes(plan, together, random).map((action) => ({
    time: action.time,
    run: () => {
      const group = groups[action.group]!;
      const early = action.time < plan.trend;
      const present = early
        ? random.shuffle([...group]).slice(0, earlyMembers)
        : group.filter((id) => random.chance(zeal.get(id)!));
      act(world, crowd, random, present, used[action.group]!, action.time);
    },
  }));
  const members = groups.flat();
  for (let left = Math.round(world.budget.boosterStoryPosts * solo); left > 0; left--) {
    const time = random.uniform(plan.trend, plan.boostersEnd);
    const account = random.pick(members);
    steps.push({ time, run: () => actAlone(crowd, random, account, time) });
  }
  return steps;
}

/** Few actions, well apart, until the trend: so the takeoff shows in one bin and the trend starts where it was planned. */
function actionTimes(plan: CampaignPlan, count: number, random: PlantRandom): Action[] {
  const actions: Action[] = [{ time: plan.takeoff, group: random.int(3) }];
  const climbing = Math.max(1, Math.round(count * inPhase.climb) - 2);
  const climb = (plan.trend - plan.takeoff) * 0.62;
  for (let i = 0; i < climbing; i++)
    actions.push({ time: plan.takeoff + (climb * (i + random.uniform(0.85, 1))) / climbing, group: random.int(3) });
  const add = (part: number, draw: () => number) => {
    for (let wanted = Math.round(count * part); wanted > 0; wanted--)
      actions.push({ time: draw(), group: random.int(3) });
  };
  add(inPhase.trend, () => random.uniform(plan.trend, plan.outward));
  add(inPhase.wave, () => plan.outward + random.exponential(3 * hour));
  add(inPhase.tail, () => random.uniform(plan.outward + 3 * hour, plan.boostersEnd));
  return actions;
}

function act(
  world: World,
  crowd: Crowd,
  random: PlantRandom,
  present: readonly number[],
  used: Set<number>,
  time: number,
): void {
  const spread = random.uniform(5, 20) * second;
  const moment = (i: number) => (i === 0 ? time : time + random.uniform(0.2 * second, spread));
  const draw = random.uniform();
  let target = -1;
  for (let i = 0; i < 8 && target < 0; i++) {
    const one = crowd.target(time, 0.55);
    if (one >= 0 && !used.has(one)) target = one;
  }
  if (target < 0 || draw > 0.86) {
    const variant = random.uint32();
    const carry = carries.tag | (random.chance(0.7) ? carries.leak : carries.archive);
    for (const [i, id] of present.entries()) crowd.post(moment(i), id, carry, 0, variant);
  } else if (draw > 0.8) {
    for (const [i, id] of present.entries()) crowd.respond(moment(i), id, target, reply, carries.tag);
  } else {
    used.add(target);
    present.forEach((id, i) => {
      if (crowd.canReshare(id, target))
        crowd.reshare(Math.max(moment(i), world.log.time[target]! + second), id, target);
    });
  }
}

function actAlone(crowd: Crowd, random: PlantRandom, account: number, time: number): void {
  const target = crowd.target(time, 0.4);
  if (target >= 0 && crowd.canReshare(account, target) && random.chance(0.85)) crowd.reshare(time, account, target);
  else crowd.post(time, account, carries.tag);
}

/** What the groups do besides: reshare posts of the fringe community together, before the story and after it. */
export function addBoosterRoutine(world: World, groups: readonly number[][], topic: number): void {
  const { log, end } = world;
  const random = world.random('booster routine');
  const targets: number[] = [];
  for (let i = 0; i < log.count; i++)
    if (
      log.platform[i] === x &&
      log.kind[i] === original &&
      log.topic[i] === topic &&
      world.accounts.pull[log.account[i]!]! > 0.6
    )
      targets.push(i);
  random.shuffle(targets);
  let left = world.budget.boosterOtherPosts;
  for (let turn = 0; left > 0; turn++) {
    const group = groups[turn % groups.length]!;
    const alone = random.chance(0.25) || targets.length === 0;
    if (alone) {
      const time = random.uniform(world.start, end);
      log.add({ time, platform: x, kind: original, account: random.pick(group), topic, variant: random.uint32() });
      left--;
      continue;
    }
    const target = targets.pop()!;
    const time = log.time[target]! + random.logNormal(60, 1.2) * second;
    const spread = random.uniform(5, 20) * second;
    for (const account of group) {
      if (left === 0 || !random.chance(0.5)) continue;
      const moment = time + random.uniform(0, spread);
      if (moment >= end || world.accounts.created[account]! > moment) continue;
      log.add({ time: moment, platform: x, kind: reshare, account, parent: target, topic, variant: random.uint32() });
      left--;
    }
  }
}
