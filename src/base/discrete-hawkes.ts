import { cosineBasis } from './cosine-basis.ts';
import { fitIntensity, type IntensityRows } from './fit-intensity.ts';
import type { HawkesEvents } from './hawkes-model.ts';
import type { Random } from './random.ts';
import { resampleRows } from './resample-rows.ts';

/** Counts of several processes in equal bins, as a list of the bins that are not empty, ordered by bin. */
export interface BinnedEvents {
  bins: number;
  processes: number;
  bin: Uint32Array;
  process: Uint8Array;
  count: Float64Array;
}

/**
 * The rate of process k in bin t is background[k] + sum over lags d and sources j of count_j(t - d) weight[j, k, b] basis[b, d] (Linderman &
 * Adams 2014, without their priors). The weight of source j, destination k, bump b stands at (j * processes + k) * bumps + b; weights of a
 * pair sum to the expected number of direct children of one event.
 */
export interface DiscreteHawkesModel {
  processes: number;
  bumps: number;
  lags: number;
  basis: Float64Array;
  background: Float64Array;
  weights: Float64Array;
}

/** Events in bins of `width`, counted from `from`. RangeError above 2^32 bins. */
export function binEvents(events: HawkesEvents, width: number): BinnedEvents {
  const bins = Math.max(1, Math.ceil((events.to - events.from) / width));
  if (bins >= 2 ** 32) throw new RangeError(`${bins} bins`);
  const bin: number[] = [];
  const process: number[] = [];
  const count: number[] = [];
  const placeOf = new Int32Array(events.processes);
  let open = -1;
  for (let i = 0; i < events.times.length; i++) {
    const here = Math.min(bins - 1, Math.floor((events.times[i]! - events.from) / width));
    if (here !== open) {
      open = here;
      placeOf.fill(-1);
    }
    const k = events.process[i]!;
    if (placeOf[k] === -1) {
      placeOf[k] = bin.length;
      bin.push(here);
      process.push(k);
      count.push(0);
    }
    count[placeOf[k]!] = count[placeOf[k]!]! + 1;
  }
  return {
    bins,
    processes: events.processes,
    bin: Uint32Array.from(bin),
    process: Uint8Array.from(process),
    count: Float64Array.from(count),
  };
}

/** Calls `visit` for every pair of a cell and an earlier cell at most `lags` bins before it. */
function eachInfluence(
  { bin }: BinnedEvents,
  lags: number,
  visit: (later: number, earlier: number, lag: number) => void,
): void {
  let first = 0;
  for (let later = 0; later < bin.length; later++) {
    while (bin[later]! - bin[first]! > lags) first++;
    for (let earlier = first; bin[earlier]! < bin[later]!; earlier++)
      visit(later, earlier, bin[later]! - bin[earlier]!);
  }
}

/** Rows of each destination process, their cells, and the basis: column 0 is the background, column 1 + j * bumps + b source j at bump b. */
interface DiscreteRows {
  rows: IntensityRows[];
  cells: Uint32Array[];
  basis: Float64Array;
}

function discreteRows(events: BinnedEvents, { lags, bumps }: { lags: number; bumps: number }): DiscreteRows {
  const { processes, bin, process, count, bins } = events;
  const basis = cosineBasis(bumps, lags);
  const width = 1 + processes * bumps;
  const exposure = blockExposures(events, basis, lags, Float64Array.of(0, bins));
  const features = new Float64Array(bin.length * width);
  for (let cell = 0; cell < bin.length; cell++) features[cell * width] = 1;
  eachInfluence(events, lags, (later, earlier, lag) => {
    const row = later * width + 1 + process[earlier]! * bumps;
    for (let b = 0; b < bumps; b++)
      features[row + b] = features[row + b]! + count[earlier]! * basis[b * lags + lag - 1]!;
  });
  const cells = Array.from({ length: processes }, (_, k) =>
    Uint32Array.from(bin.keys()).filter((cell) => process[cell] === k),
  );
  const rows = cells.map((own): IntensityRows => {
    const rowFeatures = new Float64Array(own.length * width);
    own.forEach((cell, at) => {
      rowFeatures.set(features.subarray(cell * width, (cell + 1) * width), at * width);
    });
    return { width, exposure, features: rowFeatures, weights: Float64Array.from(own, (cell) => count[cell]!) };
  });
  return { rows, cells, basis };
}

/** Bins and kernel mass within each block of bins `edges[i]` .. `edges[i + 1] - 1`, block after block in the columns of the rows. */
function blockExposures(events: BinnedEvents, basis: Float64Array, lags: number, edges: Float64Array): Float64Array {
  const { processes, bin, process, count } = events;
  const bumps = basis.length / lags;
  const width = 1 + processes * bumps;
  const cumulated = basis.slice();
  for (let place = 0; place < cumulated.length; place++)
    if (place % lags > 0) cumulated[place] = cumulated[place]! + cumulated[place - 1]!;
  const until = (b: number, lag: number) => (lag <= 0 ? 0 : cumulated[b * lags + Math.min(lags, lag) - 1]!);
  const exposures = new Float64Array((edges.length - 1) * width);
  let first = 0;
  for (let block = 0; block + 1 < edges.length; block++) {
    const start = edges[block]!;
    const end = edges[block + 1]!;
    exposures[block * width] = end - start;
    while (first < bin.length && bin[first]! + lags < start) first++;
    for (let cell = first; cell < bin.length && bin[cell]! < end; cell++) {
      for (let b = 0; b < bumps; b++) {
        const c = block * width + 1 + process[cell]! * bumps + b;
        const mass = until(b, end - 1 - bin[cell]!) - until(b, start - 1 - bin[cell]!);
        exposures[c] = exposures[c]! + count[cell]! * mass;
      }
    }
  }
  return exposures;
}

