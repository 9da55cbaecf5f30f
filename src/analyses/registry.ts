import type { Analysis } from './analysis.ts';
import { cascades } from './cascades/cascades.ts';
import { communities } from './communities/communities.ts';
import { coordination } from './coordination/coordination.ts';
import { influence } from './influence/influence.ts';
import { superspreaders } from './superspreaders/superspreaders.ts';

/** All analyses that `spillover analyse` runs, by id. */
export const analyses: readonly Analysis[] = [coordination, cascades, influence, superspreaders, communities];
