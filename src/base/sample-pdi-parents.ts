import { assertCascade, assertSetting, PDI_MINIMUM_SECONDS, type PdiSetting } from './pdi-influence.ts';
import { portableExp, portableLog } from './portable-log-exp.ts';
import type { Random } from './random.ts';

/**
 * One tree drawn under a PDI setting: parent of each event, -1 for the root, which is the first.
 *
 * Exact for cascades of any size: candidates are kept in ranges of waiting times that double, a range is drawn by its
 * upper bound and the candidate in it accepted by rejection. About O(n log(span)); `timesSeconds` ascends. RangeError
 * as `pdiInfluence`.
 */
export function samplePdiParents(
  timesSeconds: Float64Array,
  followers: ArrayLike<number>,
  setting: PdiSetting,
  random: Random,
): Int32Array {
  assertCascade(timesSeconds, followers);
  assertSetting(setting);
  const { alpha, gamma } = setting;
  const n = timesSeconds.length;
  const parents = new Int32Array(n).fill(-1);
  if (n === 0) return parents;
  const span = timesSeconds[n - 1]! - timesSeconds[0]!;
  let ranges = 1;
  while (PDI_MINIMUM_SECONDS * 2 ** ranges <= span) ranges++;
  const edges = Float64Array.from({ length: ranges + 1 }, (_, b) => PDI_MINIMUM_SECONDS * 2 ** b);
  const bounds = edges.map((edge) => portableExp(-alpha * portableLog(edge / PDI_MINIMUM_SECONDS)));
  const older = new Uint32Array(ranges + 1);
  const audience = new Float64Array(n);
  let listeners = 0;
  for (let i = 0; i < n; i++) {
    listeners += followers[i]!;
    audience[i] = listeners;
  }

  for (let j = 1; j < n; j++) {
    const now = timesSeconds[j]!;
    for (let b = 0; b <= ranges; b++) {
      let count = older[b]!;
      while (count < j && now - timesSeconds[count]! >= edges[b]!) count++;
      older[b] = count;
    }
    if (random.uniform() < gamma) {
      parents[j] = audience[j - 1]! > 0 ? pickByAudience(audience, j, random) : random.int(j);
      continue;
    }
    const near = j - older[0]!;
    let total = near;
    for (let b = 0; b < ranges; b++) total += (older[b]! - older[b + 1]!) * bounds[b]!;
    for (;;) {
      let goal = random.uniform() * total - near;
      if (goal < 0) {
        parents[j] = older[0]! + random.int(near);
        break;
      }
      let b = 0;
      for (; b < ranges - 1; b++) {
        goal -= (older[b]! - older[b + 1]!) * bounds[b]!;
        if (goal < 0) break;
      }
      const width = older[b]! - older[b + 1]!;
      if (width === 0) continue;
      const candidate = older[b + 1]! + random.int(width);
      const ratio = (now - timesSeconds[candidate]!) / edges[b]!;
      if (random.uniform() < portableExp(-alpha * portableLog(ratio))) {
        parents[j] = candidate;
        break;
      }
    }
  }
  return parents;
}

function pickByAudience(audience: Float64Array, end: number, random: Random): number {
  const goal = random.uniform() * audience[end - 1]!;
  let low = 0;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (audience[middle]! > goal) high = middle;
    else low = middle + 1;
  }
  return low;
}
