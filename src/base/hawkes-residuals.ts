import { type HawkesEvents, type HawkesModel, walkExcitation } from './hawkes-model.ts';
import { kolmogorovPValue } from './kolmogorov.ts';

/** How well the waits of one process fit: under the model its rescaled waits are exponential with mean 1. */
export interface RescaledWaits {
  /** Expected events between one event and the next, without the first. */
  waits: Float64Array;
  /** Largest distance between their distribution and the exponential one. */
  distance: number;
  /** Chance of such a distance under the model; somewhat too large because the parameters were fitted to the same events. */
  pValue: number;
}

/** Time rescaling (Brown et al. 2002) for each process; processes with fewer than 2 events have no waits and a p value of 1. */
export function rescaledWaits(events: HawkesEvents, model: HawkesModel): RescaledWaits[] {
  const { processes, decays, background, weights } = model;
  const rates = decays.length;
  const waits: number[][] = Array.from({ length: processes }, () => []);
  const atLast = new Float64Array(processes).fill(Number.NaN);
  const before = new Float64Array(processes);
  let counted = 0;
  walkExcitation(events, decays, (i, excitation) => {
    const time = events.times[i]!;
    for (; events.times[counted]! < time; counted++)
      before[events.process[counted]!] = before[events.process[counted]!]! + 1;
    const k = events.process[i]!;
    let total = background[k]! * (time - events.from);
    for (let j = 0; j < processes; j++)
      for (let b = 0; b < rates; b++)
        total += weights[(j * processes + k) * rates + b]! * (before[j]! - excitation[j * rates + b]!);
    if (!Number.isNaN(atLast[k]!)) waits[k]!.push(Math.max(0, total - atLast[k]!));
    atLast[k] = total;
  });
  return waits.map((list) => {
    const sorted = Float64Array.from(list).sort();
    let distance = 0;
    for (let i = 0; i < sorted.length; i++) {
      const expected = -Math.expm1(-sorted[i]!);
      distance = Math.max(distance, expected - i / sorted.length, (i + 1) / sorted.length - expected);
    }
    return { waits: Float64Array.from(list), distance, pValue: kolmogorovPValue(distance, sorted.length) };
  });
}
