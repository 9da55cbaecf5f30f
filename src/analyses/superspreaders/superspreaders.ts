import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { gini } from '../../base/gini.ts';
import { hIndex } from '../../base/h-index.ts';
import { coreNumbers } from '../../base/k-core.ts';
import { quantile } from '../../base/quantile.ts';
import { topShare } from '../../base/top-share.ts';
import type { Analysis, AnalysisDefinition, AnalysisInput } from '../analysis.ts';
import { choosePosts, indices, numbers } from '../choose-posts.ts';
import { loadReshareNetwork } from '../reshare-network.ts';
import { dismantlingCurve, takenUntil } from './dismantling-kernel.ts';
import { summariseSuperspreaders } from './summarise-superspreaders.ts';
import type { Superspreader, SuperspreadersResult } from './superspreaders-result.ts';

const definition: AnalysisDefinition = {
  id: 'superspreaders',
  version: '1',
  title: 'Superspreaders and core',
  question: 'Whose posts carried most of the spread, and how much would be left without them?',
  caveats: [
    'A superspreader is an account whose posts were reshared much. That says nothing about intent, truth or automation.',
    'Counts are those of the collection: reshares that were not collected are missing, and streams that were capped lose the large ones first.',
    'The dismantling curve is a sum, not a forecast: without an account others might have been reshared in its place.',
  ],
  story: 'optional',
  options: [
    {
      name: 'count',
      kind: 'choice',
      choices: ['collected', 'stated'],
      default: 'collected',
      unit: 'reshares',
      help: 'collected: reshares among the posts; stated: the largest number that the platform gave for a post',
    },
    {
      name: 'top',
      kind: 'integer',
      default: 100,
      minimum: 1,
      maximum: 10_000,
      unit: 'accounts',
      help: 'how many accounts are listed',
    },
    {
      name: 'percentile',
      kind: 'number',
      default: 0.99,
      minimum: 0.5,
      maximum: 1,
      unit: 'share',
      help: 'an account at or above this percentile counts as a superspreader',
    },
  ],
};

export const superspreaders: Analysis<SuperspreadersResult> = { definition, run, summarise: summariseSuperspreaders };

