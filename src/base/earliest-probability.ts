import { gaussLegendre } from './gauss-legendre.ts';

const NEGLIGIBLE = 1e-15;
const fine = gaussLegendre(16);
const coarse = gaussLegendre(3);

/**
 * P(i is the earliest) for independent times, each uniform on its own interval [low[i], high[i]]; a point has low =
 * high.
 *
 * P_i = integral of f_i prod over j != i of (1 - F_j). Intervals that begin at or after the smallest upper end cannot
 * be first and get 0, except points exactly there, which share their chance equally. Between two lower ends the
 * integrand is a polynomial: Gauss-Legendre, exact up to 32 overlapping intervals, in short steps above that; absolute
 * error below 1e-9. The sum is 1. RangeError for low > high or a bound that is not finite.
 */
export function earliestProbabilities(low: ArrayLike<number>, high: ArrayLike<number>): Float64Array {
  const n = low.length;
  const probabilities = new Float64Array(n);
  if (high.length !== n) throw new RangeError(`${n} lower ends and ${high.length} upper ends`);
  let limit = Infinity;
  for (let i = 0; i < n; i++) {
    if (!(low[i]! <= high[i]! && low[i]! > -Infinity && high[i]! < Infinity)) {
      throw new RangeError(`interval ${i} is [${low[i]}, ${high[i]}]`);
    }
    if (high[i]! < limit) limit = high[i]!;
  }
  const points: number[] = [];
  const open: number[] = [];
  for (let i = 0; i < n; i++) {
    if (low[i]! < limit) open.push(i);
    else if (high[i] === limit) points.push(i);
  }
  open.sort((a, b) => low[a]! - low[b]! || a - b);
  const origin = open.length > 0 ? low[open[0]!]! : limit;
  const starts = Float64Array.from(open, (i) => low[i]! - origin);
  const ends = Float64Array.from(open, (i) => high[i]! - origin);
  const shares = new Float64Array(open.length);
  integrate(starts, ends, limit - origin, shares);
  for (let k = 0; k < open.length; k++) probabilities[open[k]!] = shares[k]!;
  if (points.length > 0) {
    let nobodyBefore = 1;
    for (let k = 0; k < open.length; k++) nobodyBefore *= (ends[k]! - (limit - origin)) / (ends[k]! - starts[k]!);
    for (const i of points) probabilities[i] = nobodyBefore / points.length;
  }
  return probabilities;
}

function integrate(starts: Float64Array, ends: Float64Array, limit: number, shares: Float64Array): void {
  let active = 0;
  while (active < starts.length) {
    const from = starts[active]!;
    while (active < starts.length && starts[active] === from) active++;
    const to = active < starts.length ? starts[active]! : limit;
    let at = from;
    while (at < to) {
      let hazard = 0;
      let nobodyYet = 1;
      for (let k = 0; k < active; k++) {
        hazard += 1 / (ends[k]! - at);
        nobodyYet *= (ends[k]! - at) / (ends[k]! - starts[k]!);
      }
      if (nobodyYet < NEGLIGIBLE) return;
      let step = to - at;
      if (active > 32) step = Math.min(step, 2 / hazard, Math.max((limit - at) / 2, limit * 1e-13));
      const end = at + step > at && at + step < to ? at + step : to;
      const rule = step * hazard < 0.05 && limit - at > 4 * step ? coarse : fine;
      addPiece(starts, ends, active, at, end, rule, shares);
      at = end;
    }
  }
}

function addPiece(
  starts: Float64Array,
  ends: Float64Array,
  active: number,
  from: number,
  to: number,
  rule: { nodes: Float64Array; weights: Float64Array },
  shares: Float64Array,
): void {
  const half = (to - from) / 2;
  for (let q = 0; q < rule.nodes.length; q++) {
    const at = from + half * (1 + rule.nodes[q]!);
    let nobodyYet = half * rule.weights[q]!;
    for (let k = 0; k < active; k++) nobodyYet *= (ends[k]! - at) / (ends[k]! - starts[k]!);
    for (let k = 0; k < active; k++) shares[k] = shares[k]! + nobodyYet / (ends[k]! - at);
  }
}
