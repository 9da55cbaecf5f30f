import type { ThreadCounter } from './board-background.ts';
import type { Cast } from './cast.ts';
import { day, hour } from './daily-rhythm.ts';
import { addPassingMentions, addSpam } from './noise.ts';
import { spreadOrganicStory } from './organic-story.ts';
import { bluesky, board, carries, original, telegram, x } from './post-log.ts';
import { mainTopic } from './stories.ts';
import type { World } from './world.ts';

/** The story of a world without a campaign, as it was made. */
export interface OrganicMainStory {
  start: number;
  reports: number[];
  response: number;
  mentions: number[];
}

/** Lets the traced story come from the press and spread by itself: first a report, then social platforms, the board last. */
export function spreadMainStory(world: World, cast: Cast, threads: ThreadCounter): OrganicMainStory {
  const random = world.random('organic main');
  const start = world.start + 2 * day + random.uniform(9, 12) * hour;
  const growMs = random.uniform(4.5, 6) * hour;
  const spam = Math.max(3, Math.round(world.budget.story[x]! * 0.008));
  const { story } = world.budget;
  const reports = spreadOrganicStory(world, cast, threads, {
    topic: mainTopic,
    start,
    growMs,
    decayMs: random.uniform(6, 9) * hour,
    sizes: {
      [x]: story[x]! - spam - 10,
      [bluesky]: story[bluesky]!,
      [telegram]: story[telegram]!,
      [board]: Math.min(story[board]!, 320),
    },
    lagMs: {
      [x]: 0.25 * hour,
      [bluesky]: random.uniform(0.4, 1) * hour,
      [telegram]: random.uniform(1, 2) * hour,
      [board]: random.uniform(4, 6) * hour,
    },
    public: [],
    reports: [2, 0, 4, 1].map((outlet, i) => ({ outlet, time: start + i * random.uniform(0.7, 2.2) * hour })),
  });
  const mentions = addPassingMentions(world, cast, cast.celebrities.slice(1), start + growMs);
  addSpam(world, cast, mainTopic, start + growMs, spam);
  const response = world.log.add({
    time: start + growMs + random.uniform(0.5, 3) * hour,
    platform: x,
    kind: original,
    account: cast.subject,
    topic: mainTopic,
    carry: carries.phrase,
    variant: random.uint32(),
  });
  world.scripts.set(response, 'Our statement on the ferry papers: the plan is a draft. Come to the meeting and ask.');
  return { start, reports, response, mentions };
}
