import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { percentileRanks } from '../../base/percentile-ranks.ts';
import { quantile } from '../../base/quantile.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { choosePosts, postNames } from '../choose-posts.ts';
import type { CoordinationEdge } from '../coordination/coordination-result.ts';
import { automationDefinition } from './automation-options.ts';
import type { AutomationEntry, AutomationResult, SignId } from './automation-result.ts';
import { type BirthCluster, birthClusters } from './birth-clusters-kernel.ts';
import { type AutomationInput, loadAccounts } from './load-accounts.ts';
import { handleLikelihoods, metadataFeatures } from './metadata-features.ts';
import { measureSigns, signs } from './signs.ts';
import { summariseAutomation } from './summarise-automation.ts';

const day = 86_400_000;
const evidenceShown = 3;

export const automation: Analysis<AutomationResult> = {
  definition: automationDefinition,
  run,
  summarise: summariseAutomation,
};

async function run(input: AnalysisInput): Promise<AutomationResult> {
  const { minimumPosts, fewestSigns, top } = input.options as unknown as {
    minimumPosts: number;
    fewestSigns: number;
    top: number;
  };
  const { posts } = await choosePosts(input);
  input.onStep('reading accounts');
  const loaded = await loadAccounts(input.database, minimumPosts);
  if (loaded.accounts.length === 0)
    throw new UserError(
      `No account has ${minimumPosts} posts here (${loaded.allAccounts} looked at): there is no behaviour to look at.`,
      loaded.allAccounts === 0
        ? 'Anonymous boards yield posts, not accounts.'
        : 'Take the whole case instead of a story, or lower --minimum-posts.',
    );
  const degree = await coordinationDegrees(input);
  input.onStep('measuring signs');
  const { values, hours, ranges } = measureSigns(loaded, degree);
  const percentiles = Object.fromEntries(
    signs.map(({ id, sign }) => {
      const ranks = percentileRanks(values[id]);
      return [id, sign === 'large' ? ranks : ranks.map((rank) => 1 - rank)];
    }),
  ) as Record<SignId, Float64Array>;
  const scored = loaded.accounts.map((_, a) => {
    const known = signs.map(({ id }) => percentiles[id][a]!).filter((rank) => !Number.isNaN(rank));
    return { a, known: known.length, score: known.reduce((sum, rank) => sum + rank, 0) / Math.max(1, known.length) };
  });
  const sorted = scored.filter(({ known }) => known >= fewestSigns).sort((x, y) => y.score - x.score || x.a - y.a);
  const listed = sorted.slice(0, top);
  const born = Float64Array.from(loaded.accounts, ({ created }) =>
    created === null ? Number.NaN : Math.floor(created / day),
  );
  const clusters = birthClusters(
    born,
    Float64Array.from(loaded.accounts, (row) => row.posts ?? Number.NaN),
  );
  const evidence = listed.map(({ a }) => evidenceOf(loaded, ranges[a]!));
  const clusterPosts = clusters.map((one) =>
    one.accounts.slice(0, evidenceShown).map((a) => loaded.postKey[ranges[a]![0]]!),
  );
  const names = await postNames(input.database, [...evidence, ...clusterPosts].flat());
  const likelihoods = handleLikelihoods(loaded.accounts.map(({ handle }) => handle));
  return {
    posts,
    accounts: loaded.allAccounts,
    examined: loaded.accounts.length,
    minimumPosts,
    coordination: degree === null ? 'missing' : 'used',
    signs: signs.map(({ id, label, sign, thresholds }) => {
      const known = values[id].filter((value) => !Number.isNaN(value));
      return {
        id,
        label,
        sign,
        known: known.length,
        median: known.length > 0 ? finite(quantile(known, 0.5)) : null,
        p95: known.length > 0 ? finite(quantile(known, sign === 'large' ? 0.95 : 0.05)) : null,
        thresholds: thresholds.map(({ source, value }) => ({
          source,
          value,
          accounts: known.filter((one) => one >= value).length,
        })),
      };
    }),
    entries: listed.map(({ a, known, score }, at): AutomationEntry => {
      const row = loaded.accounts[a]!;
      return {
        account: row.account,
        platform: row.platform,
        handle: row.handle,
        posts: ranges[a]![1] - ranges[a]![0],
        sortScore: finite(score),
        signsKnown: known,
        values: record((id) => values[id][a]!),
        percentiles: record((id) => percentiles[id][a]!),
        metadata: metadataFeatures(row, likelihoods[a]!),
        hours: hours[a]!,
        evidence: evidence[at]!.map((key) => names.get(key)!),
      };
    }),
    birthClusters: clusters.map((one, at) =>
      describeCluster(
        one,
        loaded,
        clusterPosts[at]!.map((key) => names.get(key)!),
      ),
    ),
    hours: Array.from({ length: 24 }, (_, hour) => hours.reduce((sum, own) => sum + own[hour]!, 0)),
    neverKnown: [
      ...signs.filter(({ id }) => values[id].every(Number.isNaN)).map(({ label }) => label),
      'profile background image',
    ],
  };
}

function record(value: (id: SignId) => number): Record<SignId, number | null> {
  return Object.fromEntries(signs.map(({ id }) => [id, Number.isNaN(value(id)) ? null : finite(value(id))])) as Record<
    SignId,
    number | null
  >;
}

/** The quickest reshares, then the first posts. */
function evidenceOf({ delay, postKey }: AutomationInput, [from, to]: [number, number]): number[] {
  const own = Array.from({ length: to - from }, (_, i) => from + i);
  own.sort(
    (x, y) => (Number.isNaN(delay[x]!) ? 1e18 : delay[x]!) - (Number.isNaN(delay[y]!) ? 1e18 : delay[y]!) || x - y,
  );
  return own.slice(0, evidenceShown).map((i) => postKey[i]!);
}

function describeCluster(
  { day: born, accounts, bornThatDay, expected, pValue }: BirthCluster,
  loaded: AutomationInput,
  posts: string[],
): AutomationResult['birthClusters'][number] {
  return {
    date: new Date(born * day).toISOString().slice(0, 10),
    accounts: accounts.map((a) => loaded.accounts[a]!.account),
    bornThatDay,
    expected: finite(expected),
    pValue: finite(pValue),
    posts,
  };
}

/** Partners by account in the stored coordination result; null where it was never run. */
async function coordinationDegrees(input: AnalysisInput): Promise<Map<string, number> | null> {
  const stored = await input.stored<{ edges: CoordinationEdge[] }>('coordination');
  if (!stored) return null;
  const degree = new Map<string, number>();
  for (const { a, b, flagged } of stored.edges) {
    if (!flagged) continue;
    for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  return degree;
}
