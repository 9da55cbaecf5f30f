import type { AnalysisInput } from '../analysis.ts';
import { type PairEdges, type PairRules, pairsOfEdges } from './co-share-kernel.ts';
import { collectEdges } from './collect-edges.ts';
import type { CoordinationOptions } from './coordination-options.ts';
import { countEnds, type FoundNetwork, largestOf } from './found-network.ts';
import type { PreparedShares } from './prepare-shares.ts';
import { similarTexts } from './similar-texts.ts';

/**
 * The networks of coordination-network-toolkit 1.5: co_link (`url`), co_retweet (`reshared`), co_tweet (`text`), co_similar_tweet (`near-text`),
 * co_reply (`reply`), co_post (`post`). Directed: the weight from a to b is the number of posts of a with a post of b within the window.
 */
export async function runCnt(
  prepared: PreparedShares,
  options: CoordinationOptions,
  input: AnalysisInput,
): Promise<FoundNetwork> {
  const windowSeconds = options.windowSeconds ?? 1;
  const minWeight = options.minWeight ?? options.minParticipation;
  const rules: PairRules = {
    window: Math.round(windowSeconds * 1e6),
    keepLoops: options.keepLoops,
    platforms: prepared.platforms,
  };
  if (prepared.kinds.includes('similar-text'))
    rules.accept = await similarTexts(input, prepared.shares, options.similarity);
  const { edges, count } = await collectEdges(
    prepared.shares,
    rules,
    { byTime: false, nameOf: prepared.nameOf },
    input,
  );
  const both = bothDirections(edges, minWeight);
  return {
    directed: true,
    windowSeconds,
    threshold: null,
    counts: {
      pairs: edges.pairs,
      accounts: countEnds(both.a, both.b),
      artifacts: count.artifacts,
      edges: both.a.length,
      maxWeight: largestOf(both.weight),
    },
    ...both,
    flagged: new Uint8Array(both.a.length).fill(1),
    contentsOfEnds: true,
    more: {},
    fast: null,
    fastEnds: null,
    rows: prepared.shares,
    pairsOf: (a, b) => pairsOfEdges(prepared.shares, rules, a, b),
    coortweet: null,
    insufficient: null,
    notes: [],
  };
}

/** Each pair of accounts in the directions whose weight suffices; a loop has one. */
function bothDirections(edges: PairEdges, minWeight: number) {
  const rows: number[] = [];
  for (let edge = 0; edge < edges.count; edge++) {
    if (edges.left[edge]! >= minWeight) rows.push(2 * edge);
    if (edges.a[edge] !== edges.b[edge] && edges.right[edge]! >= minWeight) rows.push(2 * edge + 1);
  }
  const ends = (turned: number) =>
    Uint32Array.from(rows, (row) => (row % 2 === turned ? edges.a : edges.b)[row >>> 1]!);
  const posts = (turned: number) =>
    Uint32Array.from(rows, (row) => (row % 2 === turned ? edges.left : edges.right)[row >>> 1]!);
  return {
    a: ends(0),
    b: ends(1),
    weight: posts(0),
    contentsA: posts(0),
    contentsB: posts(1),
    avgDelta: Float64Array.from(rows, (row) => edges.delta[row >>> 1]! / 1e6 / edges.weight[row >>> 1]!),
  };
}
