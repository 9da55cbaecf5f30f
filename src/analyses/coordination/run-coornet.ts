import { UserError } from '../../base/errors.ts';
import { quantileSorted } from '../../base/quantile.ts';
import type { AnalysisInput } from '../analysis.ts';
import { pairsOfEdges } from './co-share-kernel.ts';
import { collectEdges } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { coornetActs, coornetInterval } from './coornet-kernel.ts';
import { countEnds, type FoundNetwork, largestOf } from './found-network.ts';
import type { PreparedShares } from './prepare-shares.ts';

/**
 * CooRnet 1.7: fixed bins, and an edge for every artifact that two accounts both shared in *some* coordinated bin, not necessarily the same; edges whose weight
 * reaches the quantile are flagged. The interval is estimated from the data unless a window is given.
 */
export async function runCoornet(
  prepared: PreparedShares,
  options: CoordinationOptions,
  input: AnalysisInput,
): Promise<FoundNetwork> {
  const estimated = coornetInterval(prepared.shares, options.intervalQuantile, options.intervalShare);
  const interval = options.windowSeconds ?? estimated;
  if (interval === null)
    throw new UserError('Nothing was shared twice: there is no interval to estimate.', 'Give one with --window.');
  if (interval <= 0) throw new UserError('CooRnet cuts time into bins: the window must be above 0 s.');
  const acts = coornetActs(prepared.shares, interval);
  const rules = { window: 0, keepLoops: false, platforms: prepared.platforms };
  const timeless = { ...acts, time: new Float64Array(acts.time.length) };
  const { edges, count } = await collectEdges(timeless, rules, { byTime: false, nameOf: prepared.nameOf }, input);
  const threshold =
    edges.count === 0 ? null : quantileSorted(Uint32Array.from(edges.weight).sort(), options.edgeWeight ?? 0.9);
  return {
    directed: false,
    windowSeconds: interval,
    threshold,
    counts: {
      pairs: edges.pairs,
      accounts: countEnds(edges.a, edges.b),
      artifacts: count.artifacts,
      edges: edges.count,
      maxWeight: largestOf(edges.weight),
    },
    a: edges.a,
    b: edges.b,
    weight: edges.weight,
    flagged: Uint8Array.from(edges.weight, (weight) => (weight >= threshold! ? 1 : 0)),
    avgDelta: null,
    contentsA: edges.left,
    contentsB: edges.right,
    contentsOfEnds: true,
    more: {},
    fast: null,
    fastEnds: null,
    rows: acts,
    pairsOf: (a, b) => pairsOfEdges(timeless, rules, a, b),
    coortweet: null,
    insufficient: null,
    notes: [
      options.windowSeconds === null
        ? `The interval of ${interval} s was estimated from the data (q = ${options.intervalQuantile}, p = ${options.intervalShare}).`
        : `The data would suggest an interval of ${estimated ?? '?'} s (q = ${options.intervalQuantile}, p = ${options.intervalShare}).`,
      'CooRnet joins accounts that shared the same artifact in some coordinated bin each, even in different bins: its edges are many more than those of a sliding window.',
    ],
  };
}
