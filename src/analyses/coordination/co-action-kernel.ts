/** Accounts that acted on the same artifact within a window, with what chance would leave. */
export interface CoActions {
  a: Uint32Array;
  b: Uint32Array;
  /** Distinct artifacts on which the two acted together. */
  weight: Uint32Array;
  /** Expected number under permutation of accounts within artifact and hour. */
  expected: Float64Array;
  /** Pairs of acts within the window. */
  pairs: number;
}

const hourMs = 3_600_000;

/**
 * Counts, for every pair of accounts, the artifacts on which they acted within `windowMs` of each other, and the number to expect
 * when the accounts of each artifact and hour are permuted among its acts (popularity and daily rhythm kept): for an artifact and
 * hour with n acts, c of whose n(n-1)/2 pairs lie within the window, and n_a and n_b acts of the two accounts, n_a n_b c / (n(n-1)/2).
 *
 * `artifact` ascending, `time` (ms) ascending within each artifact. At most one act per account, artifact and window counts. Throws
 * RangeError when more than `mostPairs` coincidences come up, before memory is spent on them.
 */
export function coActions(
  artifact: Uint32Array,
  time: Float64Array,
  account: Uint32Array,
  windowMs: number,
  mostPairs: number,
): CoActions {
  const keys: number[] = [];
  const pairKey = new Map<number, number>();
  const weights: number[] = [];
  const expectations: number[] = [];
  let pairs = 0;
  let accounts = 0;
  for (const one of account) if (one >= accounts) accounts = one + 1;
  const strata: { counts: Map<number, number>; rate: number }[] = [];
  for (let start = 0; start < artifact.length; ) {
    let end = start;
    while (end < artifact.length && artifact[end] === artifact[start]) end++;
    const together = new Set<number>();
    let close = 0;
    let hourStart = start;
    for (let i = start; i <= end; i++) {
      const newHour = i === end || Math.floor(time[i]! / hourMs) !== Math.floor(time[hourStart]! / hourMs);
      if (newHour) {
        const n = i - hourStart;
        if (n > 1 && close > 0) {
          const counts = new Map<number, number>();
          for (let k = hourStart; k < i; k++) counts.set(account[k]!, (counts.get(account[k]!) ?? 0) + 1);
          strata.push({ counts, rate: close / ((n * (n - 1)) / 2) });
        }
        hourStart = i;
        close = 0;
        if (i === end) break;
      }
      for (let j = i + 1; j < end && time[j]! - time[i]! <= windowMs; j++) {
        if (Math.floor(time[j]! / hourMs) === Math.floor(time[i]! / hourMs)) close++;
        const x = account[i]!;
        const y = account[j]!;
        if (x === y) continue;
        if (++pairs > mostPairs) throw new RangeError(`more than ${mostPairs} coincidences: choose a narrower window`);
        together.add(x < y ? x * accounts + y : y * accounts + x);
      }
    }
    for (const key of together) {
      const slot = pairKey.get(key);
      if (slot === undefined) {
        pairKey.set(key, keys.length);
        keys.push(key);
        weights.push(1);
        expectations.push(0);
      } else weights[slot] = weights[slot]! + 1;
    }
    start = end;
  }
  const memberOf = new Map<number, number[]>();
  strata.forEach(({ counts }, stratum) => {
    for (const one of counts.keys()) {
      const list = memberOf.get(one);
      if (list) list.push(stratum);
      else memberOf.set(one, [stratum]);
    }
  });
  const a = new Uint32Array(keys.length);
  const b = new Uint32Array(keys.length);
  for (let slot = 0; slot < keys.length; slot++) {
    const x = Math.floor(keys[slot]! / accounts);
    const y = keys[slot]! % accounts;
    a[slot] = x;
    b[slot] = y;
    const few = (memberOf.get(x)?.length ?? 0) <= (memberOf.get(y)?.length ?? 0) ? x : y;
    const other = few === x ? y : x;
    let sum = 0;
    for (const stratum of memberOf.get(few) ?? []) {
      const { counts, rate } = strata[stratum]!;
      const n = counts.get(other);
      if (n !== undefined) sum += Math.min(1, n * counts.get(few)! * rate);
    }
    expectations[slot] = sum;
  }
  return { a, b, weight: Uint32Array.from(weights), expected: Float64Array.from(expectations), pairs };
}
