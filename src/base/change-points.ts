/** A stretch of bins with one rate. */
export interface Stretch {
  from: number;
  /** Behind the last bin. */
  to: number;
  /** Mean count per bin. */
  rate: number;
}

/**
 * Stretches of constant rate of a series of counts: the cut with the least Poisson cost plus `penalty` for each stretch (PELT, Killick,
 * Fearnhead & Eckley 2012). Default penalty 3 ln n, a little more than the Bayesian information criterion asks. RangeError for no bins.
 */
export function poissonChangePoints(counts: ArrayLike<number>, penalty?: number): Stretch[] {
  const n = counts.length;
  if (n === 0) throw new RangeError('change points of no bins');
  const price = penalty ?? 3 * Math.log(Math.max(2, n));
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + counts[i]!;
  const cost = (from: number, to: number) => {
    const sum = sums[to]! - sums[from]!;
    return sum === 0 ? 0 : sum - sum * Math.log(sum / (to - from));
  };
  const best = new Float64Array(n + 1);
  best[0] = -price;
  const cameFrom = new Uint32Array(n + 1);
  let candidates = [0];
  for (let end = 1; end <= n; end++) {
    let least = Infinity;
    const totals = candidates.map((start) => best[start]! + cost(start, end));
    totals.forEach((total, at) => {
      if (total + price >= least) return;
      least = total + price;
      cameFrom[end] = candidates[at]!;
    });
    best[end] = least;
    candidates = candidates.filter((_, at) => totals[at]! <= least);
    candidates.push(end);
  }
  const stretches: Stretch[] = [];
  for (let to = n; to > 0; to = cameFrom[to]!) {
    const from = cameFrom[to]!;
    stretches.push({ from, to, rate: (sums[to]! - sums[from]!) / (to - from) });
  }
  return stretches.reverse();
}
