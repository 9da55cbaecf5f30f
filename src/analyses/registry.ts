import type { Analysis } from './analysis.ts';
import { automation } from './automation/automation.ts';
import { boosterLanguage } from './booster-language/booster-language.ts';
import { bursts } from './bursts/bursts.ts';
import { cascades } from './cascades/cascades.ts';
import { communities } from './communities/communities.ts';
import { coordination } from './coordination/coordination.ts';
import { influence } from './influence/influence.ts';
import { superspreaders } from './superspreaders/superspreaders.ts';

/** All analyses that `spillover analyse` runs, by id. */
export const analyses: readonly Analysis[] = [
  coordination,
  cascades,
  influence,
  bursts,
  automation,
  superspreaders,
  communities,
  boosterLanguage,
];
