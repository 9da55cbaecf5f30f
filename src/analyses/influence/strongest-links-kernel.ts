import { type HawkesEvents, type HawkesModel, intensities } from '../../base/hawkes-model.ts';

/** An event and the event of another process that most likely set it off, with the probability of just that link. */
export interface StrongLink {
  cause: number;
  effect: number;
  probability: number;
}

const farthest = 200;

/** For each pair of processes the links with the highest probability, at most `most`; each cause and effect once, looking back 200 events. */
export function strongestLinks(events: HawkesEvents, model: HawkesModel, most: number): StrongLink[][] {
  const { processes, decays, weights } = model;
  const rates = decays.length;
  const lambda = intensities(events, model);
  const best: StrongLink[][] = Array.from({ length: processes * processes }, () => []);
  for (let effect = 1; effect < events.times.length; effect++) {
    const k = events.process[effect]!;
    const found = new Map<number, StrongLink>();
    for (let cause = effect - 1; cause >= Math.max(0, effect - farthest); cause--) {
      const wait = events.times[effect]! - events.times[cause]!;
      if (wait <= 0) continue;
      const cell = events.process[cause]! * processes + k;
      let pull = 0;
      for (let b = 0; b < rates; b++) pull += weights[cell * rates + b]! * decays[b]! * Math.exp(-decays[b]! * wait);
      const probability = pull / lambda[effect]!;
      if (probability > (found.get(cell)?.probability ?? 0)) found.set(cell, { cause, effect, probability });
    }
    for (const [cell, link] of found) insert(best[cell]!, link, most);
  }
  return best;
}

function insert(list: StrongLink[], link: StrongLink, most: number): void {
  const same = list.findIndex((one) => one.cause === link.cause);
  if (same >= 0) {
    if (list[same]!.probability >= link.probability) return;
    list.splice(same, 1);
  }
  let at = list.length;
  while (at > 0 && list[at - 1]!.probability < link.probability) at--;
  list.splice(at, 0, link);
  if (list.length > most) list.pop();
}