function fitDiscreteRows(
  rows: readonly IntensityRows[],
  shape: { lags: number; bumps: number; basis: Float64Array; tolerance?: number },
): { model: DiscreteHawkesModel; logLikelihood: number; converged: boolean } {
  const { lags, bumps, basis, tolerance } = shape;
  const processes = rows.length;
  const fits = rows.map((one) => fitIntensity(one, tolerance === undefined ? {} : { tolerance }));
  const weights = new Float64Array(processes * processes * bumps);
  for (let k = 0; k < processes; k++)
    for (let j = 0; j < processes; j++)
      for (let b = 0; b < bumps; b++)
        weights[(j * processes + k) * bumps + b] = fits[k]!.parameters[1 + j * bumps + b]!;
  const background = Float64Array.from(fits, (fit) => fit.parameters[0]!);
  return {
    model: { processes, bumps, lags, basis, background, weights },
    logLikelihood: fits.reduce((sum, fit) => sum + fit.logLikelihood, 0),
    converged: fits.every((fit) => fit.converged),
  };
}

/** Most likely model; RangeError where bumps and lags do not fit. O(cells * cells within the lags * bumps). */
export function fitDiscreteHawkes(
  events: BinnedEvents,
  options: { lags: number; bumps: number },
): { model: DiscreteHawkesModel; logLikelihood: number; converged: boolean } {
  const { rows, basis } = discreteRows(events, options);
  return fitDiscreteRows(rows, { ...options, basis });
}

/** As `bootstrapHawkes`: refits under stretches of bins with about equally many events, drawn with replacement. */
export function bootstrapDiscreteHawkes(
  events: BinnedEvents,
  options: { lags: number; bumps: number; replicates: number; blocks?: number },
  random: Random,
): DiscreteHawkesModel[] {
  const { rows, cells, basis } = discreteRows(events, options);
  const blocks = Math.max(2, Math.min(options.blocks ?? 100, Math.floor(events.bin.length / 5)));
  const edges = [0];
  for (let block = 1; block < blocks; block++) {
    const edge = events.bin[Math.floor((block * events.bin.length) / blocks)]!;
    if (edge > edges.at(-1)!) edges.push(edge);
  }
  edges.push(events.bins);
  const exposures = blockExposures(events, basis, options.lags, Float64Array.from(edges));
  const blockOf = cells.map((own) => {
    let block = 0;
    return Uint32Array.from(own, (cell) => {
      while (block + 2 < edges.length && events.bin[cell]! >= edges[block + 1]!) block++;
      return block;
    });
  });
  return Array.from(
    { length: options.replicates },
    () => fitDiscreteRows(resampleRows(rows, blockOf, exposures, random), { ...options, basis, tolerance: 0.01 }).model,
  );
}

/** As `eventCauses`, for binned events: direct causes, unexplained events and first causes of the chain. */
export function binnedCauses(
  events: BinnedEvents,
  model: DiscreteHawkesModel,
): { direct: Float64Array; background: Float64Array; root: Float64Array } {
  const { processes, bin, process, count } = events;
  const { lags, bumps, basis, weights } = model;
  const kernel = new Float64Array(processes * processes * lags);
  for (let cell = 0; cell < processes * processes; cell++)
    for (let b = 0; b < bumps; b++)
      for (let d = 0; d < lags; d++)
        kernel[cell * lags + d] = kernel[cell * lags + d]! + weights[cell * bumps + b]! * basis[b * lags + d]!;
  const direct = new Float64Array(processes * processes);
  const unexplained = new Float64Array(processes);
  const root = new Float64Array(processes * processes);
  const rootOf = new Float64Array(bin.length * processes);
  let first = 0;
  for (let later = 0; later < bin.length; later++) {
    while (bin[later]! - bin[first]! > lags) first++;
    const k = process[later]!;
    let rate = model.background[k]!;
    const pulls: number[] = [];
    for (let earlier = first; bin[earlier]! < bin[later]!; earlier++) {
      const cell = process[earlier]! * processes + k;
      const pull = count[earlier]! * kernel[cell * lags + bin[later]! - bin[earlier]! - 1]!;
      pulls.push(pull);
      rate += pull;
    }
    const own = rate > 0 ? model.background[k]! / rate : 1;
    unexplained[k] = unexplained[k]! + count[later]! * own;
    rootOf[later * processes + k] = own;
    pulls.forEach((pull, at) => {
      if (pull === 0) return;
      const earlier = first + at;
      const cell = process[earlier]! * processes + k;
      direct[cell] = direct[cell]! + (count[later]! * pull) / rate;
      for (let r = 0; r < processes; r++)
        rootOf[later * processes + r] =
          rootOf[later * processes + r]! + (pull / rate) * rootOf[earlier * processes + r]!;
    });
    for (let r = 0; r < processes; r++)
      root[r * processes + k] = root[r * processes + k]! + count[later]! * rootOf[later * processes + r]!;
  }
  return { direct, background: unexplained, root };
}
