/**
 * Rows of an additive intensity: lambda_n = sum over c of theta_c features[n * width + c], expected number of events = sum of theta_c
 * exposure[c].
 */
export interface IntensityRows {
  width: number;
  /** Row after row; values of 0 or more. */
  features: Float64Array;
  exposure: Float64Array;
  /** Events that each row stands for, 1 where not given. */
  weights?: Float64Array | undefined;
}

export interface IntensityFit {
  parameters: Float64Array;
  logLikelihood: number;
  /** Upper bound on how much more likelihood (natural logarithm) any other parameters could have. */
  gap: number;
  iterations: number;
  converged: boolean;
}

const smallestIntensity = 1e-300;

/**
 * Parameters of 0 or more that make the rows most likely (Poisson point process), with a bound on what is left to gain.
 *
 * The problem is concave. Expectation-maximisation steps (Veen & Schoenberg 2008) bring it near, projected Newton steps to the end: the
 * stop is the bound n max(r) - n with r the factors of the next expectation-maximisation step, never a plateau. Columns without exposure
 * get 0. Columns that no row can tell apart share one likelihood; their sum is what is determined.
 */
export function fitIntensity(
  rows: IntensityRows,
  options: { start?: Float64Array; emSteps?: number; maxIterations?: number; tolerance?: number } = {},
): IntensityFit {
  const { width, exposure } = rows;
  const count = rows.features.length / width;
  let events = 0;
  for (let n = 0; n < count; n++) events += rows.weights ? rows.weights[n]! : 1;
  const zero = { parameters: new Float64Array(width), logLikelihood: 0, gap: 0, iterations: 0, converged: true };
  if (events === 0) return zero;
  const { emSteps = 4, maxIterations = 200, tolerance = 1e-4 + 1e-9 * events } = options;
  let theta = startingPoint(exposure, events, options.start);
  let here = pass(rows, theta);
  let iterations = 0;
  let gap = Infinity;
  while (iterations < maxIterations) {
    gap = gapOf(exposure, theta, here, events);
    if (gap <= tolerance)
      return { parameters: theta, logLikelihood: here.logLikelihood, gap, iterations, converged: true };
    iterations++;
    if (iterations > emSteps) {
      const step = newtonStep(rows, theta, here);
      if (step) {
        theta = step.theta;
        here = step.pass;
        continue;
      }
    }
    theta = emStep(exposure, theta, here);
    here = pass(rows, theta);
  }
  return { parameters: theta, logLikelihood: here.logLikelihood, gap, iterations, converged: false };
}

interface Pass {
  logLikelihood: number;
  /** Sum of weight * feature / lambda. */
  gains: Float64Array;
  /** Sum of weight * feature * feature / lambda^2, lower triangle in rows. */
  curvature: Float64Array;
}

function startingPoint(exposure: Float64Array, events: number, start: Float64Array | undefined): Float64Array {
  const theta = new Float64Array(exposure.length);
  let usable = 0;
  for (let c = 0; c < exposure.length; c++) if (exposure[c]! > 0) usable++;
  for (let c = 0; c < exposure.length; c++) {
    if (!(exposure[c]! > 0)) continue;
    theta[c] = Math.max(start ? start[c]! : 0, (events / usable / exposure[c]!) * (start ? 1e-4 : 1));
  }
  let expected = 0;
  for (let c = 0; c < theta.length; c++) expected += theta[c]! * exposure[c]!;
  return theta.map((value) => (value * events) / expected);
}

function pass(rows: IntensityRows, theta: Float64Array): Pass {
  const { width, features, exposure, weights } = rows;
  const gains = new Float64Array(width);
  const curvature = new Float64Array((width * (width + 1)) / 2);
  const scaled = new Float64Array(width);
  let logLikelihood = 0;
  for (let c = 0; c < width; c++) logLikelihood -= theta[c]! * exposure[c]!;
  const count = features.length / width;
  if (width === 2 && weights === undefined) return pairPass(features, theta, logLikelihood);
  let product = 1;
  for (let n = 0, row = 0; n < count; n++, row += width) {
    const weight = weights === undefined ? 1 : weights[n]!;
    if (weight === 0) continue;
    let lambda = smallestIntensity;
    for (let c = 0; c < width; c++) lambda += theta[c]! * features[row + c]!;
    const inverse = 1 / lambda;
    if (weight === 1 && lambda > 1e-100 && lambda < 1e100) {
      product *= lambda;
      if (product < 1e-150 || product > 1e150) {
        logLikelihood += Math.log(product);
        product = 1;
      }
    } else logLikelihood += weight * Math.log(lambda);
    for (let c = 0, place = 0; c < width; c++) {
      const value = features[row + c]! * inverse;
      scaled[c] = value;
      const weighted = weight * value;
      gains[c] = gains[c]! + weighted;
      for (let d = 0; d <= c; d++, place++) curvature[place] = curvature[place]! + weighted * scaled[d]!;
    }
  }
  return { logLikelihood: logLikelihood + Math.log(product), gains, curvature };
}

