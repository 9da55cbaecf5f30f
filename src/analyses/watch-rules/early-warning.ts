import type { OptionValue } from '../analysis.ts';
import type { YoungArtifacts } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import { isoTime } from './story-rules.ts';
import { type SharesOfOne, warningFeaturesOf } from './warning-features-kernel.ts';
import { type WarningModel, warn, warningReasons } from './warning-model.ts';
import { sharesOfOne, warnedRule, youngOnFringe } from './young-on-fringe.ts';

const hour = 3_600_000;

/** Young artifacts of the fringe, not yet on a mainstream venue, whose chance to get there is at least the threshold. */
export function earlyWarningSignals(
  young: YoungArtifacts,
  model: WarningModel,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Signal[] {
  const rule = { ...warnedRule, oldestMs: Number(options.oldestHours) * hour };
  return youngOnFringe(young, rule, asOf).flatMap((i): Signal[] => {
    const { kind, value, display } = young.names[i]!;
    const shares = sharesOfOne(young, i, asOf);
    if (shares.tier.includes(2)) return [];
    const features = warningFeaturesOf(shares);
    const warning = warn(model, features);
    if (warning.probability < Number(options.threshold)) return [];
    const reasons = warningReasons(features, warning);
    const { probability } = warning;
    const { withinHours } = model;
    return [
      {
        rule: 'early-warning',
        story: undefined,
        subject: display,
        artifact: { kind, value },
        key: `early-warning:${kind}:${value}`,
        at: isoTime(shares.time.at(-1)!),
        headline: `${display} may reach the mainstream within ${withinHours} hours`,
        reasons: [`score ${probability.toFixed(2)}`, ...reasons],
        posts: evidence(shares).map((at) => young.post[young.offset[i]! + at]!),
        score: { probability, withinHours, reasons },
      },
    ];
  });
}

/** Places of the first share, of the first ones above the fringe, and of the last. */
export function evidence({ time, tier }: SharesOfOne): number[] {
  const above = [...tier.keys()].filter((at) => tier[at]! > 0);
  return [...new Set([0, ...above.slice(0, 6), Math.max(0, time.length - 2), time.length - 1])].sort((a, b) => a - b);
}
