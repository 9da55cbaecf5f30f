import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoppedError, UserError } from '../../base/errors.ts';
import {
  countCandidates,
  countPairs,
  EdgeCollector,
  listPairs,
  type PairCount,
  type PairEdges,
  type PairRules,
  pairRanges,
} from './co-share-kernel.ts';
import { estimateEdges } from './estimate-edges-kernel.ts';
import { largestKey, type ShareColumns } from './share-columns-kernel.ts';

export interface Watch {
  onStep: (step: string, done?: number, total?: number) => void;
  signal: AbortSignal | undefined;
}

/** Pairs held in memory at a time (8 bytes each, twice while they are sorted). */
const pairsAtATime = 48_000_000;
const mostCandidates = 20_000_000_000;
const mostEdges = 60_000_000;
/** One account in so many is looked at beforehand where pairs are very many. */
const accountsPerSample = 256;

/**
 * All edges of the pairs that the rules let count, in bounded memory: up to 24 million pairs are listed, more are gone through once to count
 * them and once for every 48 million.
 * @throws UserError where the window makes more pairs or edges than can be held, naming the artifact that makes most of them.
 */
export async function collectEdges(
  shares: ShareColumns,
  rules: PairRules,
  options: { byTime: boolean; nameOf: (artifact: number) => Promise<string> },
  watch: Watch,
): Promise<{ edges: PairEdges; count: PairCount }> {
  const candidates = countCandidates(shares, rules.window);
  if (candidates > mostCandidates)
    throw await tooMany(shares, rules, `about ${round(candidates)} pairs`, options.nameOf);
  if (candidates > mostEdges && estimateEdges(shares, rules, accountsPerSample) > 2 * mostEdges)
    throw await tooMany(shares, rules, `far more than ${round(mostEdges)} edges`, options.nameOf);
  watch.onStep(`counting ${round(candidates)} pairs`);
  await turn(watch);
  const list = candidates <= pairsAtATime / 2 ? listPairs(shares, rules) : null;
  const count = countPairs(shares, rules, shares.account.length === 0 ? 0 : largestKey(shares.account) + 1, list);
  const collector = new EdgeCollector(shares, rules, count.byAccount.length, options.byTime, list);
  let done = 0;
  for (const range of pairRanges(count, pairsAtATime)) {
    watch.onStep('joining pairs to edges', done, count.pairs);
    await turn(watch);
    collector.add(range, count);
    done += range.pairs;
    if (collector.count > mostEdges)
      throw await tooMany(shares, rules, `more than ${round(mostEdges)} edges`, options.nameOf);
  }
  return { edges: collector.finish(), count };
}

/** Lets the program hear that the user wants it to stop. */
export async function turn({ signal }: Watch): Promise<void> {
  await nextTurn();
  if (signal?.aborted) throw new StoppedError();
}

async function tooMany(
  shares: ShareColumns,
  rules: PairRules,
  what: string,
  nameOf: (artifact: number) => Promise<string>,
): Promise<UserError> {
  const { artifact, pairs, share } = heaviest(shares, rules.window);
  return new UserError(
    `A window of ${rules.window / 1e6} s makes ${what}; ${Math.round(100 * share)} % of them (${round(pairs)}) come from ${await nameOf(artifact)}.`,
    'Take a narrower window (--window), leave out what very many share (--most-shares N), raise --min-participation, or look at one story (--story NAME).',
  );
}

function heaviest(shares: ShareColumns, window: number): { artifact: number; pairs: number; share: number } {
  const { artifact, time } = shares;
  let best = { artifact: artifact[0] ?? 0, pairs: 0 };
  let all = 0;
  for (let start = 0; start < artifact.length; ) {
    let end = start;
    let pairs = 0;
    for (let older = start; end < artifact.length && artifact[end] === artifact[start]; end++) {
      while (time[older]! < time[end]! - window) older++;
      pairs += end - older;
    }
    if (pairs > best.pairs) best = { artifact: artifact[start]!, pairs };
    all += pairs;
    start = end;
  }
  return { ...best, share: all === 0 ? 0 : best.pairs / all };
}

function round(count: number): string {
  return count < 10_000_000 ? count.toLocaleString('en') : `${Math.round(count / 1e6).toLocaleString('en')} million`;
}
