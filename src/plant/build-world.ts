import { fillBoardBackground, ThreadCounter } from './board-background.ts';
import { addBoosterRoutine } from './booster-groups.ts';
import { type Campaign, plantStory } from './campaign.ts';
import { assembleCast, type Cast } from './cast.ts';
import { fringe } from './communities.ts';
import { hour } from './daily-rhythm.ts';
import { fillNewsBackground } from './news-background.ts';
import { addNoise } from './noise.ts';
import { type OrganicMainStory, spreadMainStory } from './organic-main-story.ts';
import { spreadOrganicStory } from './organic-story.ts';
import type { PlantOptions } from './plant-options.ts';
import { bluesky, board, news, telegram, x } from './post-log.ts';
import { reuseAccounts } from './reuse-accounts.ts';
import { fillSocialBackground } from './social-background.ts';
import { type DecoyStory, decoyStories, mainTopic } from './stories.ts';
import { fillTelegramBackground } from './telegram-background.ts';
import { createWorld, type World } from './world.ts';

export interface BuiltWorld {
  world: World;
  cast: Cast;
  /** Null in a world without a campaign. */
  campaign: Campaign | null;
  organic: OrganicMainStory | null;
  /** News items by topic, in order of time; those of no story under -1. */
  articles: ReadonlyMap<number, readonly number[]>;
  threads: number;
  /** Accounts that took part in the campaign of another seed too. */
  reused: readonly number[];
}

/** Makes all posts of the invented world in memory, as columns; texts and ids come when they are written. */
export function buildWorld(
  options: PlantOptions,
  effects: { signal?: AbortSignal; onProgress?: (made: number) => void },
): BuiltWorld {
  const world = createWorld(options, effects.signal);
  const { log, budget } = world;
  const made = () => effects.onProgress?.(log.count);
  const cast = assembleCast(world);
  const threads = new ThreadCounter();
  const articles = new Map<number, number[]>();
  for (const [i, decoy] of decoyStories.entries()) {
    const topic = mainTopic + 1 + i;
    articles.set(topic, spreadDecoy(world, cast, threads, decoy, topic));
  }
  const campaign = options.campaign ? plantStory(world, cast, threads) : null;
  const organic = options.campaign ? null : spreadMainStory(world, cast, threads);
  articles.set(mainTopic, (campaign ?? organic)!.reports);
  made();
  addNoise(world, cast);
  articles.set(-1, fillNewsBackground(world, cast, budget.total[news]!));
  fillTelegramBackground(world, cast, budget.total[telegram]!);
  fillBoardBackground(world, threads, budget.total[board]!);
  made();
  fillSocialBackground(world, cast, bluesky, budget.total[bluesky]!);
  fillSocialBackground(world, cast, x, budget.total[x]! - (campaign ? budget.boosterOtherPosts : 0));
  if (campaign) addBoosterRoutine(world, cast.boosterGroups, fringe);
  made();
  const built = { world, cast, campaign, organic, articles, threads: threads.count, reused: [] };
  if (options.reuseSeed < 0) return built;
  const other = buildWorld({ ...options, seed: options.reuseSeed, reuseSeed: -1 }, {});
  return { ...built, reused: reuseAccounts(built, other, options.reuseShare) };
}

function spreadDecoy(world: World, cast: Cast, threads: ThreadCounter, decoy: DecoyStory, topic: number): number[] {
  const sum = decoyStories.reduce((total, one) => total + one.weight, 0);
  const random = world.random(`decoy ${topic}`);
  const start = world.start + (decoy.startHour + random.uniform(-2, 2)) * hour;
  const size = (world.budget.decoys * decoy.weight) / sum;
  const scaled = (parts: Readonly<Record<number, number>>, factor: number) =>
    Object.fromEntries(Object.entries(parts).map(([platform, part]) => [platform, part * factor]));
  const sizes = scaled(decoy.shares, size);
  for (const platform of Object.keys(sizes)) sizes[platform] = Math.round(sizes[platform]!);
  if (sizes[board]) sizes[board] = Math.min(sizes[board], 320);
  return spreadOrganicStory(world, cast, threads, {
    topic,
    start,
    growMs: decoy.growMs,
    decayMs: decoy.decayMs,
    sizes,
    lagMs: scaled(decoy.lagHours, hour),
    public: decoy.public,
    reports: decoy.newsHours.map((later) => ({ time: start + later * hour, outlet: random.int(6) })),
  });
}
