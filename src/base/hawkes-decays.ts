import { fitHawkes, type HawkesFit } from './hawkes-fit.ts';
import type { HawkesEvents, HawkesModel } from './hawkes-model.ts';

/** How decay rates were settled: one rate at its best place, or several at once where they explain enough more. */
export interface DecayChoice {
  fit: HawkesFit;
  decays: Float64Array;
  /** Bayesian information criterion of the best single rate and of the several; lower is better. */
  bicOfOne: number;
  bicOfSeveral: number;
}

const mostEventsInSearch = 100_000;

/**
 * Fits with the best single decay rate and with a ladder of rates, and keeps what the Bayesian information criterion prefers.
 *
 * The likelihood at given rates is concave, so the single rate is found by a search over its logarithm alone: eight places between
 * `shortestLag` and `longestLag` (mean waits), then golden section; large series search on a stretch of 100,000 events from the middle.
 * The ladder has up to 4 mean waits, equally spaced on the logarithm.
 */
export function chooseDecays(
  events: HawkesEvents,
  lags: { shortest: number; longest: number; tolerance?: number },
): DecayChoice {
  const { shortest, longest, tolerance = 0.02 } = lags;
  if (!(shortest > 0 && longest >= shortest)) throw new RangeError(`mean waits from ${shortest} to ${longest}`);
  const part = middleStretch(events, mostEventsInSearch);
  let warm: HawkesModel | undefined;
  const tried = new Map<number, number>();
  const value = (logLag: number) => {
    const known = tried.get(logLag);
    if (known !== undefined) return known;
    const fit = fitHawkes(part, Float64Array.of(Math.exp(-logLag)), {
      tolerance: 0.01,
      ...(warm ? { start: warm } : {}),
    });
    warm = fit.model;
    tried.set(logLag, fit.logLikelihood);
    return fit.logLikelihood;
  };
  const low = Math.log(shortest);
  const high = Math.log(longest);
  const places = Array.from({ length: high > low ? 8 : 1 }, (_, i) => low + ((high - low) * i) / 7);
  let best = 0;
  places.forEach((place, i) => {
    if (value(place) > value(places[best]!)) best = i;
  });
  const logLag = goldenMaximum(
    value,
    places[Math.max(0, best - 1)]!,
    places[Math.min(places.length - 1, best + 1)]!,
    tolerance,
  );
  const one = part === events ? fitHawkes(events, Float64Array.of(Math.exp(-logLag))) : fitAround(events, logLag);
  const single = { fit: one, decays: one.model.decays };
  const cells = events.processes ** 2;
  const bic = (fit: HawkesFit, rates: number, searched: number) =>
    (events.processes + cells * rates + searched) * Math.log(Math.max(2, events.times.length)) - 2 * fit.logLikelihood;
  const bicOfOne = bic(one, 1, 1);
  const steps = Math.min(4, Math.floor((high - low) / Math.log(4)) + 1);
  if (steps < 2) return { ...single, bicOfOne, bicOfSeveral: bicOfOne };
  const ladder = Float64Array.from({ length: steps }, (_, i) => Math.exp(-(low + ((high - low) * i) / (steps - 1))));
  if (events.processes === 1 && events.times.length > 300_000)
    return { ...single, bicOfOne, bicOfSeveral: Number.POSITIVE_INFINITY };
  const several = fitHawkes(events, ladder);
  const bicOfSeveral = bic(several, steps, 0);
  return bicOfSeveral < bicOfOne
    ? { fit: several, decays: ladder, bicOfOne, bicOfSeveral }
    : { ...single, bicOfOne, bicOfSeveral };
}

/** The best of three places next to each other and the top of the parabola through them, on all events. */
function fitAround(events: HawkesEvents, logLag: number): HawkesFit {
  const step = 0.1;
  const around = [-step, 0, step].map((shift) => fitHawkes(events, Float64Array.of(Math.exp(-logLag - shift))));
  const [left, middle, right] = around.map((fit) => fit.logLikelihood) as [number, number, number];
  const bend = left - 2 * middle + right;
  const shift = bend < 0 ? Math.max(-step, Math.min(step, (step * (left - right)) / (2 * bend))) : 0;
  const top = fitHawkes(events, Float64Array.of(Math.exp(-logLag - shift)));
  return around.reduce((best, fit) => (fit.logLikelihood > best.logLikelihood ? fit : best), top);
}

function middleStretch(events: HawkesEvents, most: number): HawkesEvents {
  const n = events.times.length;
  if (n <= most) return events;
  const first = (n - most) >> 1;
  const times = events.times.subarray(first, first + most);
  return {
    times,
    process: events.process.subarray(first, first + most),
    processes: events.processes,
    from: times[0]!,
    to: Math.max(times[most - 1]!, times[0]! + Number.EPSILON * Math.abs(times[0]!) + Number.MIN_VALUE),
  };
}

function goldenMaximum(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let a = from;
  let b = to;
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  while (b - a > tolerance) {
    if (f(c) >= f(d)) {
      b = d;
      d = c;
      c = b - golden * (b - a);
    } else {
      a = c;
      c = d;
      d = a + golden * (b - a);
    }
  }
  return (a + b) / 2;
}
