/** A stretch of time in which events came at the rate of `level` or faster. */
export interface Burst {
  level: number;
  /** Index in the input of the event that opens the first gap, and of the event that closes the last. */
  first: number;
  last: number;
  /** Times of these two events, in the unit of the input. */
  start: number;
  end: number;
  /** Cost saved against the level below, summed over the gaps; larger is stronger. 0 at level 0. */
  weight: number;
}

/** `base` is Kleinberg's s (> 1, default 2), `gamma` the price of a rise (> 0, default 1). */
export interface KleinbergOptions {
  base?: number;
  gamma?: number;
  /** Most states of the automaton, 2 .. 255; default 32, which is a rate 2^31 times the mean. */
  maxStates?: number;
  /**
   * What to do with equal times, which the model cannot have: one event each, or spread evenly over `resolution`.
   * Default spread.
   */
  ties?: 'merge' | 'spread';
  /** Precision of the times, in their unit; default the smallest gap above 0. */
  resolution?: number;
}

/**
 * Hierarchy of bursts in ascending times (Kleinberg 2002, infinite-state automaton), sorted by level, then time.
 *
 * Level 0 is the whole series; each burst lies within one of the level below. m events with one time t are put at t + i
 * * d / m with d = min(resolution, time to the next event), i = 0 .. m - 1; reported times are the original ones. Of
 * paths of equal cost the one with the lower level is taken. Time O(n * states), memory n * states bytes. RangeError
 * for times that descend or are not finite.
 */
export function kleinbergBursts(times: Float64Array, options: KleinbergOptions = {}): Burst[] {
  const { base = 2, gamma = 1, maxStates = 32, ties = 'spread' } = options;
  if (!(base > 1 && gamma > 0 && Number.isInteger(maxStates) && maxStates >= 2 && maxStates <= 255)) {
    throw new RangeError('kleinberg needs base > 1, gamma > 0 and 2 <= maxStates <= 255');
  }
  if (times.length === 0) return [];
  const series = separateTies(times, ties, options.resolution);
  const whole = burstBetween(times, series.firsts, 0, 0, series.firsts.length - 1, 0);
  if (series.gaps.length === 0) return [whole];
  const gaps = series.gaps;
  const n = gaps.length;
  let span = 0;
  let smallest = Infinity;
  for (let i = 0; i < n; i++) {
    span += gaps[i]!;
    if (gaps[i]! < smallest) smallest = gaps[i]!;
  }
  const wanted = Math.ceil(1 + Math.log(span / smallest) / Math.log(base));
  const states = Math.max(1, Math.min(maxStates, wanted));
  const rates = new Float64Array(states);
  const logRates = new Float64Array(states);
  for (let j = 0; j < states; j++) {
    rates[j] = (base ** j * n) / span;
    logRates[j] = Math.log(rates[j]!);
  }
  const levels = cheapestLevels(gaps, rates, logRates, gamma * Math.log(n));
  const bursts = collectBursts(times, series.firsts, gaps, levels, rates, logRates);
  bursts.push(whole);
  return bursts.sort((a, b) => a.level - b.level || a.first - b.first);
}

interface Separated {
  gaps: Float64Array;
  /** Index in the input of each event that is left. */
  firsts: Uint32Array;
}

