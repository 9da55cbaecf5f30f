import { logPoissonUpperTail } from '../../base/poisson.ts';

export interface Burst {
  /** Place of the share that made it a burst. */
  at: number;
  count: number;
  pValue: number;
}

/**
 * The first moment at which the shares within `windowMs` up to it have a Poisson tail of at most `pValue` against `usual` shares in such a
 * time. `times` ascending; null where there is none.
 */
export function firstBurst(times: Float64Array, windowMs: number, usual: number, pValue: number): Burst | null {
  const threshold = Math.log(pValue);
  for (let at = 0, from = 0; at < times.length; at++) {
    while (times[at]! - times[from]! >= windowMs) from++;
    const count = at - from + 1;
    if (count <= usual) continue;
    const logP = logPoissonUpperTail(count, usual);
    if (logP <= threshold) return { at, count, pValue: Math.exp(logP) };
  }
  return null;
}
