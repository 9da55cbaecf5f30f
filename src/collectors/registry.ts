import { bluesky } from './bluesky.ts';
import type { Collector } from './collector.ts';
import { fourchan } from './fourchan.ts';

export type { Collector, CollectorOption, CollectorOptionValue } from './collector.ts';

/** All live sources. Adding one = its file and a line here. */
export const collectors: readonly Collector[] = [fourchan, bluesky];
