import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { adjustedRandIndex } from '../base/adjusted-rand-index.ts';
import { auc } from '../base/auc.ts';
import { UserError } from '../base/errors.ts';

interface TruthPost {
  post: string;
  time: string;
  inFiles?: string | boolean;
}

/** What evaluation needs of a planted folder's truth.json. */
export interface Truth {
  campaign: boolean;
  origin: (TruthPost & { platform: string }) | null;
  stages: { id: string; platform: string; time: string; inFiles: { time: string; post: TruthPost | null } | null }[];
  catalysts: { account: string; posts: TruthPost[] }[];
  boosters: { account: string; group: number; storyPostsInFiles: number }[];
  groups: { id: number; accounts: string[] }[];
  influencer: { account: string; post: TruthPost } | null;
  mainstream: { item: TruthPost }[];
  absent: { player: string; verdict: string }[];
}

/** How well a trace met the truth; null where the truth holds nothing to meet. */
export interface EvaluationRow {
  originProbability: number | null;
  originCorrect: boolean | null;
  leftEdgeClean: boolean;
  /** Whether the statement calls the first post "earliest in this collection" and no more. */
  earliestOnly: boolean;
  catalystsInTop3: number | null;
  bestCatalystInTop3: boolean | null;
  boosterAuc: number | null;
  boosterPrecision60: number | null;
  groupAri: number | null;
  influencerFound: boolean | null;
  influencerP: number | null;
  mainstreamExact: boolean | null;
  stagesWithinBin: [met: number, of: number];
  stagesMissed: string[];
  absentCorrect: [met: number, of: number];
  /** Mean score and mean width of the interval of the planted accounts that were scored. */
  catalystScore: Spread | null;
  boosterScore: Spread | null;
  /** What is said for certain and is not so: significant roles and groups that were not planted, a false origin candidate, a false absence. */
  falseClaims: string[];
}

export interface Spread {
  score: number;
  width: number;
}

const binMs = 5 * 60_000;

export function readTruth(folder: string): Truth {
  const path = join(folder, 'truth.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Truth;
  } catch (error) {
    throw new UserError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      'Make such a folder with spillover plant --out DIR.',
      { cause: error },
    );
  }
}

/** Scores a trace against the truth about the files it was made from. Posts that the files lack are not asked for. */
export function scoreTrace(result: TraceResult, truth: Truth): EvaluationRow {
  const significant = (role: string) =>
    result.roles.filter((one) => one.role === role && one.significant).map((one) => one.account);
  if (!truth.campaign) {
    return {
      ...nothing,
      leftEdgeClean: result.origin.leftEdgeClean,
      earliestOnly: isEarliestOnly(result),
      falseClaims: [
        ...significant('catalyst').map((account) => `catalyst ${account}`),
        ...significant('influencer').map((account) => `influencer ${account}`),
        ...result.groups.filter((group) => group.pValue < 0.05).map((group) => `group of ${group.accounts.length}`),
      ],
    };
  }
  const candidate = result.origin.candidates[0];
  const originInFiles = truth.origin !== null && isThere(truth.origin);
  const catalysts = truth.catalysts.filter((one) => one.posts.some(isThere)).map((one) => one.account);
  const top3 = result.roles
    .filter((one) => one.role === 'catalyst')
    .slice(0, 3)
    .map((one) => one.account);
  const boosters = new Set(truth.boosters.filter((one) => one.storyPostsInFiles > 0).map((one) => one.account));
  const scored = result.roles.filter((one) => one.role === 'booster');
  const influencer = result.roles.find((one) => one.role === 'influencer' && one.account === truth.influencer?.account);
  const influencerThere = truth.influencer !== null && isThere(truth.influencer.post);
  const firstItem = truth.mainstream.map((one) => one.item).find(isThere);
  const mainstream = result.stages.find((stage) => stage.id === 'mainstream');
  const wanted = truth.stages.filter((stage) => stage.inFiles !== null);
  const missed = wanted.filter((stage) => !result.stages.some((found) => meets(found, stage)));
  const asked = truth.absent;
  return {
    originProbability: originInFiles
      ? (result.origin.candidates.find((one) => one.post === truth.origin!.post)?.probability ?? 0)
      : null,
    originCorrect: originInFiles ? candidate?.post === truth.origin!.post : null,
    leftEdgeClean: result.origin.leftEdgeClean,
    earliestOnly: isEarliestOnly(result),
    catalystsInTop3: catalysts.length > 0 ? top3.filter((one) => catalysts.includes(one)).length : null,
    bestCatalystInTop3: catalysts.length > 0 ? top3.includes(catalysts[0]!) : null,
    boosterAuc: boosters.size > 0 ? boosterAuc(scored, boosters, result) : null,
    boosterPrecision60:
      boosters.size > 0
        ? scored.slice(0, 60).filter((one) => boosters.has(one.account)).length / Math.min(60, boosters.size)
        : null,
    groupAri: boosters.size > 0 ? groupAri(result, truth, boosters) : null,
    influencerFound: influencerThere ? influencer?.significant === true : null,
    influencerP: influencerThere ? (influencer?.pValue ?? null) : null,
    mainstreamExact: firstItem ? mainstream?.post === firstItem.post : null,
    stagesWithinBin: [wanted.length - missed.length, wanted.length],
    stagesMissed: missed.map((stage) => `${stage.id} ${stage.platform}`),
    absentCorrect: [
      asked.filter((one) =>
        result.absent.some((found) => found.account === one.player && found.verdict === one.verdict),
      ).length,
      asked.length,
    ],
    catalystScore: spread(result.roles, 'catalyst', new Set(truth.catalysts.map((one) => one.account))),
    boosterScore: spread(result.roles, 'booster', boosters),
    falseClaims: falseClaims(result, truth),
  };
}

