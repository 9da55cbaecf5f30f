import type { OptionValue } from '../analysis.ts';
import type { Signal } from './signal.ts';
import { type StoryPosts, seenBy } from './story-posts.ts';
import { takeoffs } from './takeoff-kernel.ts';
import { tierNames } from './venue-tables.ts';

type Options = Readonly<Record<string, OptionValue>>;

const hour = 3_600_000;
const mostEvidence = 10;

/** Moments from which happenings are told: `recentHours` before the moment of asking. */
export const recentFrom = (options: Options, asOf: number): number => asOf - Number(options.recentHours) * hour;
export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** Sudden rises of the story, by default only while no mainstream venue has carried it. */
export function takeoffSignals(story: StoryPosts, options: Options, asOf: number): Signal[] {
  const count = seenBy(story, asOf);
  const mainstream = firstOfTier(story, count, 2);
  return takeoffs(story.seen, count)
    .filter((one) => one.start >= recentFrom(options, asOf))
    .filter((one) => options.belowMainstreamOnly !== true || mainstream === null || one.from < mainstream)
    .map((one) => ({
      rule: 'takeoff',
      story: story.name,
      subject: story.name,
      key: `takeoff:${story.name}:${isoTime(one.start)}`,
      at: isoTime(one.start),
      headline: `${story.name} takes off`,
      reasons: [
        `${one.count} posts within five minutes; the 90 minutes before let expect ${one.expected.toFixed(1)}`,
        `on ${platformsOf(story, one.from, one.to).join(', ')}`,
      ],
      posts: story.post.slice(one.from, Math.min(one.to, one.from + mostEvidence)),
    }));
}

/** The first post of the story on a mainstream venue, where it was seen below before. */
export function mainstreamSignals(story: StoryPosts, options: Options, asOf: number): Signal[] {
  const count = seenBy(story, asOf);
  const at = firstOfTier(story, count, 2);
  if (at === null || at === 0 || story.seen[at]! < recentFrom(options, asOf)) return [];
  const first = 0;
  const time = story.seen[at]!;
  return [
    {
      rule: 'mainstream-crossing',
      story: story.name,
      subject: story.name,
      key: `mainstream-crossing:${story.name}`,
      at: isoTime(time),
      headline: `${story.name} reaches a mainstream venue`,
      reasons: [
        `first post on a mainstream venue: ${story.post[at]}`,
        `${inWords(time - story.seen[first]!)} after the story's first post in this collection, on ${story.platforms[story.platform[first]!]} (${tierNames[story.tier[first]!]})`,
        `${at} posts below the mainstream before`,
      ],
      posts: [story.post[first]!, story.post[at]!],
    },
  ];
}

export function firstOfTier(story: StoryPosts, count: number, tier: number): number | null {
  for (let i = 0; i < count; i++) if (story.tier[i] === tier) return i;
  return null;
}

/** A span in hours and minutes. */
export function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function platformsOf(story: StoryPosts, from: number, to: number): string[] {
  return [...new Set(story.platform.subarray(from, to))].map((one) => story.platforms[one]!).sort();
}
