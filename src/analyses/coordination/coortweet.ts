import { quantileSorted } from '../../base/quantile.ts';
import { markPaired, type PairEdges, type PairRules } from './co-share-kernel.ts';
import { collectEdges, type Watch } from './collect-edges.ts';
import { countByKey, keepRows, largestKey, type ShareColumns } from './share-columns-kernel.ts';

export interface CoortweetOptions {
  windowSeconds: number;
  minParticipation: number;
  keepLoops: boolean;
  platforms?: PairRules['platforms'];
  /** Second, narrower window of flag_speed_share; null for none. */
  fastWindowSeconds: number | null;
  fastMinParticipation: number;
}

/** What detect_groups finds: edges with their pairs, and the same for the fast pairs alone. `rows` is what the pairs' rows refer to. */
export interface CoortweetNetwork {
  rows: ShareColumns;
  rules: PairRules;
  edges: PairEdges;
  fast: PairEdges | null;
  fastRules: PairRules | null;
  artifacts: number;
}

const kept = 1;
const fastKept = 2;

/**
 * CooRTweet 2.1.3 `detect_groups` and `flag_speed_share` with the edges of `generate_coordinated_network` (Righetti & Balluff):
 * accounts with too few rows are left out; all pairs of shares of an artifact within the window, inclusive; loops out; then a pair stays when either of its
 * posts belongs to an account that has enough rows whose posts stand in pairs.
 */
export async function coortweetNetwork(
  all: ShareColumns,
  isItself: ((artifact: number, content: number) => boolean) | null,
  options: CoortweetOptions,
  nameOf: (artifact: number) => Promise<string>,
  watch: Watch,
): Promise<CoortweetNetwork> {
  const { minParticipation, keepLoops } = options;
  const sizes = keySpaces(all);
  const rowsOf = countByKey(all.account, sizes.accounts);
  const active = keepRows(all, (row) => rowsOf[all.account[row]!]! >= minParticipation);
  const rows =
    isItself && !keepLoops ? keepRows(active, (row) => !isItself(active.artifact[row]!, active.content[row]!)) : active;
  const marks = new Uint8Array(sizes.contents);
  const base: PairRules = {
    window: Math.round(options.windowSeconds * 1e6),
    keepLoops,
    platforms: options.platforms,
  };
  let rules: PairRules = base;
  if (minParticipation >= 1) {
    markParticipants(rows, base, active, minParticipation, marks, kept, sizes);
    rules = { ...base, marks, need: kept };
  }
  const collect = { byTime: true, nameOf };
  const { edges, count } = await collectEdges(rows, rules, collect, watch);
  let fast: PairEdges | null = null;
  let fastRules: PairRules | null = null;
  if (options.fastWindowSeconds !== null) {
    const window = Math.min(Math.round(options.fastWindowSeconds * 1e6), base.window);
    markParticipants(rows, { ...rules, window }, all, options.fastMinParticipation, marks, fastKept, sizes);
    fastRules = { ...base, window, marks, need: (rules.need ?? 0) | fastKept };
    fast = (await collectEdges(rows, fastRules, collect, watch)).edges;
  }
  return { rows, rules, edges, fast, fastRules, artifacts: count.artifacts };
}

/** Edge weights strictly above the quantile of all weights (R's type 7) are flagged. */
export function flagHeavy(weights: Uint32Array, edgeWeight: number): { threshold: number | null; flagged: Uint8Array } {
  const flagged = new Uint8Array(weights.length);
  if (weights.length === 0) return { threshold: null, flagged };
  const threshold = quantileSorted(Uint32Array.from(weights).sort(), edgeWeight);
  for (let edge = 0; edge < weights.length; edge++) flagged[edge] = weights[edge]! > threshold ? 1 : 0;
  return { threshold, flagged };
}

/** Sets `bit` for the posts in pairs whose account has at least `fewest` rows of `counted` with posts in pairs. */
function markParticipants(
  rows: ShareColumns,
  rules: PairRules,
  counted: ShareColumns,
  fewest: number,
  marks: Uint8Array,
  bit: number,
  sizes: { accounts: number; contents: number },
): void {
  const paired = new Uint8Array(sizes.contents);
  markPaired(rows, rules, paired, 1);
  const taking = new Uint32Array(sizes.accounts);
  const { account, content } = counted;
  const inPairs = new Uint32Array(account.length);
  let count = 0;
  for (let row = 0; row < account.length; row++) {
    if (paired[content[row]!] === 0) continue;
    inPairs[count++] = row;
    taking[account[row]!] = taking[account[row]!]! + 1;
  }
  for (let place = 0; place < count; place++) {
    const row = inPairs[place]!;
    if (taking[account[row]!]! >= fewest) marks[content[row]!] = marks[content[row]!]! | bit;
  }
}

function keySpaces({ account, content }: ShareColumns): { accounts: number; contents: number } {
  if (account.length === 0) return { accounts: 0, contents: 0 };
  return { accounts: largestKey(account) + 1, contents: largestKey(content) + 1 };
}

/** Distinct posts of each account (by key) that stand in a pair. */
export function uniqueShares(rows: ShareColumns, rules: PairRules): Uint32Array {
  const sizes = keySpaces(rows);
  const paired = new Uint8Array(sizes.contents);
  markPaired(rows, rules, paired, 1);
  const counts = new Uint32Array(sizes.accounts);
  for (let row = 0; row < rows.content.length; row++) {
    if (paired[rows.content[row]!] === 0) continue;
    paired[rows.content[row]!] = 0;
    counts[rows.account[row]!] = counts[rows.account[row]!]! + 1;
  }
  return counts;
}
