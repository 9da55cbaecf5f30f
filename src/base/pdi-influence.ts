import { portableExp, portableLog } from './portable-log-exp.ts';
import { PowerLawSums } from './power-law-sums.ts';

/** `alpha` is the exponent of the waiting time, `gamma` the weight of followers against recency. */
export interface PdiSetting {
  alpha: number;
  gamma: number;
}

/** Influence under one setting. */
export interface PdiInfluence extends PdiSetting {
  /** Expected descendants of each event, itself included. */
  influence: Float64Array;
}

/** The 15 settings of DeVerna et al.: alpha 1.1, 1.5, 2, 2.5, 3 with gamma .25, .5, .75. */
export const PDI_GRID: readonly PdiSetting[] = [1.1, 1.5, 2, 2.5, 3].flatMap((alpha) =>
  [0.25, 0.5, 0.75].map((gamma) => ({ alpha, gamma })),
);

/** Shortest waiting time in seconds; shorter ones count as this. */
export const PDI_MINIMUM_SECONDS = 1;

/**
 * Probability of each candidate to be the parent of a reshare: gamma f_i / sum(f) + (1 - gamma) d_i^-alpha /
 * sum(d^-alpha).
 *
 * DeVerna et al. (Information diffusion assumptions can distort our understanding of social network dynamics). f are
 * followers, d the seconds before the reshare, at least `PDI_MINIMUM_SECONDS`. Where nobody has followers all count the
 * same.
 */
export function pdiParentProbabilities(
  followers: ArrayLike<number>,
  secondsBefore: ArrayLike<number>,
  setting: PdiSetting,
): Float64Array {
  const n = followers.length;
  const probabilities = new Float64Array(n);
  let audience = 0;
  let recency = 0;
  for (let i = 0; i < n; i++) {
    const seconds = Math.max(PDI_MINIMUM_SECONDS, secondsBefore[i]!);
    probabilities[i] = portableExp(-setting.alpha * portableLog(seconds / PDI_MINIMUM_SECONDS));
    recency += probabilities[i]!;
    audience += followers[i]!;
  }
  for (let i = 0; i < n; i++) {
    const byFollowers = audience > 0 ? followers[i]! / audience : 1 / n;
    probabilities[i] = setting.gamma * byFollowers + ((1 - setting.gamma) * probabilities[i]!) / recency;
  }
  return probabilities;
}

/**
 * Expected descendants of each event of a reshare cascade, itself included, under every setting of a grid: the spread
 * over the grid is the answer, no single setting is.
 *
 * Candidates for the parent are all earlier events. `timesSeconds` ascends and the first event is the root; equal times
 * count in the order given. O(n): the follower part is a prefix sum; in the other, d^-alpha is taken as a sum of about
 * 70 exponentials of d whose relative error is below 1e-6 over the whole cascade (waits under the minimum are exact).
 * RangeError for descending times, negative followers, alpha <= 1 or gamma outside 0 .. 1.
 */
