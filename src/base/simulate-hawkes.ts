import type { HawkesEvents, HawkesModel } from './hawkes-model.ts';
import type { Random } from './random.ts';

/**
 * Events of a model from an empty past: background events, and for each event Poisson many children per destination and rate at
 * exponential waits, until none is left in the span. RangeError above `most` events (default 50 million), where the model may explode.
 */
export function simulateHawkes(
  model: HawkesModel,
  span: { from: number; to: number },
  random: Random,
  most = 50_000_000,
): HawkesEvents {
  const { processes, decays, background, weights } = model;
  const times: number[] = [];
  const process: number[] = [];
  for (let k = 0; k < processes; k++) {
    const rate = background[k]!;
    if (!(rate > 0)) continue;
    for (let t = span.from + random.exponential(rate); t < span.to; t += random.exponential(rate)) {
      times.push(t);
      process.push(k);
    }
  }
  for (let parent = 0; parent < times.length; parent++) {
    if (times.length > most) throw new RangeError(`more than ${most} events`);
    for (let k = 0; k < processes; k++) {
      for (let b = 0; b < decays.length; b++) {
        const children = random.poisson(weights[(process[parent]! * processes + k) * decays.length + b]!);
        for (let child = 0; child < children; child++) {
          const time = times[parent]! + random.exponential(decays[b]!);
          if (time >= span.to) continue;
          times.push(time);
          process.push(k);
        }
      }
    }
  }
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return {
    times: Float64Array.from(order, (i) => times[i]!),
    process: Uint8Array.from(order, (i) => process[i]!),
    processes,
    ...span,
  };
}
