import { kleinbergBursts } from '../base/kleinberg.ts';
import { poissonOnset } from '../base/poisson-onset.ts';
import { minute } from './daily-rhythm.ts';
import { kept } from './losses.ts';
import { carries, platformNames, x } from './post-log.ts';
import { mainTopic } from './stories.ts';
import type { WrittenWorld } from './written-world.ts';

const artifacts = carries.leak | carries.archive | carries.thread | carries.tag | carries.article;
const binMs = 5 * minute;
const baselineBins = 18;

/** First posts of the story by platform, and its rise on X; -1 or null where there is none. */
export interface StorySeen {
  /** Of all posts that were made, by their true times. */
  made: readonly number[];
  /** Of the posts in the files, by the times stated there. */
  inFiles: readonly number[];
  /** Start of the first 5-minute bin on X that 90 quiet minutes cannot explain, by the clock of X. */
  takeoff: number | null;
  /** Start of the first burst of level 2 or more on X (Kleinberg, s = 2, gamma = 1), by the clock of X. */
  trend: number | null;
  posts: { made: number; inFiles: number };
}

/** Looks at the story as it was made and as it stands in the files. */
export function observeStory(written: WrittenWorld): StorySeen {
  const { log } = written.built.world;
  const made = platformNames.map(() => -1);
  const inFiles = platformNames.map(() => -1);
  const times: number[] = [];
  const posts = { made: 0, inFiles: 0 };
  for (const post of written.order) {
    if (!log.matches(post, mainTopic)) continue;
    const platform = log.platform[post]!;
    const recorded = written.fates[post] === kept;
    posts.made++;
    if (recorded) posts.inFiles++;
    if (recorded && platform === x) times.push(written.ids.clock(post));
    if (!bringsArtifact(written, post)) continue;
    if (made[platform]! < 0) made[platform] = post;
    if (recorded && inFiles[platform]! < 0) inFiles[platform] = post;
  }
  const first = inFiles[x]! < 0 ? null : written.ids.clock(inFiles[x]!);
  const later = Float64Array.from(times.filter((time) => first !== null && time >= first));
  return { made, inFiles, takeoff: takeoff(later), trend: trend(later), posts };
}

/** Whether the post shows an artifact of the story, not only its words; news items are artifacts themselves. */
export function bringsArtifact(written: WrittenWorld, post: number): boolean {
  const { log } = written.built.world;
  return platformNames[log.platform[post]!] === 'news' || (log.carry[log.source(post)]! & artifacts) !== 0;
}

function takeoff(times: Float64Array): number | null {
  if (times.length === 0) return null;
  const start = Math.floor(times[0]! / binMs) * binMs - baselineBins * binMs;
  const counts = new Uint32Array(Math.floor((times.at(-1)! - start) / binMs) + 1);
  for (const time of times) counts[Math.floor((time - start) / binMs)]!++;
  const onset = poissonOnset(counts, { baselineBins });
  return onset === null ? null : start + onset.bin * binMs;
}

function trend(times: Float64Array): number | null {
  const bursts = kleinbergBursts(times, { resolution: 1 }).filter(
    (burst) => burst.level >= 2 && burst.last - burst.first >= 20,
  );
  return bursts.reduce<number | null>(
    (first, burst) => (first === null || burst.start < first ? burst.start : first),
    null,
  );
}