async function run(input: AnalysisInput): Promise<SuperspreadersResult> {
  const { count, top, percentile } = input.options as unknown as {
    count: 'collected' | 'stated';
    top: number;
    percentile: number;
  };
  const { database } = input;
  const { posts } = await choosePosts(input);
  input.onStep('counting reshares');
  await database.run(
    `create or replace temp table spread_post as
     with reshared as (
       select platform, parent_id, count(*) as n from chosen_post where kind = 'reshare' and parent_id is not null group by all
     )
     select own.account_key, own.post_key, own.platform || '/' || own.post_id as post, ${count === 'collected' ? 'coalesce(n, 0)' : 'coalesce(own.reshares, 0)'}::double as n
     from chosen_post as own left join reshared on reshared.platform = own.platform and reshared.parent_id = own.post_id
     where own.kind <> 'reshare' and own.account_key is not null`,
  );
  await database.run(
    `create or replace temp table spread_account as
     with met as (select distinct account_key from chosen_post where account_key is not null)
     select row_number() over (order by platform, account_id) - 1 as a, account_key, platform || '/' || account_id as account, handle from met join account using (account_key)`,
  );
  const [account, amount] = await database.columns(
    'select a, n from spread_post join spread_account using (account_key) order by a, n desc, post',
  );
  const [ids = [], handles = [], made = [], written = []] = await database.columns(
    `with act as (select account_key, count(*) filter (kind = 'reshare') as made, count(*) filter (kind <> 'reshare') as written from chosen_post group by 1)
     select account, handle, made, written from spread_account join act using (account_key) order by a`,
  );
  const accounts = ids.length;
  if (accounts === 0)
    throw new UserError(
      'None of these posts has an account, so nobody can be ranked.',
      'Anonymous boards yield posts, not accounts.',
    );
  const owners = indices(account);
  const counts = numbers(amount);
  const fib = new Float64Array(accounts);
  const total = new Float64Array(accounts);
  for (let from = 0, to = 0; from < owners.length; from = to) {
    while (to < owners.length && owners[to] === owners[from]) to++;
    const own = counts.subarray(from, to);
    fib[owners[from]!] = hIndex(own);
    total[owners[from]!] = own.reduce((sum, n) => sum + n, 0);
  }
  const resharesMade = numbers(made);
  input.onStep('finding the core');
  const core = await coreOf(input, accounts);
  const rank = (...keys: Float64Array[]) =>
    Uint32Array.from(total.keys()).sort((x, y) => {
      for (const key of keys) if (key[y]! !== key[x]!) return key[y]! - key[x]!;
      return x - y;
    });
  const rankings = [
    { ranking: 'FIB' as const, order: rank(fib, total) },
    { ranking: 'reshares' as const, order: rank(total, fib) },
    { ranking: 'core' as const, order: rank(core.numbers, total) },
  ];
  const reshares = resharesMade.reduce((sum, n) => sum + n, 0);
  const attributed = total.reduce((sum, n) => sum + n, 0);
  const fibThreshold = Math.max(1, quantile(fib, percentile));
  const resharesThreshold = Math.max(1, quantile(total, percentile));
  const listed = Array.from(rankings[0]!.order.subarray(0, top)).filter((a) => total[a]! > 0);
  for (const a of rankings[1]!.order.subarray(0, top)) if (total[a]! > 0 && !listed.includes(a)) listed.push(a);
  const evidence = await evidenceOf(input, listed);
  return {
    counted: count,
    posts,
    accounts,
    reshares: count === 'collected' ? reshares : attributed,
    unattributed: count === 'collected' ? Math.max(0, reshares - attributed) : 0,
    fibThreshold: finite(fibThreshold),
    resharesThreshold: finite(resharesThreshold),
    gini: attributed > 0 ? finite(gini(total)) : 0,
    topOnePercentShare: attributed > 0 ? finite(topShare(total, 0.01)) : 0,
    superspreaders: listed.slice(0, top).map(
      (a): Superspreader => ({
        account: ids[a] as string,
        handle: handles[a] as string | null,
        posts: Number(written[a]),
        fib: fib[a]!,
        reshares: total[a]!,
        resharesMade: resharesMade[a]!,
        core: core.numbers[a]! >= 0 ? core.numbers[a]! : null,
        topFib: fib[a]! >= fibThreshold,
        topReshares: total[a]! >= resharesThreshold,
        evidence: evidence.get(a) ?? [],
      }),
    ),
    core: {
      largest: core.largest,
      accounts: core.members.length,
      insideReshares: core.inside,
      members: core.members.map((a) => ids[a] as string),
    },
    dismantling: rankings.map(({ ranking, order }) => ({
      ranking,
      curve: dismantlingCurve(total, order).map(([taken, share]): [number, number] => [taken, finite(share)]),
    })),
    halfAt: rankings.map(({ ranking, order }) => ({ ranking, accounts: takenUntil(total, order, 0.5) })),
  };
}

/** Core numbers in the network of reshares and quotes; -1 for accounts that are not in it. */
async function coreOf(
  { database }: AnalysisInput,
  accounts: number,
): Promise<{ numbers: Float64Array; largest: number; members: number[]; inside: number }> {
  const { graph } = await loadReshareNetwork(database, 'chosen_post');
  const cores = coreNumbers(graph);
  const [place] = await database.columns(
    'select spread_account.a from network_account left join spread_account using (account_key) order by network_account.a',
  );
  const own = new Float64Array(accounts).fill(-1);
  const largest = cores.reduce((most, core) => Math.max(most, core), 0);
  let inside = 0;
  for (let v = 0; v < graph.nodes; v++) {
    if (cores[v] !== largest) continue;
    for (let arc = graph.offsets[v]!; arc < graph.offsets[v + 1]!; arc++)
      if (cores[graph.targets[arc]!] === largest) inside += graph.weights[arc]! / 2;
  }
  const members: number[] = [];
  ((place ?? []) as (number | bigint | null)[]).forEach((a, v) => {
    if (a === null) return;
    own[Number(a)] = cores[v]!;
    if (cores[v] === largest && largest > 0) members.push(Number(a));
  });
  return { numbers: own, largest, members: members.sort((x, y) => x - y), inside };
}

async function evidenceOf(
  { database }: AnalysisInput,
  listed: readonly number[],
): Promise<Map<number, Superspreader['evidence']>> {
  const rows = await database.rows<{ a: number; post: string; n: number }>(
    `select a, post, n from spread_post join spread_account using (account_key)
     where a in (select unnest($listed::bigint[])) and n > 0 qualify row_number() over (partition by a order by n desc, post) <= 3 order by a, n desc, post`,
    { listed: `[${listed.join(',')}]` },
  );
  const found = new Map<number, Superspreader['evidence']>();
  for (const { a, post, n } of rows) found.set(a, [...(found.get(a) ?? []), { post, reshares: n }]);
  return found;
}
