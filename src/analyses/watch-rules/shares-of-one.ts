import type { YoungArtifacts } from './load-young-artifacts.ts';
import type { SharesOfOne } from './warning-features-kernel.ts';

/** The shares of one artifact up to a moment, as views of the columns. */
export function sharesOfOne(young: YoungArtifacts, artifact: number, asOf: number): SharesOfOne {
  const from = young.offset[artifact]!;
  let to = young.offset[artifact + 1]!;
  while (to > from && young.time[to - 1]! > asOf) to--;
  return {
    time: young.time.subarray(from, to),
    tier: young.tier.subarray(from, to),
    platform: young.platform.subarray(from, to),
    account: young.account.subarray(from, to),
    reshare: young.reshare.subarray(from, to),
    repeated: young.repeated.subarray(from, to),
    reach: young.reach.subarray(from, to),
    created: young.created.subarray(from, to),
  };
}
