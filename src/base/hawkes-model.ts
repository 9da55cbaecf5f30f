/** Events of several point processes in one span; `times` ascend within `from` .. `to`, `process[i]` is below `processes`. */
export interface HawkesEvents {
  times: Float64Array;
  process: Uint8Array;
  processes: number;
  from: number;
  to: number;
}

/**
 * Mutually exciting processes: the intensity of process k is background[k] + sum over earlier events i and rates b of weight * decay_b
 * exp(-decay_b (t - t_i)). The weight of source j, destination k, rate b stands at (j * processes + k) * decays.length + b and is the
 * expected number of direct children of one event. Events at the same time do not excite each other.
 */
export interface HawkesModel {
  processes: number;
  /** Per unit of time, ascending not required. */
  decays: Float64Array;
  background: Float64Array;
  weights: Float64Array;
}

/** Direct children of one event of each process (row) in each process (column), over all decay rates. */
export function totalWeights({ processes, decays, weights }: HawkesModel): Float64Array {
  const totals = new Float64Array(processes * processes);
  for (let cell = 0; cell < totals.length; cell++)
    for (let b = 0; b < decays.length; b++) totals[cell] = totals[cell]! + weights[cell * decays.length + b]!;
  return totals;
}

/** RangeError unless times ascend within the span and every process exists. */
export function assertEvents({ times, process, processes, from, to }: HawkesEvents): void {
  if (process.length !== times.length) throw new RangeError(`${times.length} times for ${process.length} processes`);
  if (!(Number.isFinite(from) && to > from && to < Infinity)) throw new RangeError(`a span from ${from} to ${to}`);
  let before = from;
  for (let i = 0; i < times.length; i++) {
    if (!(times[i]! >= before && times[i]! <= to)) throw new RangeError(`time ${i} is ${times[i]} after ${before}`);
    if (process[i]! >= processes) throw new RangeError(`event ${i} belongs to process ${process[i]} of ${processes}`);
    before = times[i]!;
  }
}

/**
 * Walks over the events in time. `visit` gets the sums over earlier events of exp(-decay_b (t - t_i)) at j * decays.length + b, which
 * it must not keep.
 */
export function walkExcitation(
  events: HawkesEvents,
  decays: Float64Array,
  visit: (event: number, excitation: Float64Array) => void,
): void {
  const { times, process, processes } = events;
  const rates = decays.length;
  const excitation = new Float64Array(processes * rates);
  let now = events.from;
  for (let i = 0; i < times.length; ) {
    const time = times[i]!;
    for (let b = 0; b < rates; b++) {
      const kept = Math.exp(-decays[b]! * (time - now));
      for (let place = b; place < excitation.length; place += rates) excitation[place] = excitation[place]! * kept;
    }
    now = time;
    let end = i;
    for (; end < times.length && times[end] === time; end++) visit(end, excitation);
    for (; i < end; i++) {
      const row = process[i]! * rates;
      for (let b = 0; b < rates; b++) excitation[row + b] = excitation[row + b]! + 1;
    }
  }
}

/** Intensity of each event's own process at its time. */
export function intensities(events: HawkesEvents, model: HawkesModel): Float64Array {
  const lambda = new Float64Array(events.times.length);
  const { processes, decays, background, weights } = model;
  const rates = decays.length;
  walkExcitation(events, decays, (i, excitation) => {
    const k = events.process[i]!;
    let sum = background[k]!;
    for (let j = 0; j < processes; j++)
      for (let b = 0; b < rates; b++)
        sum += weights[(j * processes + k) * rates + b]! * decays[b]! * excitation[j * rates + b]!;
    lambda[i] = sum;
  });
  return lambda;
}

/** Sum over the events of each process and rate of the part of the kernel that lies before the end, at j * decays.length + b. */
export function kernelExposure(events: HawkesEvents, decays: Float64Array): Float64Array {
  const rates = decays.length;
  const exposure = new Float64Array(events.processes * rates);
  for (let i = 0; i < events.times.length; i++) {
    const row = events.process[i]! * rates;
    const left = events.to - events.times[i]!;
    for (let b = 0; b < rates; b++) {
      const passed = decays[b]! * left;
      exposure[row + b] = exposure[row + b]! + (passed > 40 ? 1 : -Math.expm1(-passed));
    }
  }
  return exposure;
}

/** Log-likelihood of the events under the model and its two parts: sum of log intensities and compensator. */
export function logLikelihood(
  events: HawkesEvents,
  model: HawkesModel,
): { sumLog: number; compensator: number; logLikelihood: number } {
  let sumLog = 0;
  for (const lambda of intensities(events, model)) sumLog += Math.log(lambda);
  const exposure = kernelExposure(events, model.decays);
  const rates = model.decays.length;
  let compensator = 0;
  for (let k = 0; k < model.processes; k++) {
    compensator += model.background[k]! * (events.to - events.from);
    for (let j = 0; j < model.processes; j++)
      for (let b = 0; b < rates; b++)
        compensator += model.weights[(j * model.processes + k) * rates + b]! * exposure[j * rates + b]!;
  }
  return { sumLog, compensator, logLikelihood: sumLog - compensator };
}
