/**
 * Share of all amounts that is left after taking away the first 0, 1, 2, … of a ranking (DeVerna et al. 2024): [taken, share], at most
 * `most` points, denser at the beginning, the last one with all taken. Empty amounts leave [0, 1].
 */
export function dismantlingCurve(
  amounts: ArrayLike<number>,
  ranking: ArrayLike<number>,
  most = 200,
): [number, number][] {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i]!;
  const curve: [number, number][] = [[0, 1]];
  if (total === 0) return curve;
  const growth = Math.max(1, ranking.length ** (1 / most));
  let next = 1;
  let left = total;
  for (let taken = 1; taken <= ranking.length; taken++) {
    left -= amounts[ranking[taken - 1]!]!;
    if (taken < next && taken < ranking.length) continue;
    curve.push([taken, Math.max(0, left / total)]);
    next = Math.max(taken + 1, Math.ceil(next * growth));
  }
  return curve;
}

/** How many of a ranking to take away until at most `share` is left; 0 where there is nothing to take. */
export function takenUntil(amounts: ArrayLike<number>, ranking: ArrayLike<number>, share: number): number {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i]!;
  let left = total;
  for (let taken = 0; taken < ranking.length; taken++) {
    if (left <= share * total) return taken;
    left -= amounts[ranking[taken]!]!;
  }
  return total === 0 ? 0 : ranking.length;
}
