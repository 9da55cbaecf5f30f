import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { poissonBinomialUpperTail } from '../../base/poisson-binomial.ts';
import type { Random } from '../../base/random.ts';
import { rowsByKey } from '../../base/rows-by-key.ts';
import { UnionFind } from '../../base/union-find.ts';
import type { PairEdges } from './co-share-kernel.ts';
import { closePairs, type Occasions, sizeClass, usualChances } from './occasions-kernel.ts';

export interface ChanceOptions {
  /** Microseconds. */
  window: number;
  /** Length of an occasion in microseconds. */
  width: number;
  /** Pairs with fewer coincidences are not tested. */
  fewest: number;
  /** False discovery rate. */
  level: number;
  seed: Random;
}

export interface TestedPairs {
  /** Places of the tested edges: those with enough coincidences. */
  edges: Uint32Array;
  /** Coincidences that chance gives, p value, the same after Benjamini-Hochberg over all pairs that could reach enough, occasions in common. */
  expected: Float64Array;
  pValue: Float64Array;
  adjusted: Float64Array;
  shared: Uint32Array;
  /** Pairs that met on enough occasions to be tested (an estimate where there are very many accounts). */
  tests: number;
  /** Chance by act that another account's act falls within the window; only for acts of suspects. */
  chance: Float64Array;
  /** Root of each account's set of suspects. */
  suspects: UnionFind;
  usual: Float64Array;
}

/** Acts of outsiders that a suspect's chance borrows from what is usual. */
export const borrowedActs = 3;
const borrowedPairs = 5;
const sampledAccounts = 3_000;

/**
 * Tests pairs of accounts against chance, given who shared what in which hour: the chance that two acts of an occasion coincide is what the *other* accounts of that
 * occasion show (the larger of their overall closeness and their density at the time of the act), drawn towards what is usual for occasions of that size. So a burst
 * that everybody takes part in explains coincidences, and a group does not explain its own.
 */