const isEarliestOnly = (result: TraceResult) => result.origin.statement.startsWith('Earliest in this collection');

function spread(roles: TraceResult['roles'], role: string, accounts: ReadonlySet<string>): Spread | null {
  const some = roles.filter((one) => one.role === role && accounts.has(one.account));
  if (some.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return { score: mean(some.map((one) => one.score)), width: mean(some.map((one) => one.high - one.low)) };
}

function falseClaims(result: TraceResult, truth: Truth): string[] {
  const planted = new Map([
    ['catalyst', new Set(truth.catalysts.map((one) => one.account))],
    ['influencer', new Set(truth.influencer ? [truth.influencer.account] : [])],
  ]);
  const boosters = new Set(truth.boosters.map((one) => one.account));
  return [
    ...result.roles
      .filter((one) => one.significant && planted.has(one.role) && !planted.get(one.role)!.has(one.account))
      .map((one) => `${one.role} ${one.account}`),
    ...result.groups
      .filter((group) => group.pValue < 0.05)
      .filter((group) => 2 * group.accounts.filter((one) => boosters.has(one)).length < group.accounts.length)
      .map((group) => `group of ${group.accounts.length}`),
    ...(result.origin.leftEdgeClean && result.origin.candidates[0]?.post !== truth.origin?.post
      ? [`origin ${result.origin.candidates[0]?.post}`]
      : []),
    ...result.absent
      .filter((one) => one.verdict === 'absent')
      .filter((one) => !truth.absent.some((player) => player.player === one.account && player.verdict === 'absent'))
      .map((one) => `absent ${one.account}`),
  ];
}

const nothing: EvaluationRow = {
  originProbability: null,
  originCorrect: null,
  leftEdgeClean: false,
  earliestOnly: false,
  catalystsInTop3: null,
  bestCatalystInTop3: null,
  boosterAuc: null,
  boosterPrecision60: null,
  groupAri: null,
  influencerFound: null,
  influencerP: null,
  mainstreamExact: null,
  stagesWithinBin: [0, 0],
  stagesMissed: [],
  absentCorrect: [0, 0],
  catalystScore: null,
  boosterScore: null,
  falseClaims: [],
};

const isThere = (post: TruthPost) => post.inFiles !== null && post.inFiles !== false && post.inFiles !== 'no';

function meets(found: TraceResult['stages'][number], truth: Truth['stages'][number]): boolean {
  if (found.id !== truth.id || (found.id === 'crossing' && found.platform !== truth.platform)) return false;
  const wanted = [truth.time, truth.inFiles!.time].map((time) => Date.parse(time));
  return wanted.some((time) => time >= Date.parse(found.earliest) - binMs && time <= Date.parse(found.latest) + binMs);
}

/** Accounts that were too quiet to be scored stand last, equal among themselves. */
function boosterAuc(scored: TraceResult['roles'], boosters: ReadonlySet<string>, result: TraceResult): number | null {
  const scores = scored.map((one) => one.score);
  const positive = scored.map((one) => (boosters.has(one.account) ? 1 : 0));
  const listed = new Set(scored.map((one) => one.account));
  const unlistedBoosters = [...boosters].filter((one) => !listed.has(one)).length;
  const unlistedOthers = Math.max(0, result.accounts - scored.length - unlistedBoosters);
  for (let n = 0; n < unlistedBoosters; n++) {
    scores.push(-1);
    positive.push(1);
  }
  for (let n = 0; n < unlistedOthers; n++) {
    scores.push(-1);
    positive.push(0);
  }
  return auc(scores, positive);
}

/** Agreement of the groups found with the groups planted, over planted boosters and all accounts that were put into a group. */
function groupAri(result: TraceResult, truth: Truth, boosters: ReadonlySet<string>): number {
  const found = new Map<string, number>();
  result.groups.forEach((group, place) => {
    for (const account of group.accounts) found.set(account, place + 1);
  });
  const planted = new Map(
    truth.groups.flatMap((group) => group.accounts.map((account): [string, number] => [account, group.id])),
  );
  const accounts = [...new Set([...boosters, ...found.keys()])];
  let alone = 1000;
  return adjustedRandIndex(
    accounts.map((account) => planted.get(account) ?? alone++),
    accounts.map((account) => found.get(account) ?? alone++),
  );
}
