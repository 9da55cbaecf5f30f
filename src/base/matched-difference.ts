import type { Random } from './random.ts';

/** Mean difference between two groups within strata, and how often relabelling within strata gives one as large. */
export interface MatchedDifference {
  /** Values of each group in strata that hold both. */
  first: number;
  second: number;
  difference: number;
  pValue: number;
}

/**
 * Difference of means, first group minus second, averaged over strata that hold both with the first group's counts as weights; p value by
 * permutation within strata, (1 + as large) / (1 + permutations), two-sided. Null where no stratum holds both.
 */
export function matchedDifference(
  values: Float64Array,
  isFirst: ArrayLike<boolean>,
  strata: ArrayLike<number>,
  random: Random,
  permutations = 999,
): MatchedDifference | null {
  const members = new Map<number, number[]>();
  for (let i = 0; i < values.length; i++) {
    const list = members.get(strata[i]!);
    if (list) list.push(i);
    else members.set(strata[i]!, [i]);
  }
  const usable: { values: Float64Array; first: number; sum: number }[] = [];
  let firsts = 0;
  let seconds = 0;
  let observed = 0;
  for (const list of members.values()) {
    const first = list.filter((i) => isFirst[i]);
    if (first.length === 0 || first.length === list.length) continue;
    const own = Float64Array.from(list, (i) => values[i]!);
    const sum = own.reduce((total, value) => total + value, 0);
    usable.push({ values: own, first: first.length, sum });
    firsts += first.length;
    seconds += list.length - first.length;
    observed += weighted(
      first.reduce((total, i) => total + values[i]!, 0),
      sum,
      first.length,
      list.length,
    );
  }
  if (firsts === 0) return null;
  let asLarge = 0;
  for (let round = 0; round < permutations; round++) {
    let drawn = 0;
    for (const stratum of usable)
      drawn += weighted(drawSum(stratum, random), stratum.sum, stratum.first, stratum.values.length);
    if (Math.abs(drawn) >= Math.abs(observed) * (1 - 1e-12)) asLarge++;
  }
  return { first: firsts, second: seconds, difference: observed / firsts, pValue: (1 + asLarge) / (1 + permutations) };
}

function weighted(firstSum: number, sum: number, first: number, all: number): number {
  return first * (firstSum / first - (sum - firstSum) / (all - first));
}

/** Sum of `first` values drawn without replacement; the smaller side of the split is drawn. */
function drawSum({ values, first, sum }: { values: Float64Array; first: number; sum: number }, random: Random): number {
  const few = Math.min(first, values.length - first);
  let drawn = 0;
  for (let i = 0; i < few; i++) {
    const j = i + random.int(values.length - i);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
    drawn += values[i]!;
  }
  return few === first ? drawn : sum - drawn;
}