export function testPairs(occasions: Occasions, edges: PairEdges, options: ChanceOptions): TestedPairs {
  const { acts, starts } = occasions;
  const { window, fewest, level } = options;
  const accounts = acts.account.reduce((most, key) => Math.max(most, key), 0) + 1;
  const even = Math.min(1, 1 - (1 - Math.min(1, window / options.width)) ** 2);
  const tested = Uint32Array.from(edges.weight.keys()).filter((edge) => edges.weight[edge]! >= fewest);
  const actsOf = rowsByKey(acts.account, accounts);
  const tests = Math.max(countTestable(occasions, actsOf, accounts, fewest, options.seed), tested.length);
  const against = (chance: (p: number, q: number) => number) => {
    const expected = new Float64Array(tested.length);
    const pValue = new Float64Array(tested.length);
    const shared = new Uint32Array(tested.length);
    tested.forEach((edge, place) => {
      const left = actsOf(edges.a[edge]!);
      const right = actsOf(edges.b[edge]!);
      const chances: number[] = [];
      for (let i = 0, j = 0; i < left.length && j < right.length; ) {
        const p = left[i]!;
        const q = right[j]!;
        if (acts.artifact[p]! < acts.artifact[q]!) i++;
        else if (acts.artifact[p]! > acts.artifact[q]!) j++;
        else {
          chances.push(chance(p, q));
          i++;
          j++;
        }
      }
      shared[place] = chances.length;
      for (const one of chances) expected[place] = expected[place]! + one;
      pValue[place] = poissonBinomialUpperTail(edges.weight[edge]!, chances);
    });
    return { expected, pValue, shared };
  };

  const everyone = closePairs(occasions, window, () => true);
  const size = (act: number) => sizeClass(everyone.members[acts.artifact[act]!]!);
  const often = new Uint8Array(accounts);
  const { shared: meetings } = against(() => 0);
  tested.forEach((edge, place) => {
    if (2 * edges.weight[edge]! < meetings[place]!) return;
    often[edges.a[edge]!] = often[edges.b[edge]!] = 1;
  });
  const seldom = closePairs(occasions, window, (act) => often[acts.account[act]!] === 0);
  const firstUsual = usualChances(seldom.close, seldom.members, even);
  const first = against((p) => firstUsual[size(p)]!);
  const firstAdjusted = benjaminiHochberg(first.pValue, tests);
  const suspects = new UnionFind(accounts);
  const isSuspect = new Uint8Array(accounts);
  tested.forEach((edge, place) => {
    if (firstAdjusted[place]! >= level || 2 * edges.weight[edge]! < first.shared[place]!) return;
    suspects.union(edges.a[edge]!, edges.b[edge]!);
    isSuspect[edges.a[edge]!] = isSuspect[edges.b[edge]!] = 1;
  });
  const others = closePairs(occasions, window, (act) => isSuspect[acts.account[act]!] === 0);
  const usual = usualChances(others.close, others.members, even);
  const chance = chancesOfSuspects(occasions, suspects, isSuspect, usual, window);
  const together = (p: number, q: number) => suspects.find(acts.account[p]!) === suspects.find(acts.account[q]!);
  const second = against((p, q) =>
    chance[p]! > 0 && chance[q]! > 0 && together(p, q) ? Math.max(chance[p]!, chance[q]!) : 1,
  );
  return {
    edges: tested,
    expected: second.expected,
    pValue: second.pValue,
    adjusted: benjaminiHochberg(second.pValue, tests),
    shared: second.shared,
    tests,
    chance,
    suspects,
    usual,
  };

  function chancesOfSuspects(
    { acts: all, starts: begins }: Occasions,
    sets: UnionFind,
    suspect: Uint8Array,
    usualOf: Float64Array,
    within: number,
  ): Float64Array {
    const result = new Float64Array(all.time.length);
    for (let occasion = 0; occasion + 1 < starts.length; occasion++) {
      const from = begins[occasion]!;
      const to = begins[occasion + 1]!;
      const bySet = new Map<number, number>();
      for (let act = from; act < to; act++)
        if (suspect[all.account[act]!] === 1) {
          const set = sets.find(all.account[act]!);
          bySet.set(set, (bySet.get(set) ?? 0) + 1);
        }
      for (const [set, members] of bySet) {
        if (members < 2) continue;
        const outside: number[] = [];
        for (let act = from; act < to; act++)
          if (suspect[all.account[act]!] === 0 || sets.find(all.account[act]!) !== set) outside.push(all.time[act]!);
        const typical = usualOf[sizeClass(to - from)]!;
        const pairs = (outside.length * (outside.length - 1)) / 2;
        const overall = (closeIn(outside, within) + borrowedPairs * typical) / (pairs + borrowedPairs);
        for (let act = from, low = 0, high = 0; act < to; act++) {
          if (suspect[all.account[act]!] === 0 || sets.find(all.account[act]!) !== set) continue;
          while (low < outside.length && outside[low]! < all.time[act]! - within) low++;
          while (high < outside.length && outside[high]! <= all.time[act]! + within) high++;
          const local = (high - low + borrowedActs * overall) / (outside.length + borrowedActs);
          result[act] = Math.min(1, Math.max(overall, local));
        }
      }
    }
    return result;
  }
}

function closeIn(times: readonly number[], window: number): number {
  let pairs = 0;
  for (let newer = 1, older = 0; newer < times.length; newer++) {
    while (times[older]! < times[newer]! - window) older++;
    pairs += newer - older;
  }
  return pairs;
}

/** Pairs of accounts that met on at least `fewest` occasions, counted for all accounts or extrapolated from 3,000 drawn ones. */
function countTestable(
  { acts, starts }: Occasions,
  actsOf: (one: number) => Uint32Array,
  accounts: number,
  fewest: number,
  seed: Random,
): number {
  const active: number[] = [];
  for (let one = 0; one < accounts; one++) if (actsOf(one).length >= fewest) active.push(one);
  const drawn =
    active.length <= sampledAccounts ? active : seed.fork('tests').shuffle(active.slice()).slice(0, sampledAccounts);
  const met = new Uint32Array(accounts);
  let pairs = 0;
  for (const one of drawn) {
    const touched: number[] = [];
    for (const act of actsOf(one)) {
      const occasion = acts.artifact[act]!;
      for (let other = starts[occasion]!; other < starts[occasion + 1]!; other++) {
        const account = acts.account[other]!;
        if (account === one) continue;
        if (met[account] === 0) touched.push(account);
        met[account] = met[account]! + 1;
      }
    }
    for (const account of touched) {
      if (met[account]! >= fewest) pairs++;
      met[account] = 0;
    }
  }
  return drawn.length === 0 ? 0 : Math.ceil((pairs / 2) * (active.length / drawn.length));
}
