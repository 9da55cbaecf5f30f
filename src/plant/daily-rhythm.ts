import type { PlantRandom } from './plant-random.ts';

export const second = 1000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

const byHour = [
  0.35, 0.25, 0.2, 0.17, 0.16, 0.18, 0.25, 0.38, 0.5, 0.58, 0.62, 0.66, 0.7, 0.72, 0.74, 0.78, 0.84, 0.92, 1, 1, 0.96,
  0.85, 0.68, 0.5,
];

/** How active people are at a moment, from 0.16 by night to 1 in the evening, UTC. */
export function rhythm(time: number): number {
  const hours = (time % day) / hour;
  const before = Math.floor(hours);
  const part = hours - before;
  return byHour[before]! * (1 - part) + byHour[(before + 1) % 24]! * part;
}

/** A moment in [from, to) drawn in proportion to the rhythm. */
export function rhythmicTime(random: PlantRandom, from: number, to: number): number {
  for (;;) {
    const time = random.uniform(from, to);
    if (random.uniform() < rhythm(time)) return time;
  }
}
