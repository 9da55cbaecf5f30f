import type { AutomationResult } from '../analyses/automation/automation-result.ts';
import type { BoosterLanguageResult } from '../analyses/booster-language/booster-language-result.ts';
import type { BurstsResult } from '../analyses/bursts/bursts-result.ts';
import type { CascadesResult } from '../analyses/cascades/cascades-result.ts';
import type { CommunitiesResult } from '../analyses/communities/communities-result.ts';
import type { InfluenceResult } from '../analyses/influence/influence-result.ts';
import type { SuperspreadersResult } from '../analyses/superspreaders/superspreaders-result.ts';
import { activityClock } from './figures/activity-clock.ts';
import { burstTimeline } from './figures/burst-timeline.ts';
import { cascadeSizes } from './figures/cascade-sizes.ts';
import { communitySizes } from './figures/community-sizes.ts';
import { dismantling } from './figures/dismantling.ts';
import type { Figure } from './figures/figure.ts';
import { influenceMatrix } from './figures/influence-matrix.ts';
import { logRatios } from './figures/log-ratios.ts';

const clocksShown = 5;

const drawers: Record<string, (result: never) => (Figure | null)[]> = {
  cascades: (result: CascadesResult) => [cascadeSizes(result)],
  influence: (result: InfluenceResult) => [
    influenceMatrix(result, 'rootShare'),
    influenceMatrix(result, 'directShare'),
  ],
  bursts: (result: BurstsResult) => [burstTimeline(result)],
  automation: (result: AutomationResult) => [
    activityClock(result.hours, 'all accounts that were looked at'),
    ...result.entries.slice(0, clocksShown).map((entry) => activityClock(entry.hours, entry.handle ?? entry.account)),
  ],
  superspreaders: (result: SuperspreadersResult) => [dismantling(result)],
  communities: (result: CommunitiesResult) => [communitySizes(result)],
  'booster-language': (result: BoosterLanguageResult) =>
    result.contrasts
      .slice(0, 1)
      .flatMap((contrast) => contrast.measures.map((measure) => logRatios(contrast, measure))),
};

/** The pictures of a result of this analysis; none for analyses that have no pictures. */
export function analysisFigures(analysis: string, result: object): Figure[] {
  return (drawers[analysis]?.(result as never) ?? []).filter((figure): figure is Figure => figure !== null);
}
