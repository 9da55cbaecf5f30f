import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { type AccountGroup, coordinatedGroups } from '../coordination/coordinated-groups-kernel.ts';
import { loadReshareActs } from '../coordination/load-reshare-acts.ts';
import { sqlTime } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import type { StoryPosts } from './story-posts.ts';
import { isoTime, recentFrom } from './story-rules.ts';

const mostEvidence = 10;
const mostShown = 5;

/** Groups of the story's accounts that reshared together more often than their habits explain, by the test of the trace. Told once per story. */
export async function coordinationSignals(
  database: Database,
  story: StoryPosts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  await database.run(
    `create or replace temp table resharing_account as
    with own as (
      select distinct account_key from ${story.table} as story join post using (post_key)
      where seen <= $asOf::timestamp and seen >= $from::timestamp and account_key is not null and kind = 'reshare'
    )
    select account_key, (row_number() over (order by account_key) - 1)::integer as a from own`,
    { asOf: sqlTime(asOf), from: sqlTime(recentFrom(options, asOf)) },
  );
  const acts = await loadReshareActs(database, 'resharing_account', sqlTime(asOf));
  const accountCount = acts.account.reduce((most, one) => Math.max(most, one + 1), 0);
  const { groups } = coordinatedGroups(acts, Number(options.windowSeconds), accountCount);
  const large = groups.filter((one) => one.accounts.length >= Number(options.fewestAccounts));
  if (large.length === 0) return [];
  const members = [...new Set(large.flatMap((one) => one.accounts))];
  const { acted, first, latest, posts } = (await database.first<Evidence>(
    `with member as (
      select account_key from resharing_account where a in (select unnest(from_json($members, '["integer"]')))
    ), act as (
      select artifact_key, share.account_key, min(share.time) as time, arg_min(post.platform || '/' || post.post_id, share.time) as post,
        bool_or(story.post_key is not null) as in_story
      from share join artifact using (artifact_key) semi join member using (account_key) join post using (post_key)
        left join ${story.table} as story on story.post_key = post.post_key
      where artifact.kind = 'reshared' and share.time <= $asOf::timestamp and not post.embedded
      group by all
    )
    select count(*) as acted, epoch_ms(max(time))::double as latest, list(post order by time, artifact_key, account_key) as posts,
      (select list(shown) from (
        select platform || '/' || coalesce(account_id, handle) as shown from account semi join member using (account_key)
        order by shown limit ${mostShown})) as first
    from act where in_story`,
    { members: JSON.stringify(members), asOf: sqlTime(asOf) },
  ))!;
  if (acted === 0) return [];
  return [signalOf(story.name, large, members.length, options, { acted, first, latest, posts })];
}

interface Evidence {
  /** Their reshares in the story. */
  acted: number;
  /** Names of some members. */
  first: string[];
  latest: number;
  posts: string[];
}

function signalOf(
  story: string,
  groups: readonly AccountGroup[],
  members: number,
  options: Readonly<Record<string, OptionValue>>,
  { acted, first, latest, posts }: Evidence,
): Signal {
  const subject = `${groups.length === 1 ? 'a group' : `${groups.length} groups`} of ${members} accounts`;
  const largest = groups.reduce((p, one) => Math.max(p, one.pValue), 0);
  return {
    rule: 'coordination',
    story,
    subject,
    key: `coordination:${story}`,
    at: isoTime(latest),
    headline: `Accounts reshare ${story} together`,
    reasons: [
      `${subject} reshare the same posts within ${options.windowSeconds} s of each other more often than their habits explain (largest adjusted p ${largest.toPrecision(2)})`,
      `${acted} of their reshares are in the story`,
      `among them ${first.join(', ')}`,
    ],
    posts: [...new Set(posts)].slice(0, mostEvidence),
  };
}
