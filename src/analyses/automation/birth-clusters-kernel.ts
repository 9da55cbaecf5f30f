import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { logPoissonUpperTail } from '../../base/poisson.ts';

/** Accounts born on one day of which more exist than on the days around it, with like numbers of posts. */
export interface BirthCluster {
  /** Days since 1970. */
  day: number;
  accounts: number[];
  bornThatDay: number;
  expected: number;
  /** After Benjamini-Hochberg over all days with a birth. */
  pValue: number;
}

const windowDays = 30;
const likeFactor = 1.5;
const fewest = 4;

/**
 * Days with more births than the 30 days before and after explain (Poisson, mean + .5, false discovery rate .05), cut into runs of
 * accounts whose lifetime posts differ by less than half from one to the next; accounts with unknown volume (NaN) make a run of their own.
 * `born` are days since 1970, NaN where unknown.
 */
export function birthClusters(born: Float64Array, volume: Float64Array): BirthCluster[] {
  const days = new Map<number, number[]>();
  for (let i = 0; i < born.length; i++) {
    if (Number.isNaN(born[i]!)) continue;
    const list = days.get(born[i]!);
    if (list) list.push(i);
    else days.set(born[i]!, [i]);
  }
  const all = [...days.keys()].sort((a, b) => a - b);
  const expected = all.map((day) => {
    let around = 0;
    for (let other = day - windowDays; other <= day + windowDays; other++)
      if (other !== day) around += days.get(other)?.length ?? 0;
    return around / (2 * windowDays) + 0.5;
  });
  const pValues = Float64Array.from(all, (day, at) => {
    const count = days.get(day)!.length;
    return count > expected[at]! ? Math.exp(logPoissonUpperTail(count, expected[at]!)) : 1;
  });
  if (all.length === 0) return [];
  const adjusted = benjaminiHochberg(pValues);
  return all.flatMap((day, at) =>
    adjusted[at]! >= 0.05
      ? []
      : runsOf(days.get(day)!, volume)
          .filter((run) => run.length >= fewest)
          .map((accounts) => ({
            day,
            accounts,
            bornThatDay: days.get(day)!.length,
            expected: expected[at]!,
            pValue: adjusted[at]!,
          })),
  );
}

function runsOf(accounts: readonly number[], volume: Float64Array): number[][] {
  const unknown = accounts.filter((i) => Number.isNaN(volume[i]!));
  const known = accounts.filter((i) => !Number.isNaN(volume[i]!)).sort((a, b) => volume[a]! - volume[b]! || a - b);
  const runs: number[][] = unknown.length > 0 ? [unknown] : [];
  known.forEach((account, at) => {
    const like = at > 0 && volume[account]! + 10 <= likeFactor * (volume[known[at - 1]!]! + 10);
    if (like) runs.at(-1)!.push(account);
    else runs.push([account]);
  });
  return runs;
}