/** `pass` for two columns and no weights: one process and one decay rate, the case with the most events. */
function pairPass(features: Float64Array, theta: Float64Array, compensator: number): Pass {
  const first = theta[0]!;
  const second = theta[1]!;
  let logLikelihood = compensator;
  let product = 1;
  let a = 0;
  let b = 0;
  let aa = 0;
  let ab = 0;
  let bb = 0;
  for (let row = 0; row < features.length; row += 2) {
    const x = features[row]!;
    const y = features[row + 1]!;
    const lambda = first * x + second * y + smallestIntensity;
    const inverse = 1 / lambda;
    const u = x * inverse;
    const v = y * inverse;
    a += u;
    b += v;
    aa += u * u;
    ab += u * v;
    bb += v * v;
    const next = product * lambda;
    if (next > 1e-150 && next < 1e150) product = next;
    else {
      logLikelihood += Math.log(product) + Math.log(lambda);
      product = 1;
    }
  }
  return {
    logLikelihood: logLikelihood + Math.log(product),
    gains: Float64Array.of(a, b),
    curvature: Float64Array.of(aa, ab, bb),
  };
}

function gapOf(exposure: Float64Array, theta: Float64Array, here: Pass, events: number): number {
  let largest = 0;
  let expected = 0;
  for (let c = 0; c < theta.length; c++) {
    if (!(exposure[c]! > 0)) continue;
    expected += theta[c]! * exposure[c]!;
    largest = Math.max(largest, here.gains[c]! / exposure[c]!);
  }
  return events * largest - 2 * events + expected;
}

function emStep(exposure: Float64Array, theta: Float64Array, here: Pass): Float64Array {
  return theta.map((value, c) => (exposure[c]! > 0 ? (value * here.gains[c]!) / exposure[c]! : 0));
}

/** A Newton step within the values of 0 or more that raises the likelihood; null where none does. */
function newtonStep(rows: IntensityRows, theta: Float64Array, here: Pass): { theta: Float64Array; pass: Pass } | null {
  const { exposure } = rows;
  const slope = theta.map((_, c) => here.gains[c]! - exposure[c]!);
  const target = quadraticMaximum(here.curvature, slope, theta, exposure);
  for (let share = 1; share > 1e-3; share /= 3) {
    const candidate = theta.map((value, c) => Math.max(0, value + share * (target[c]! - value)));
    let promised = 0;
    for (let c = 0; c < theta.length; c++) promised += slope[c]! * (candidate[c]! - theta[c]!);
    if (!(promised > 0)) return null;
    const there = pass(rows, candidate);
    if (there.logLikelihood >= here.logLikelihood + 1e-4 * promised) return { theta: candidate, pass: there };
  }
  return null;
}

/**
 * Where the quadratic that touches the likelihood here is largest among values of 0 or more: solved without bounds, followed to the first
 * column that reaches 0, which stays there, and solved again (Lawson & Hanson 1974).
 */
function quadraticMaximum(
  curvature: Float64Array,
  slope: Float64Array,
  theta: Float64Array,
  exposure: Float64Array,
): Float64Array {
  const target = theta.slice();
  let free: number[] = [];
  for (let c = 0; c < theta.length; c++) if (exposure[c]! > 0 && (theta[c]! > 0 || slope[c]! > 0)) free.push(c);
  const wanted = slope.slice();
  while (free.length > 0) {
    const direction = solveNewton(curvature, wanted, free);
    let share = 1;
    free.forEach((c, at) => {
      const goal = theta[c]! + direction[at]!;
      if (goal < 0) share = Math.min(share, target[c]! / (target[c]! - goal));
    });
    const kept: number[] = [];
    free.forEach((c, at) => {
      const goal = theta[c]! + direction[at]!;
      const reached = target[c]! + share * (goal - target[c]!);
      if (goal < 0 && target[c]! <= share * (target[c]! - goal) * (1 + 1e-12)) {
        target[c] = 0;
        for (let other = 0; other < theta.length; other++)
          wanted[other] = wanted[other]! + entryOf(curvature, c, other) * theta[c]!;
      } else {
        target[c] = reached;
        kept.push(c);
      }
    });
    if (kept.length === free.length) return target;
    free = kept;
  }
  return target;
}

function entryOf(curvature: Float64Array, a: number, b: number): number {
  return a >= b ? curvature[(a * (a + 1)) / 2 + b]! : curvature[(b * (b + 1)) / 2 + a]!;
}

/** Cholesky solution of the free part of curvature x = slope; a column that copies earlier ones stays where it is. */
function solveNewton(curvature: Float64Array, slope: Float64Array, free: readonly number[]): Float64Array {
  const size = free.length;
  const factor = new Float64Array(size * size);
  const solution = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = entryOf(curvature, free[i]!, free[j]!);
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i > j) factor[i * size + j] = sum / factor[j * size + j]!;
      else factor[i * size + i] = sum > 1e-11 * entryOf(curvature, free[i]!, free[i]!) ? Math.sqrt(sum) : Infinity;
    }
    let value = slope[free[i]!]!;
    for (let k = 0; k < i; k++) value -= factor[i * size + k]! * solution[k]!;
    solution[i] = value / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let value = solution[i]!;
    for (let k = i + 1; k < size; k++) value -= factor[k * size + i]! * solution[k]!;
    solution[i] = value / factor[i * size + i]!;
  }
  return solution;
}
