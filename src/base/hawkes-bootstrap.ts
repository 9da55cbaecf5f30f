import { fitRows, hawkesRows } from './hawkes-fit.ts';
import type { HawkesEvents, HawkesModel } from './hawkes-model.ts';
import type { Random } from './random.ts';
import { resampleRows } from './resample-rows.ts';

/**
 * Refits under resampled stretches of time: the span is cut into `blocks` stretches with equally many events, which are drawn with
 * replacement; what came before each stretch stays as it was. The scores of a point process are uncorrelated between stretches, so the
 * spread of the refits is the spread of the estimate, also where the kernel is only roughly right.
 */
export function bootstrapHawkes(
  events: HawkesEvents,
  fitted: HawkesModel,
  random: Random,
  options: { replicates: number; blocks?: number },
): HawkesModel[] {
  const { times } = events;
  const blocks = Math.max(2, Math.min(options.blocks ?? 100, Math.floor(times.length / 5)));
  const edges = blockEdges(events, blocks);
  const blockOf = new Uint16Array(times.length);
  for (let i = 0, block = 0; i < times.length; i++) {
    while (block + 1 < edges.length - 1 && times[i]! > edges[block + 1]!) block++;
    blockOf[i] = block;
  }
  const rows = hawkesRows(events, fitted.decays);
  const exposures = blockExposures(events, fitted.decays, edges);
  const rowBlocks = rows.map(() => [] as number[]);
  for (let i = 0; i < times.length; i++) rowBlocks[events.process[i]!]!.push(blockOf[i]!);
  return Array.from(
    { length: options.replicates },
    () =>
      fitRows(resampleRows(rows, rowBlocks, exposures, random), fitted.decays, { start: fitted, tolerance: 0.01 })
        .model,
  );
}

/** Ends of stretches with about equally many events; events at one time stay together. */
function blockEdges({ times, from, to }: HawkesEvents, blocks: number): Float64Array {
  const edges = [from];
  for (let block = 1; block < blocks; block++) {
    const edge = times[Math.floor((block * times.length) / blocks)]!;
    if (edge > edges.at(-1)! && edge < to) edges.push(edge);
  }
  edges.push(to);
  return Float64Array.from(edges);
}

/** Time and kernel mass that lie in each stretch, per column of the rows; edges belong to the stretch that they end. */
function blockExposures(events: HawkesEvents, decays: Float64Array, edges: Float64Array): Float64Array {
  const { times, process, processes } = events;
  const rates = decays.length;
  const width = 1 + processes * rates;
  const used = edges.length - 1;
  const exposures = new Float64Array(used * width);
  const carried = new Float64Array(processes * rates);
  let i = 0;
  for (let block = 0; block < used; block++) {
    const start = edges[block]!;
    const end = edges[block + 1]!;
    const row = block * width;
    exposures[row] = end - start;
    for (let c = 0; c < carried.length; c++) {
      const decay = decays[c % rates]!;
      const kept = Math.exp(-decay * (end - start));
      exposures[row + 1 + c] = carried[c]! * (1 - kept);
      carried[c] = carried[c]! * kept;
    }
    for (; i < times.length && times[i]! <= end; i++) {
      for (let b = 0; b < rates; b++) {
        const kept = Math.exp(-decays[b]! * (end - times[i]!));
        const c = process[i]! * rates + b;
        exposures[row + 1 + c] = exposures[row + 1 + c]! + 1 - kept;
        carried[c] = carried[c]! + kept;
      }
    }
  }
  return exposures;
}
