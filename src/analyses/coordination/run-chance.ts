import { Random } from '../../base/random.ts';
import type { AnalysisInput } from '../analysis.ts';
import { type TestedPairs, testPairs } from './chance-kernel.ts';
import type { PairEdges, PairRules } from './co-share-kernel.ts';
import { collectEdges, turn } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { findOccasions, type Occasions } from './occasions-kernel.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { countByKey, keepRows, largestKey } from './share-columns-kernel.ts';

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
