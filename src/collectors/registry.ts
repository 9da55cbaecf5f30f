import { bluesky } from './bluesky.ts';
import type { Collector } from './collector.ts';
import { feed } from './feed.ts';
import { fourchan } from './fourchan.ts';
import { gdelt } from './gdelt.ts';
import { mastodon } from './mastodon.ts';
import { reddit } from './reddit.ts';
import { telegram } from './telegram.ts';
import { x } from './x.ts';

export type { Collector, CollectorOption, CollectorOptionValue } from './collector.ts';

/** All live sources. Adding one = its file and a line here. */
export const collectors: readonly Collector[] = [fourchan, bluesky, mastodon, x, reddit, telegram, feed, gdelt];
