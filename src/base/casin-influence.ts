import { portableExp, portableLog } from './portable-log-exp.ts';
import type { Random } from './random.ts';

/** Decay per second of the attention to an earlier reshare that Rizoiu et al. estimated. */
export const CASIN_RATE_PER_SECOND = -6.8e-5;

/**
 * Expected descendants of each event of a reshare cascade, itself included, where only the root is known (casIn).
 *
 * Rizoiu et al. 2018 (#DebateNight, ICWSM): event j came from the earlier event i with probability proportional to m_i
 * exp(r (t_j - t_i)), m = followers with 0 taken as 1. Exact in O(n): the factor exp(r t_j) cancels, so p_ij is a
 * weight over a prefix sum, and both sums are carried relative to the time of the last event, which neither overflows
 * nor vanishes for r <= 0. `timesSeconds` ascends and the first event is the root; equal times count in the order
 * given. RangeError otherwise.
 */
export function casinInfluence(
  timesSeconds: Float64Array,
  followers: ArrayLike<number>,
  ratePerSecond = CASIN_RATE_PER_SECOND,
): Float64Array {
  const n = timesSeconds.length;
  const prefix = casinPrefixes(timesSeconds, followers, ratePerSecond);
  const influence = new Float64Array(n);
  let received = 0;
  for (let i = n - 1; i >= 0; i--) {
    if (i + 1 < n) {
      const decay = portableExp(ratePerSecond * (timesSeconds[i + 1]! - timesSeconds[i]!));
      received = influence[i + 1]! / prefix[i]! + received * decay;
    }
    influence[i] = 1 + Math.max(1, followers[i]!) * received;
  }
  return influence;
}

/** Probability of each earlier event to be the parent of event `child`; length `child`, sum 1 (empty for the root). */
export function casinParentProbabilities(
  timesSeconds: Float64Array,
  followers: ArrayLike<number>,
  child: number,
  ratePerSecond = CASIN_RATE_PER_SECOND,
): Float64Array {
  const probabilities = new Float64Array(child);
  let sum = 0;
  for (let i = 0; i < child; i++) {
    const age = timesSeconds[child - 1]! - timesSeconds[i]!;
    probabilities[i] = Math.max(1, followers[i]!) * portableExp(ratePerSecond * age);
    sum += probabilities[i]!;
  }
  return probabilities.map((p) => p / sum);
}

/** One tree drawn from the same probabilities: parent of each event, -1 for the root. O(n log n). */
export function sampleCasinParents(
  timesSeconds: Float64Array,
  followers: ArrayLike<number>,
  random: Random,
  ratePerSecond = CASIN_RATE_PER_SECOND,
): Int32Array {
  const n = timesSeconds.length;
  const logPrefix = casinPrefixes(timesSeconds, followers, ratePerSecond);
  for (let i = 0; i < n; i++) {
    logPrefix[i] = portableLog(logPrefix[i]!) - ratePerSecond * (timesSeconds[i]! - timesSeconds[0]!);
  }
  const parents = new Int32Array(n).fill(-1);
  for (let j = 1; j < n; j++) {
    const goal = logPrefix[j - 1]! + portableLog(1 - random.uniform());
    let low = 0;
    let high = j - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (logPrefix[middle]! >= goal) high = middle;
      else low = middle + 1;
    }
    parents[j] = low;
  }
  return parents;
}

/** prefix[i] = sum over l <= i of m_l exp(r (t_i - t_l)). */
function casinPrefixes(timesSeconds: Float64Array, followers: ArrayLike<number>, ratePerSecond: number): Float64Array {
  const n = timesSeconds.length;
  if (followers.length !== n) throw new RangeError(`${n} times for ${followers.length} follower counts`);
  if (!(ratePerSecond <= 0)) throw new RangeError(`casIn needs a rate <= 0, got ${ratePerSecond}`);
  const prefix = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const gap = i === 0 ? 0 : timesSeconds[i]! - timesSeconds[i - 1]!;
    if (!(gap >= 0)) throw new RangeError(`casIn needs ascending times, not so at ${i}`);
    const audience = followers[i]!;
    if (!(audience >= 0)) throw new RangeError(`follower count ${i} is ${audience}`);
    sum = sum * portableExp(ratePerSecond * gap) + Math.max(1, audience);
    prefix[i] = sum;
  }
  return prefix;
}
