import { Random } from '../../base/random.ts';
import type { AnalysisInput } from '../analysis.ts';
import { actsByAccount, type TestedPairs, testPairs } from './chance-kernel.ts';
import { type PairEdges, type PairRules, pairsOfEdges } from './co-share-kernel.ts';
import { collectEdges, turn } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { countEnds, type FoundNetwork, largestOf } from './found-network.ts';
import { groupChance } from './group-chance-kernel.ts';
import { findOccasions, type Occasions } from './occasions-kernel.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { meanSeconds } from './run-coortweet.ts';
import { countByKey, keepRows, largestKey } from './share-columns-kernel.ts';

const fewestOccasions = 30;

/** One run of the test: the coincidences on occasions, and which of them chance does not explain. */
export interface ChanceRun {
  occasions: Occasions;
  rules: PairRules;
  edges: PairEdges;
  artifacts: number;
  tested: TestedPairs;
}

export async function runChance(
  prepared: PreparedShares,
  options: CoordinationOptions,
  windowSeconds: number,
  input: Pick<AnalysisInput, 'onStep' | 'signal'>,
): Promise<ChanceRun> {
  const { shares } = prepared;
  const rowsOf = countByKey(shares.account, shares.account.length === 0 ? 0 : largestKey(shares.account) + 1);
  const active = keepRows(shares, (row) => rowsOf[shares.account[row]!]! >= options.minParticipation);
  const window = Math.round(windowSeconds * 1e6);
  const width = Math.max(options.nullHours * 3.6e9, 10 * window);
  const occasions = findOccasions(active, width);
  const rules: PairRules = { window, keepLoops: false, platforms: prepared.platforms };
  const { edges, count } = await collectEdges(
    occasions.acts,
    rules,
    {
      byTime: false,
      nameOf: (occasion) => prepared.nameOf(active.artifact[occasions.row[occasions.starts[occasion]!]!]!),
    },
    input,
  );
  input.onStep('testing pairs against chance');
  await turn(input);
  const tested = testPairs(occasions, edges, {
    window,
    width,
    fewest: options.minWeight ?? 3,
    level: options.level,
    seed: new Random(options.seed),
  });
  return { occasions: withArtifacts(occasions, active.artifact), rules, edges, artifacts: count.artifacts, tested };
}

/** The acts with their artifacts again, for reports; occasions stay apart in `starts`. */
function withArtifacts(occasions: Occasions, artifact: Uint32Array): Occasions {
  return { ...occasions, artifacts: Uint32Array.from(occasions.row, (row) => artifact[row]!) };
}

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
  const actsOf = actsByAccount(occasions.acts.account, largestOf(occasions.acts.account) + 1);
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
    insufficient: lacking(run, options.minWeight ?? 3),
    notes: [
      `${tested.tests.toLocaleString('en')} pairs of accounts met on enough occasions to be tested; only pairs that coincided at least ${options.minWeight ?? 3} times are listed.`,
    ],
  };
}

/** Why the data cannot carry an answer. */
function lacking({ occasions, tested }: ChanceRun, fewest: number): string | null {
  const found = occasions.starts.length - 1;
  if (found < fewestOccasions)
    return `only ${found} times did two accounts share the same thing in the same hour; it takes ${fewestOccasions} to know what is usual.`;
  if (tested.tests === 0)
    return `no two accounts shared ${fewest} things in the same hours: coincidences cannot repeat.`;
  return null;
}
