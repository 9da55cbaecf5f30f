import { type HawkesEvents, type HawkesModel, totalWeights, walkExcitation } from './hawkes-model.ts';

/** Events by cause; rows are sources, columns destinations, at source * processes + destination. */
export interface EventCauses {
  /** Expected events of the column that an event of the row set off directly. */
  direct: Float64Array;
  /** Expected events of the column that nothing seen set off. */
  background: Float64Array;
  /** Expected events of the column whose chain of causes begins with a background event of the row. */
  root: Float64Array;
}

/**
 * Shares out every event among its possible causes under the model: direct causes and the first cause of the chain (Zannettou et al.
 * 2017, root cause). Direct + background and the columns of root sum to the number of events. O(events * processes^2 * rates).
 */
export function eventCauses(events: HawkesEvents, model: HawkesModel): EventCauses {
  const { processes, decays, background, weights } = model;
  const rates = decays.length;
  const direct = new Float64Array(processes * processes);
  const root = new Float64Array(processes * processes);
  const unexplained = new Float64Array(processes);
  const rootOf = new Float64Array(events.times.length * processes);
  const inherited = new Float64Array(processes * processes * rates);
  let now = events.from;
  let fresh = 0;
  const absorb = (until: number) => {
    for (; fresh < until; fresh++) {
      for (let r = 0; r < processes; r++) {
        const base = (r * processes + events.process[fresh]!) * rates;
        for (let b = 0; b < rates; b++) inherited[base + b] = inherited[base + b]! + rootOf[fresh * processes + r]!;
      }
    }
  };
  walkExcitation(events, decays, (i, excitation) => {
    const time = events.times[i]!;
    if (time > now) {
      absorb(i);
      for (let b = 0; b < rates; b++) {
        const kept = Math.exp(-decays[b]! * (time - now));
        for (let place = b; place < inherited.length; place += rates) inherited[place] = inherited[place]! * kept;
      }
      now = time;
    }
    const k = events.process[i]!;
    let lambda = background[k]!;
    for (let j = 0; j < processes; j++)
      for (let b = 0; b < rates; b++)
        lambda += weights[(j * processes + k) * rates + b]! * decays[b]! * excitation[j * rates + b]!;
    if (!(lambda > 0)) {
      unexplained[k] = unexplained[k]! + 1;
      root[k * processes + k] = root[k * processes + k]! + 1;
      rootOf[i * processes + k] = 1;
      return;
    }
    unexplained[k] = unexplained[k]! + background[k]! / lambda;
    rootOf[i * processes + k] = background[k]! / lambda;
    for (let j = 0; j < processes; j++) {
      const cell = j * processes + k;
      for (let b = 0; b < rates; b++) {
        const pull = (weights[cell * rates + b]! * decays[b]!) / lambda;
        if (pull === 0) continue;
        direct[cell] = direct[cell]! + pull * excitation[j * rates + b]!;
        for (let r = 0; r < processes; r++) {
          const share = pull * inherited[(r * processes + j) * rates + b]!;
          rootOf[i * processes + r] = rootOf[i * processes + r]! + share;
        }
      }
    }
    for (let r = 0; r < processes; r++) root[r * processes + k] = root[r * processes + k]! + rootOf[i * processes + r]!;
  });
  return { direct, background: unexplained, root };
}

/** Long-run rates and shares that follow from the parameters; null where the processes would explode (spectral radius 1 or more). */
export interface StationaryShares {
  spectralRadius: number;
  rates: Float64Array;
  root: Float64Array;
  direct: Float64Array;
  background: Float64Array;
}

/** Lambda = mu (I - W)^-1, root share R_jk = mu_j [(I - W)^-1]_jk / Lambda_k, direct share W_jk Lambda_j / Lambda_k (Hawkes 1971). */
export function stationaryShares(model: HawkesModel): StationaryShares | null {
  const { processes: n, background: mu } = model;
  const weights = totalWeights(model);
  const radius = spectralRadius(weights, n);
  if (!(radius < 1)) return null;
  const reach = identity(n);
  let power: Float64Array = identity(n);
  for (let step = 0; step < 100_000; step++) {
    power = multiply(power, weights, n);
    let largest = 0;
    for (let i = 0; i < reach.length; i++) {
      reach[i] = reach[i]! + power[i]!;
      largest = Math.max(largest, power[i]!);
    }
    if (largest < 1e-15) break;
  }
  const rates = new Float64Array(n);
  for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) rates[k] = rates[k]! + mu[j]! * reach[j * n + k]!;
  const share = (value: number, k: number) => (rates[k]! > 0 ? value / rates[k]! : 0);
  const root = new Float64Array(n * n);
  const direct = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++) {
      root[j * n + k] = share(mu[j]! * reach[j * n + k]!, k);
      direct[j * n + k] = share(weights[j * n + k]! * rates[j]!, k);
    }
  }
  return { spectralRadius: radius, rates, root, direct, background: mu.map((value, k) => share(value, k)) };
}

/** Largest absolute eigenvalue of a square matrix of values of 0 or more: the growth of its powers (Gelfand). */
export function spectralRadius(matrix: Float64Array, n: number): number {
  let power: Float64Array = matrix.slice();
  let logScale = 0;
  for (let doubling = 0; doubling <= 40; doubling++) {
    let norm = 0;
    for (const value of power) norm = Math.max(norm, value);
    if (norm === 0) return 0;
    power = power.map((value) => value / norm);
    logScale += Math.log(norm) / 2 ** doubling;
    power = multiply(power, power, n);
  }
  return Math.exp(logScale);
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) product[i * n + j] = product[i * n + j]! + a[i * n + k]! * b[k * n + j]!;
  return product;
}
