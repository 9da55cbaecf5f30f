import { fitIntensity, type IntensityFit, type IntensityRows } from './fit-intensity.ts';
import { assertEvents, type HawkesEvents, type HawkesModel, kernelExposure, walkExcitation } from './hawkes-model.ts';

/** A fitted model; `fits` are those of each destination process. */
export interface HawkesFit {
  model: HawkesModel;
  logLikelihood: number;
  /** Sum of the processes' bounds on what other parameters at these decay rates could gain. */
  gap: number;
  converged: boolean;
}

/**
 * The rows of each destination process: column 0 is the background, column 1 + j * rates + b the excitation by source j at rate b. With
 * the decay rates given, the processes do not share parameters.
 */
export function hawkesRows(events: HawkesEvents, decays: Float64Array): IntensityRows[] {
  const { processes, process } = events;
  const rates = decays.length;
  const width = 1 + processes * rates;
  const counts = new Uint32Array(processes);
  for (let i = 0; i < process.length; i++) counts[process[i]!] = counts[process[i]!]! + 1;
  const excited = kernelExposure(events, decays);
  const exposure = new Float64Array(width);
  exposure[0] = events.to - events.from;
  exposure.set(excited, 1);
  const rows = Array.from(
    counts,
    (count): IntensityRows => ({ width, exposure, features: new Float64Array(count * width) }),
  );
  const cursor = new Float64Array(processes);
  walkExcitation(events, decays, (i, excitation) => {
    const k = process[i]!;
    const features = rows[k]!.features;
    let place = cursor[k]!;
    features[place++] = 1;
    for (let j = 0, at = 0; j < processes; j++)
      for (let b = 0; b < rates; b++, at++) features[place++] = decays[b]! * excitation[at]!;
    cursor[k] = place;
  });
  return rows;
}

/**
 * Most likely background rates and weights at given decay rates. RangeError for events out of order or a decay rate that is not above 0.
 *
 * One pass over the events fills the rows, each further step is a matrix product: the excitation does not depend on what is fitted.
 */
export function fitHawkes(
  events: HawkesEvents,
  decays: Float64Array,
  options: { start?: HawkesModel; tolerance?: number } = {},
): HawkesFit {
  assertEvents(events);
  for (const decay of decays) if (!(decay > 0 && decay < Infinity)) throw new RangeError(`a decay rate of ${decay}`);
  return fitRows(hawkesRows(events, decays), decays, options);
}

/** The same from rows that are there already. */
export function fitRows(
  rows: readonly IntensityRows[],
  decays: Float64Array,
  options: { start?: HawkesModel | undefined; tolerance?: number } = {},
): HawkesFit {
  const processes = rows.length;
  const fits = rows.map((one, k) =>
    fitIntensity(one, {
      ...(options.start ? { start: columnOf(options.start, k), emSteps: 0 } : {}),
      ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }),
    }),
  );
  return {
    model: modelOf(fits, processes, decays),
    logLikelihood: fits.reduce((sum, fit) => sum + fit.logLikelihood, 0),
    gap: fits.reduce((sum, fit) => sum + fit.gap, 0),
    converged: fits.every((fit) => fit.converged),
  };
}

function modelOf(fits: readonly IntensityFit[], processes: number, decays: Float64Array): HawkesModel {
  const rates = decays.length;
  const weights = new Float64Array(processes * processes * rates);
  for (let k = 0; k < processes; k++)
    for (let j = 0; j < processes; j++)
      for (let b = 0; b < rates; b++)
        weights[(j * processes + k) * rates + b] = fits[k]!.parameters[1 + j * rates + b]!;
  return { processes, decays, background: Float64Array.from(fits, (fit) => fit.parameters[0]!), weights };
}

/** Parameters of destination `k` in the order of its rows' columns. */
function columnOf(model: HawkesModel, k: number): Float64Array {
  const rates = model.decays.length;
  const column = new Float64Array(1 + model.processes * rates);
  column[0] = model.background[k]!;
  for (let j = 0; j < model.processes; j++)
    for (let b = 0; b < rates; b++) column[1 + j * rates + b] = model.weights[(j * model.processes + k) * rates + b]!;
  return column;
}

/** One step of expectation-maximisation (Veen & Schoenberg 2008): each event is shared out among its possible causes. */
export function hawkesEmStep(events: HawkesEvents, model: HawkesModel): HawkesModel {
  const rows = hawkesRows(events, model.decays);
  const fits = rows.map((one, k) => {
    const parameters = columnOf(model, k);
    const next = new Float64Array(one.width);
    for (let row = 0; row < one.features.length; row += one.width) {
      let lambda = 0;
      for (let c = 0; c < one.width; c++) lambda += parameters[c]! * one.features[row + c]!;
      for (let c = 0; c < one.width; c++) next[c] = next[c]! + (parameters[c]! * one.features[row + c]!) / lambda;
    }
    for (let c = 0; c < one.width; c++) next[c] = one.exposure[c]! > 0 ? next[c]! / one.exposure[c]! : 0;
    return { parameters: next, logLikelihood: 0, gap: 0, iterations: 1, converged: false };
  });
  return modelOf(fits, model.processes, model.decays);
}