export function pdiInfluence(
  timesSeconds: Float64Array,
  followers: ArrayLike<number>,
  grid: readonly PdiSetting[] = PDI_GRID,
): PdiInfluence[] {
  assertCascade(timesSeconds, followers);
  for (const setting of grid) assertSetting(setting);
  const n = timesSeconds.length;
  const cells = grid.length;
  const results = grid.map((setting) => ({ ...setting, influence: new Float64Array(n) }));
  if (n === 0) return results;

  const alphas = [...new Set(grid.map((setting) => setting.alpha))];
  const alphaOf = grid.map((setting) => alphas.indexOf(setting.alpha));
  const span = timesSeconds[n - 1]! - timesSeconds[0]!;
  const normalisers = recencyNormalisers(timesSeconds, alphas, span);
  const audience = new Float64Array(n);
  for (let i = 1; i < n; i++) audience[i] = audience[i - 1]! + followers[i - 1]!;

  const gammas = Float64Array.from(grid, (setting) => setting.gamma);
  const sums = new PowerLawSums(
    grid.map((setting) => setting.alpha),
    PDI_MINIMUM_SECONDS,
    span,
  );
  const perAudience = new Float64Array(cells);
  const perCandidate = new Float64Array(cells);
  const near = new Float64Array(cells);
  const entering = new Float64Array(cells);
  let far = n;
  for (let i = n - 1; i >= 0; i--) {
    const next = i + 1;
    if (next < n) {
      for (let cell = 0; cell < cells; cell++) {
        const descendants = results[cell]!.influence[next]!;
        if (audience[next]! > 0) perAudience[cell] = perAudience[cell]! + descendants / audience[next]!;
        else perCandidate[cell] = perCandidate[cell]! + descendants / next;
        near[cell] = near[cell]! + descendants / normalisers[alphaOf[cell]!]![next]!;
      }
    }
    let passed = next < n ? timesSeconds[next]! - timesSeconds[i]! : 0;
    let wait = Infinity;
    let recent: Float64Array;
    do {
      wait = Infinity;
      if (far > next && timesSeconds[far - 1]! - timesSeconds[i]! >= PDI_MINIMUM_SECONDS) {
        far--;
        wait = timesSeconds[far]! - timesSeconds[i]!;
        for (let cell = 0; cell < cells; cell++) {
          entering[cell] = results[cell]!.influence[far]! / normalisers[alphaOf[cell]!]![far]!;
          near[cell] = far === next ? 0 : near[cell]! - entering[cell]!;
        }
      }
      recent = sums.step(passed, wait, entering);
      passed = 0;
    } while (far > next && timesSeconds[far - 1]! - timesSeconds[i]! >= PDI_MINIMUM_SECONDS);
    for (let cell = 0; cell < cells; cell++) {
      const gamma = gammas[cell]!;
      const byFollowers = followers[i]! * perAudience[cell]! + perCandidate[cell]!;
      results[cell]!.influence[i] = 1 + gamma * byFollowers + (1 - gamma) * (near[cell]! + recent[cell]!);
    }
  }
  return results;
}

/** For each alpha, sum over i < j of max(1, wait)^-alpha for every event j. */
function recencyNormalisers(timesSeconds: Float64Array, alphas: number[], span: number): Float64Array[] {
  const n = timesSeconds.length;
  const normalisers = alphas.map(() => new Float64Array(n));
  const sums = new PowerLawSums(alphas, PDI_MINIMUM_SECONDS, span);
  const one = new Float64Array(alphas.length).fill(1);
  let far = 0;
  for (let j = 1; j < n; j++) {
    const now = timesSeconds[j]!;
    let recent: Float64Array = one;
    let passed = now - timesSeconds[j - 1]!;
    do {
      const isFar = far < j && now - timesSeconds[far]! >= PDI_MINIMUM_SECONDS;
      recent = sums.step(passed, isFar ? now - timesSeconds[far]! : Infinity, one);
      if (isFar) far++;
      passed = 0;
    } while (far < j && now - timesSeconds[far]! >= PDI_MINIMUM_SECONDS);
    for (let a = 0; a < alphas.length; a++) normalisers[a]![j] = j - far + recent[a]!;
  }
  return normalisers;
}

/** RangeError unless times ascend and there is a follower count of 0 or more for each. */
export function assertCascade(timesSeconds: Float64Array, followers: ArrayLike<number>): void {
  if (followers.length !== timesSeconds.length) {
    throw new RangeError(`${timesSeconds.length} times for ${followers.length} follower counts`);
  }
  for (let i = 0; i < timesSeconds.length; i++) {
    if (i > 0 && !(timesSeconds[i]! >= timesSeconds[i - 1]!)) throw new RangeError(`times descend at ${i}`);
    if (!(followers[i]! >= 0)) throw new RangeError(`follower count ${i} is ${followers[i]}`);
  }
}

/** RangeError unless alpha > 1 and gamma is in 0 .. 1. */
export function assertSetting({ alpha, gamma }: PdiSetting): void {
  if (!(alpha > 1 && gamma >= 0 && gamma <= 1)) throw new RangeError(`PDI setting alpha ${alpha}, gamma ${gamma}`);
}
