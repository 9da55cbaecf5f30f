import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { poissonUpperTail } from '../../base/poisson.ts';
import { UnionFind } from '../../base/union-find.ts';
import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { coActions } from '../coordination/co-action-kernel.ts';
import { sqlTime } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import type { StoryPosts } from './story-posts.ts';
import { isoTime, recentFrom } from './story-rules.ts';

const falseDiscoveryRate = 0.05;
const fewestTogether = 3;
const mostPairs = 20_000_000;
const mostEvidence = 10;

/**
 * Groups of the story's accounts that reshared together more often than their habits explain, by the test of the trace: pairs that coincide on
 * at least 3 posts with a Poisson tail below .05 after Benjamini-Hochberg, joined to groups. Told once per story.
 */
export async function coordinationSignals(
  database: Database,
  story: StoryPosts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const bound = { asOf: sqlTime(asOf), from: sqlTime(recentFrom(options, asOf)) };
  const [artifact = [], time = [], account = [], delay = [], source = [], name = [], post = [], inStory = []] =
    await database.columns(
      `with own as (
        select distinct account_key from ${story.table} as story join post using (post_key)
        where seen <= $asOf::timestamp and seen >= $from::timestamp and account_key is not null and kind = 'reshare'
      ), act as (
        select share.artifact_key, share.account_key, min(share.time) as time, arg_min(post.post_id, share.time) as post_id, any_value(post.platform) as platform,
          any_value(original.time) as born, any_value(original.account_key) as author, bool_or(story.post_key is not null) as in_story
        from share join artifact using (artifact_key) semi join own using (account_key) join post using (post_key)
          left join post as original on original.platform = post.platform and original.post_id = post.parent_id and original.time <= $asOf::timestamp
          left join ${story.table} as story on story.post_key = post.post_key
        where artifact.kind = 'reshared' and share.time <= $asOf::timestamp and not post.embedded
        group by all
      ), dated as (
        select *, coalesce(born, min(time) over (partition by artifact_key)) as start from act
      )
      select artifact_key, epoch_ms(time)::double, dense_rank() over (order by dated.account_key) - 1,
        greatest(0, epoch_ms(time) - epoch_ms(start))::double, coalesce(author, 0),
        dated.platform || '/' || coalesce(account_id, handle), dated.platform || '/' || post_id, in_story
      from dated join account using (account_key) order by artifact_key, time, dated.account_key`,
      bound,
    );
  if (time.length === 0) return [];
  const accounts = Uint32Array.from(account as (number | bigint)[], Number);
  const times = Float64Array.from(time as number[], Number);
  const found = coActions(
    {
      artifact: Uint32Array.from(artifact as number[], Number),
      time: times,
      account: accounts,
      delay: Float64Array.from(delay as number[], Number),
      source: Uint32Array.from(source as number[], Number),
    },
    Number(options.windowSeconds) * 1000,
    fewestTogether,
    mostPairs,
  );
  const pValues = Float64Array.from(found.weight, (weight, pair) =>
    poissonUpperTail(weight, Math.max(found.expected[pair]!, 1e-9)),
  );
  const adjusted = benjaminiHochberg(pValues, Math.max(found.tested, pValues.length));
  const groups = groupsOf(found, adjusted, accounts.reduce((most, one) => Math.max(most, one), 0) + 1);
  const large = groups.filter((one) => one.accounts.size >= Number(options.fewestAccounts));
  if (large.length === 0) return [];
  const members = new Set(large.flatMap((one) => [...one.accounts]));
  const evidence = [...accounts.keys()].filter((act) => members.has(accounts[act]!) && inStory[act] === true);
  if (evidence.length === 0) return [];
  evidence.sort((a, b) => times[a]! - times[b]! || a - b);
  const names = new Map([...accounts.keys()].map((act) => [accounts[act]!, name[act] as string]));
  const shown = [...members].map((one) => names.get(one)!).sort();
  return [
    {
      rule: 'coordination',
      story: story.name,
      subject: `${large.length === 1 ? 'a group' : `${large.length} groups`} of ${members.size} accounts`,
      key: `coordination:${story.name}`,
      at: isoTime(times[evidence.at(-1)!]!),
      headline: `Accounts reshare ${story.name} together`,
      reasons: [
        `${large.length === 1 ? 'a group' : `${large.length} groups`} of ${members.size} accounts reshare the same posts within ${options.windowSeconds} s of each other more often than their habits explain (largest adjusted p ${large.reduce((p, one) => Math.max(p, one.pValue), 0).toPrecision(2)})`,
        `${evidence.length} of their reshares are in the story`,
        `among them ${shown.slice(0, 5).join(', ')}`,
      ],
      posts: [...new Set(evidence.map((act) => post[act] as string))].slice(0, mostEvidence),
    },
  ];
}

function groupsOf(
  found: ReturnType<typeof coActions>,
  adjusted: Float64Array,
  accounts: number,
): { accounts: Set<number>; pValue: number }[] {
  const sets = new UnionFind(accounts);
  const significant = [...adjusted.keys()].filter((pair) => adjusted[pair]! < falseDiscoveryRate);
  for (const pair of significant) sets.union(found.a[pair]!, found.b[pair]!);
  const groups = new Map<number, { accounts: Set<number>; pValue: number }>();
  for (const pair of significant) {
    const root = sets.find(found.a[pair]!);
    const group = groups.get(root) ?? { accounts: new Set<number>(), pValue: 0 };
    group.accounts.add(found.a[pair]!).add(found.b[pair]!);
    group.pValue = Math.max(group.pValue, adjusted[pair]!);
    groups.set(root, group);
  }
  return [...groups.values()];
}
