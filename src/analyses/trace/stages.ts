import { kleinbergBursts } from '../../base/kleinberg.ts';
import { poissonOnset } from '../../base/poisson-onset.ts';
import { countWithin } from '../../base/time-bins.ts';
import type { TracePosts } from './load-trace-posts.ts';

export const onsetBinMs = 5 * 60_000;
const baselineMs = 90 * 60_000;
const hour = 3_600_000;
const trendLevel = 2;
const fewestForTrend = 50;

export interface Onset {
  /** Start and end of the first significant bin. */
  start: number;
  end: number;
  pValue: number;
}

/**
 * First 5-minute bin in which posts come significantly faster than in the 90 minutes before `from` (Poisson tail below 1e-6 of the
 * baseline mean + 0.5); bins are counted from 1970. Null where the story never takes off.
 */
export function takeoffAfter(times: Float64Array, from: number): Onset | null {
  const baselineBins = baselineMs / onsetBinMs;
  const start = Math.floor(from / onsetBinMs) * onsetBinMs - baselineMs;
  const end = times.at(-1)! + onsetBinMs;
  if (end <= start + baselineMs) return null;
  const bins = countWithin(times, start, end, onsetBinMs);
  if (bins.counts.length <= baselineBins) return null;
  const onset = poissonOnset(bins.counts, { baselineBins });
  if (!onset) return null;
  const at = bins.startMs + onset.bin * onsetBinMs;
  return { start: at, end: at + onsetBinMs, pValue: onset.pValue };
}

/** The first burst of level 2 or more (Kleinberg, s = 2, gamma = 1) of the posts of one platform after `from`. */
export function trendAfter(times: Float64Array, from: number): { start: number; end: number; level: number } | null {
  const later = times.filter((time) => time >= from);
  if (later.length < fewestForTrend) return null;
  const bursts = kleinbergBursts(later, { resolution: 1000 }).filter(
    (burst) => burst.level >= trendLevel && burst.last - burst.first >= 20,
  );
  if (bursts.length === 0) return null;
  const first = bursts.reduce((a, b) => (b.start < a.start ? b : a));
  return { start: first.start, end: first.end, level: first.level };
}

/** Times of the posts of one platform, ascending. */
export function timesOn(posts: TracePosts, platform: number): Float64Array {
  const times: number[] = [];
  for (let i = 0; i < posts.count; i++) if (posts.platform[i] === platform) times.push(posts.time[i]!);
  return Float64Array.from(times);
}

/** Whether the day before `time` was collected well enough to say that nothing was there. */
export const leftEdgeMs = 24 * hour;
