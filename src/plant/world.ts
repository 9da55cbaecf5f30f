import { Accounts } from './accounts.ts';
import { day } from './daily-rhythm.ts';
import type { PlantOptions } from './plant-options.ts';
import { PlantRandom } from './plant-random.ts';
import { bluesky, board, news, PostLog, telegram, x } from './post-log.ts';
import { mainStory, type Story } from './stories.ts';

/** Posts by purpose; the background fills what is left of each platform's total. */
export interface Budget {
  /** All posts by platform, and the story's part of them. */
  total: Readonly<Record<number, number>>;
  story: Readonly<Record<number, number>>;
  decoys: number;
  boosters: number;
  boosterStoryPosts: number;
  boosterOtherPosts: number;
  enthusiasts: number;
  silentPosts: number;
}

export interface World {
  options: PlantOptions;
  start: number;
  end: number;
  log: PostLog;
  accounts: Accounts;
  budget: Budget;
  story: Story;
  /** Sentences of the few posts whose words matter. */
  scripts: Map<number, string>;
  /** Every part of the world has its own stream of random numbers, so that one part does not move another. */
  random: (label: string) => PlantRandom;
  signal: AbortSignal | undefined;
}

export const mostThreads = 120;
const postsPerThread = 320;

/** An empty world of five days with its budget. */
export function createWorld(options: PlantOptions, signal: AbortSignal | undefined): World {
  const start = Math.floor(Date.parse(options.start) / 1000) * 1000;
  return {
    options,
    start,
    end: start + 5 * day,
    log: new PostLog(),
    accounts: new Accounts(options.seed),
    budget: budgetOf(options),
    story: mainStory(options.campaign),
    scripts: new Map(),
    random: (label) => new PlantRandom(options.seed, label),
    signal,
  };
}

function budgetOf(options: PlantOptions): Budget {
  const { posts } = options;
  const total = {
    [board]: Math.min(Math.round(posts * 0.12), mostThreads * postsPerThread),
    [telegram]: Math.min(Math.round(posts * 0.08), 150_000),
    [bluesky]: Math.round(posts * 0.16),
    [news]: Math.min(Math.max(84, Math.round(posts * 0.012)), 2_500),
    [x]: 0,
  };
  total[x] = posts - total[board]! - total[telegram]! - total[bluesky]! - total[news]!;
  const wanted = posts * options.storyShare;
  const story = {
    [board]: Math.min(Math.round(wanted * 0.07), Math.round(total[board]! * 0.25)),
    [telegram]: Math.min(Math.round(wanted * 0.06), Math.round(total[telegram]! * 0.25)),
    [bluesky]: Math.round(wanted * 0.12),
    [x]: 0,
  };
  story[x] = Math.round(wanted) - story[board]! - story[telegram]! - story[bluesky]!;
  const scale = Math.min(1, posts / 10_000);
  const boosters = Math.max(12, Math.round((60 * scale) / 3) * 3);
  return {
    total,
    story,
    decoys: Math.round(posts * 0.09),
    boosters,
    boosterStoryPosts: Math.min(Math.round(story[x]! * 0.42), boosters * 400),
    boosterOtherPosts: Math.round(boosters * Math.min(60, Math.max(5, posts / 1_400))),
    enthusiasts: Math.max(40, Math.round(400 * scale)),
    silentPosts: Math.round(Math.min(160, Math.max(60, posts * 0.0032))),
  };
}
