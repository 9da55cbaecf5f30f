import { rowsByKey } from '../../base/rows-by-key.ts';

/** Pairs of accounts that acted on the same artifacts at the same time, with what their habits and the artifacts' make of chance. */
export interface CoActions {
  a: Uint32Array;
  b: Uint32Array;
  /** Artifacts on which the two acted within the window. */
  weight: Uint32Array;
  /** Artifacts on which both acted at all. */
  shared: Uint32Array;
  /** Expected weight if each act had the delay that is usual for what is shared. */
  expected: Float64Array;
  /** Pairs that coincided at least once: the number of pairs that were looked at. */
  tested: number;
}

/**
 * Acts in columns, by artifact ascending and time ascending within it. `delay` is the time in ms since the artifact appeared,
 * `source` groups artifacts whose public behaves alike (the reshared author). At most one act per account and artifact.
 */
export interface Acts {
  artifact: Uint32Array;
  time: Float64Array;
  account: Uint32Array;
  delay: Float64Array;
  source: Uint32Array;
}

const borrowed = 25;

/**
 * Coincidences within `windowMs` against a null that keeps popularity, fans and news rhythm: given one act, another account's act
 * on the same artifact falls within the window with the probability that the usual delays of that source give
 * (empirical distribution, shrunk towards that of all sources by 25 pseudo-acts). So people who always react within seconds coincide
 * as expected, and accounts that act together at an odd moment do not. Only pairs with `fewest` coincidences are returned.
 * RangeError when more than `mostPairs` coincidences come up.
 */
export function coActions(acts: Acts, windowMs: number, fewest: number, mostPairs: number): CoActions {
  const { artifact, time, account } = acts;
  const chance = windowChances(acts, windowMs);
  let accounts = 0;
  for (const one of account) if (one >= accounts) accounts = one + 1;
  const weightOf = new Map<number, number>();
  let pairs = 0;
  for (let start = 0; start < artifact.length; ) {
    let end = start;
    while (end < artifact.length && artifact[end] === artifact[start]) end++;
    for (let i = start; i < end; i++) {
      for (let j = i + 1; j < end && time[j]! - time[i]! <= windowMs; j++) {
        const x = account[i]!;
        const y = account[j]!;
        if (x === y) continue;
        if (++pairs > mostPairs) throw new RangeError(`more than ${mostPairs} coincidences: choose a narrower window`);
        const key = x < y ? x * accounts + y : y * accounts + x;
        weightOf.set(key, (weightOf.get(key) ?? 0) + 1);
      }
    }
    start = end;
  }
  const chosen = [...weightOf].filter(([, weight]) => weight >= fewest).sort((p, q) => p[0] - q[0]);
  const actsOf = rowsByKey(account, accounts);
  const a = new Uint32Array(chosen.length);
  const b = new Uint32Array(chosen.length);
  const weight = new Uint32Array(chosen.length);
  const shared = new Uint32Array(chosen.length);
  const expected = new Float64Array(chosen.length);
  chosen.forEach(([key, count], pair) => {
    a[pair] = Math.floor(key / accounts);
    b[pair] = key % accounts;
    weight[pair] = count;
    const left = actsOf(a[pair]!);
    const right = actsOf(b[pair]!);
    for (let i = 0, j = 0; i < left.length && j < right.length; ) {
      const p = left[i]!;
      const q = right[j]!;
      if (artifact[p]! < artifact[q]!) i++;
      else if (artifact[p]! > artifact[q]!) j++;
      else {
        shared[pair] = shared[pair]! + 1;
        expected[pair] = expected[pair]! + Math.max(chance[p]!, chance[q]!);
        i++;
        j++;
      }
    }
  });
  return { a, b, weight, shared, expected, tested: weightOf.size };
}

/** For each act the probability that another act on the same thing falls within the window around it. */
function windowChances({ delay, source }: Acts, windowMs: number): Float64Array {
  const all = Float64Array.from(delay).sort();
  const order = Uint32Array.from(delay.keys()).sort((p, q) => source[p]! - source[q]! || delay[p]! - delay[q]!);
  const chance = new Float64Array(delay.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && source[order[end]!] === source[order[start]!]) end++;
    const own = end - start;
    let low = start;
    let high = start;
    for (let at = start; at < end; at++) {
      const d = delay[order[at]!]!;
      while (delay[order[low]!]! < d - windowMs) low++;
      while (high < end && delay[order[high]!]! <= d + windowMs) high++;
      const overall = (upperBound(all, d + windowMs) - upperBound(all, d - windowMs - 1e-9)) / all.length;
      chance[order[at]!] = (high - low + borrowed * overall) / (own + borrowed);
    }
    start = end;
  }
  return chance;
}

function upperBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
