import { Random } from '../../base/random.ts';
import { rowsByKey } from '../../base/rows-by-key.ts';
import type { AnalysisInput } from '../analysis.ts';
import { pairsOfEdges } from './co-share-kernel.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { countEnds, type FoundNetwork, largestOf } from './found-network.ts';
import { groupChance } from './group-chance-kernel.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { type ChanceRun, runChance } from './run-chance.ts';
import { meanSeconds } from './run-coortweet.ts';
import { sweepWindows } from './sweep-windows.ts';

const fewestOccasions = 30;

/**
 * Spillover's own definition: accounts coincide where their first shares of an artifact in an hour lie within the window; an edge is significant where they
 * coincide more often than the other accounts' times make likely (`testPairs`), after Benjamini-Hochberg.
 */
export async function runSpillover(
  prepared: PreparedShares,
  options: CoordinationOptions,
  input: AnalysisInput,
): Promise<FoundNetwork> {
  const windowSeconds = options.windowSeconds ?? 60;
  const run = await runChance(prepared, options, windowSeconds, input);
  const { occasions, edges, tested, rules } = run;
  const kept = tested.edges;
  const pick = (column: Uint32Array) => Uint32Array.from(kept, (edge) => column[edge]!);
  const mean = meanSeconds(edges);
  const rows = { ...occasions.acts, artifact: occasions.artifacts! };
  const actsOf = rowsByKey(occasions.acts.account, largestOf(occasions.acts.account) + 1);
  return {
    directed: false,
    windowSeconds,
    threshold: null,
    counts: {
      pairs: edges.pairs,
      accounts: countEnds(edges.a, edges.b),
      artifacts: new Set(rows.artifact).size,
      edges: edges.count,
      maxWeight: largestOf(edges.weight),
    },
    a: pick(edges.a),
    b: pick(edges.b),
    weight: pick(edges.weight),
    flagged: Uint8Array.from(tested.adjusted, (p) => (p < options.level ? 1 : 0)),
    avgDelta: Float64Array.from(kept, (edge) => mean[edge]!),
    contentsA: pick(edges.left),
    contentsB: pick(edges.right),
    contentsOfEnds: true,
    more: { expected: tested.expected, pValue: tested.pValue, adjusted: tested.adjusted, shared: tested.shared },
    fast: null,
    fastEnds: null,
    rows,
    pairsOf: (a, b) => pairsOfEdges(occasions.acts, rules, a, b),
    coortweet: null,
    groupChance: (group, groups) =>
      Math.min(
        1,
        groups *
          groupChance(
            occasions,
            actsOf,
            group,
            tested.usual,
            rules.window,
            options.permutations,
            new Random(options.seed).fork(`group ${group.accounts.join()}`),
          ),
      ),
    extra: await sweepWindows(prepared, options, { windowSeconds, run }, input),
    insufficient: lacking(
      run,
      options.minWeight ?? 3,
      windowSeconds,
      await coarseShare(input, prepared, windowSeconds),
    ),
    notes: [
      `${tested.tests.toLocaleString('en')} pairs of accounts met on enough occasions to be tested; only pairs that coincided at least ${options.minWeight ?? 3} times are listed.`,
    ],
  };
}

/** Why the data cannot carry an answer. */
function lacking(
  { occasions, tested }: ChanceRun,
  fewest: number,
  windowSeconds: number,
  coarse: number,
): string | null {
  if (coarse > 0.5)
    return `${Math.round(100 * coarse)} % of the times are known less exactly than the window of ${windowSeconds} s; take a wider one.`;
  const found = occasions.starts.length - 1;
  if (found < fewestOccasions)
    return `only ${found} times did two accounts share the same thing in the same hour; it takes ${fewestOccasions} to know what is usual.`;
  if (tested.tests === 0)
    return `no two accounts shared ${fewest} things in the same hours: coincidences cannot repeat.`;
  return null;
}

/** Part of the posts whose time is known less exactly than the window. */
async function coarseShare(
  { database }: Pick<AnalysisInput, 'database'>,
  { shares }: PreparedShares,
  windowSeconds: number,
): Promise<number> {
  const precisions = await database.first<{ coarse: number }>(
    `select coalesce(avg(case when time_precision_ms > $most then 1 else 0 end), 0)::double as coarse
     from post where post_key between $low::integer and $high::integer and time is not null`,
    {
      most: Math.max(1, windowSeconds) * 1000,
      low: shares.content.reduce((least, key) => Math.min(least, key), 2 ** 31 - 1),
      high: largestOf(shares.content),
    },
  );
  return precisions!.coarse;
}