function separateTies(times: Float64Array, ties: 'merge' | 'spread', resolution: number | undefined): Separated {
  const n = times.length;
  if (!Number.isFinite(times[0]!)) throw new RangeError('kleinberg needs finite times');
  let distinct = 1;
  let smallest = Infinity;
  for (let i = 1; i < n; i++) {
    const gap = times[i]! - times[i - 1]!;
    if (!(gap >= 0 && gap < Infinity)) throw new RangeError(`kleinberg needs ascending finite times, not so at ${i}`);
    if (gap === 0) continue;
    distinct++;
    if (gap < smallest) smallest = gap;
  }
  if (distinct === 1) return { gaps: new Float64Array(0), firsts: new Uint32Array([0, n - 1]) };
  const width = resolution ?? smallest;
  const kept = ties === 'merge' ? distinct : n;
  const firsts = new Uint32Array(kept);
  const gaps = new Float64Array(kept - 1);
  let event = 0;
  for (let i = 0; i < n; ) {
    let next = i + 1;
    while (next < n && times[next] === times[i]) next++;
    const toNext = next < n ? times[next]! - times[i]! : Infinity;
    const count = ties === 'merge' ? 1 : next - i;
    const step = count === 1 ? 0 : Math.min(width, toNext) / count;
    for (let k = 0; k < count; k++) {
      firsts[event] = i + k;
      if (event < kept - 1) gaps[event] = k < count - 1 ? step : toNext - step * (count - 1);
      event++;
    }
    i = next;
  }
  return { gaps, firsts };
}

/**
 * State of each gap on the cheapest path that starts in state 0. A rise from i to j costs (j - i) * rise and a fall
 * nothing, so the best state to come from is the best of a running minimum from below and one from above: O(states) per
 * gap instead of O(states^2).
 */
function cheapestLevels(gaps: Float64Array, rates: Float64Array, logRates: Float64Array, rise: number): Uint8Array {
  const n = gaps.length;
  const states = rates.length;
  const from = new Uint8Array(n * states);
  let cost = new Float64Array(states).fill(Infinity);
  let next = new Float64Array(states);
  const bestAbove = new Uint8Array(states);
  cost[0] = 0;
  for (let t = 0; t < n; t++) {
    const gap = gaps[t]!;
    const row = t * states;
    bestAbove[states - 1] = states - 1;
    for (let j = states - 2; j >= 0; j--) {
      const above = bestAbove[j + 1]!;
      bestAbove[j] = cost[j]! <= cost[above]! ? j : above;
    }
    let below = 0;
    for (let j = 0; j < states; j++) {
      let source = bestAbove[j]!;
      let arrived = cost[source]!;
      if (j > 0) {
        if (cost[j - 1]! - (j - 1) * rise < cost[below]! - below * rise) below = j - 1;
        const risen = cost[below]! + (j - below) * rise;
        if (risen <= arrived) {
          source = below;
          arrived = risen;
        }
      }
      from[row + j] = source;
      next[j] = arrived - logRates[j]! + rates[j]! * gap;
    }
    const held = cost;
    cost = next;
    next = held;
  }
  let state = 0;
  for (let j = 1; j < states; j++) if (cost[j]! < cost[state]!) state = j;
  const levels = new Uint8Array(n);
  for (let t = n - 1; t >= 0; t--) {
    levels[t] = state;
    state = from[t * states + state]!;
  }
  return levels;
}

function collectBursts(
  times: Float64Array,
  firsts: Uint32Array,
  gaps: Float64Array,
  levels: Uint8Array,
  rates: Float64Array,
  logRates: Float64Array,
): Burst[] {
  const bursts: Burst[] = [];
  const opened = new Uint32Array(rates.length);
  const weights = new Float64Array(rates.length);
  let level = 0;
  for (let t = 0; t <= gaps.length; t++) {
    const now = t < gaps.length ? levels[t]! : 0;
    for (; level > now; level--) bursts.push(burstBetween(times, firsts, level, opened[level]!, t, weights[level]!));
    for (; level < now; ) {
      level++;
      opened[level] = t;
      weights[level] = 0;
    }
    for (let j = 1; j <= level; j++) {
      const saved = logRates[j]! - logRates[j - 1]! - (rates[j]! - rates[j - 1]!) * gaps[t]!;
      weights[j] = weights[j]! + saved;
    }
  }
  return bursts;
}

function burstBetween(
  times: Float64Array,
  firsts: Uint32Array,
  level: number,
  from: number,
  to: number,
  weight: number,
): Burst {
  const first = firsts[from]!;
  let last = firsts[to]!;
  while (last + 1 < times.length && times[last + 1] === times[last]) last++;
  return { level, first, last, start: times[first]!, end: times[last]!, weight };
}
