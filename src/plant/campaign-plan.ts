import { day, hour, minute } from './daily-rhythm.ts';
import type { World } from './world.ts';

/** The true moments of a planted campaign, in milliseconds since 1970. */
export interface CampaignPlan {
  foreshadow: number;
  origin: number;
  /** First posts of the three catalysts. */
  catalysts: readonly [number, number, number];
  takeoff: number;
  telegramCrossing: number;
  blueskyCrossing: number;
  trend: number;
  outward: number;
  /** Three reports; the first is the crossing into the mainstream. */
  reports: readonly [number, number, number];
  response: number;
  boostersEnd: number;
}

/** Accounts with a part of their own in the campaign. */
export interface CampaignRoles {
  foreshadower: number;
  catalysts: readonly number[];
  influencer: number;
  enthusiasts: readonly number[];
}

/** One step of the campaign on X, run in order of time. */
export interface Step {
  time: number;
  run: () => void;
}

/** Draws the moments: a board post in the evening of day 3, catalysts within minutes, the press after some three hours. */
export function planCampaign(world: World): CampaignPlan {
  const random = world.random('plan');
  const origin = world.start + 2 * day + random.uniform(17.2, 19) * hour;
  const first = origin + random.uniform(11, 15) * minute;
  const second = first + random.uniform(2, 5) * minute;
  const third = second + random.uniform(2, 5) * minute;
  const takeoff = insideBin(third + random.uniform(4, 7) * minute);
  const trend = takeoff + random.uniform(26, 38) * minute;
  const outward = trend + random.uniform(38, 60) * minute;
  const report = outward + random.uniform(40, 80) * minute;
  const secondReport = report + random.uniform(35, 90) * minute;
  return {
    foreshadow: origin - random.uniform(2.5, 6) * hour,
    origin,
    catalysts: [first, second, third],
    takeoff,
    telegramCrossing: takeoff + random.uniform(3, 12) * minute,
    blueskyCrossing: takeoff + random.uniform(15, 25) * minute,
    trend,
    outward,
    reports: [report, secondReport, secondReport + random.uniform(1, 3) * hour],
    response: report + random.uniform(25, 70) * minute,
    boostersEnd: takeoff + random.uniform(30, 38) * hour,
  };
}

/** Keeps a moment half a minute away from the edges of 5-minute bins, so that it falls into one of them whole. */
function insideBin(time: number): number {
  const within = time % (5 * minute);
  return within > 4.5 * minute ? time + minute : within < 0.5 * minute ? time + minute / 2 : time;
}
