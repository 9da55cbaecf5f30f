import { logNegativeBinomialUpperTail } from '../../base/negative-binomial.ts';

/** Shares that a thing gets in a window where it gets any: mean, and variance over windows. */
export interface UsualPace {
  mean: number;
  variance: number;
}

export interface Burst {
  /** Place of the share that made it a burst. */
  at: number;
  count: number;
  pValue: number;
}

/**
 * The first moment at which the shares within `windowMs` up to it have a tail of at most `pValue` under the usual pace (negative binomial: shares
 * come in clusters). `times` ascending; null where there is none.
 */
export function firstBurst(times: Float64Array, windowMs: number, usual: UsualPace, pValue: number): Burst | null {
  const threshold = Math.log(pValue);
  let most = 0;
  for (let at = 0, from = 0; at < times.length; at++) {
    while (times[at]! - times[from]! >= windowMs) from++;
    const count = at - from + 1;
    if (count <= usual.mean || count <= most) continue;
    most = count;
    const logP = logNegativeBinomialUpperTail(count, usual.mean, usual.variance);
    if (logP <= threshold) return { at, count, pValue: Math.exp(logP) };
  }
  return null;
}
