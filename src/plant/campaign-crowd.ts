import type { CampaignPlan, CampaignRoles, Step } from './campaign-plan.ts';
import type { Cast } from './cast.ts';
import { communities, fringe } from './communities.ts';
import { type Crowd, usualCarry } from './crowd.ts';
import { hour, minute, rhythm } from './daily-rhythm.ts';
import { Members } from './members.ts';
import { type PlantRandom, WeightedTable } from './plant-random.ts';
import type { World } from './world.ts';

const inPhase = { climb: 0.016, trend: 0.13, wave: 0.61, tail: 0.244 } as const;

/** Part of the enthusiasts who post as much as a booster does. */
const devoted = 0.025;

/** Times at which ordinary people join: a slow climb, a step at the trend, a wave after the influencer, a long tail. */
export function joiningTimes(world: World, plan: CampaignPlan, count: number, random: PlantRandom): number[] {
  const times: number[] = [];
  const add = (part: number, draw: () => number) => {
    for (let wanted = Math.round(count * part); wanted > 0; wanted--) times.push(draw());
  };
  add(inPhase.climb, () => random.uniform(plan.takeoff, plan.trend));
  add(inPhase.trend, () => random.uniform(plan.trend, plan.outward));
  add(
    inPhase.wave,
    () => plan.outward + 1000 + (random.chance(0.2) ? random.exponential(14 * minute) : random.exponential(2.4 * hour)),
  );
  while (times.length < count) times.push(tailTime(world, plan, random));
  return times.map((time) => Math.min(time, world.end - 1000)).sort((a, b) => a - b);
}

function tailTime(world: World, plan: CampaignPlan, random: PlantRandom): number {
  for (;;) {
    const time = random.uniform(plan.outward + 2 * hour, world.end);
    if (random.uniform() < rhythm(time) * 0.5 ** ((time - plan.outward) / (20 * hour))) return time;
  }
}

/** The 400 who care: most from the fringe community; some of them post more than a booster does. */
export function chooseEnthusiasts(world: World, cast: Cast, taken: ReadonlySet<number>): number[] {
  const random = world.random('enthusiasts');
  const wanted = world.budget.enthusiasts;
  const free = (ids: readonly number[]) =>
    random.shuffle(ids.filter((id) => !taken.has(id) && world.accounts.created[id]! < world.start));
  const chosen = free(cast.xMembers[fringe]!.ids).slice(0, Math.round(wanted * 0.68));
  const others = free(cast.xMembers.slice(1).flatMap((members) => [...members.ids]));
  return [...chosen, ...others.slice(0, wanted - chosen.length)];
}

/** Steps by which enthusiasts and passers-by take part on X; before the influencer nearly all are of the fringe community. */
export function crowdSteps(
  world: World,
  cast: Cast,
  plan: CampaignPlan,
  roles: CampaignRoles,
  crowd: Crowd,
  count: number,
): Step[] {
  const random = world.random('campaign crowd');
  const { accounts } = world;
  const keenness = new Map(
    roles.enthusiasts.map((id) => [id, random.chance(devoted) ? random.uniform(16, 34) : random.logNormal(1, 0.8)]),
  );
  const keen = (ids: number[]) => new WeightedTable(ids.map((id) => keenness.get(id)!));
  const inside = roles.enthusiasts.filter((id) => accounts.community[id] === fringe);
  const outside = roles.enthusiasts.filter((id) => accounts.community[id] !== fringe);
  const insideTable = keen(inside);
  const outsideTable = keen(outside);
  const byCommunity = new WeightedTable(
    communities.map((one, at) => (at === fringe ? 0 : at === 1 ? one.xShare * 2 : one.xShare)),
  );
  const known = new Set([...cast.celebrities, ...cast.hubs]);
  const passersBy = cast.xMembers.map(
    (members) =>
      new Members(
        accounts,
        members.ids.filter((id) => !known.has(id)),
      ),
  );
  const unheard = { inside: random.shuffle([...inside]), outside: random.shuffle([...outside]) };

  const someone = (time: number): number => {
    const early = time < plan.outward;
    const fromOutside = random.chance(early ? 0.05 : 0.72);
    if (fromOutside) {
      if (!early && unheard.outside.length > 0 && random.chance(0.5)) return unheard.outside.pop()!;
      if (random.chance(0.2)) return outside[outsideTable.pick(random)]!;
      return passersBy[byCommunity.pick(random)]!.pick(random, time);
    }
    if (unheard.inside.length > 0 && random.chance(0.5)) return unheard.inside.pop()!;
    return random.chance(0.85) ? inside[insideTable.pick(random)]! : passersBy[fringe]!.pick(random, time);
  };
  return joiningTimes(world, plan, count, random).map((time) => ({
    time,
    run: () => {
      const reported = time > plan.reports[0];
      crowd.react(time, someone(time), time < plan.outward ? 0.62 : 0.55, () =>
        usualCarry(random, 0.4, reported ? 0.15 : 0),
      );
    },
  }));
}
