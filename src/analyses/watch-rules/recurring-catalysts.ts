import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { sqlTime, type YoungArtifacts } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import type { StoryPosts } from './story-posts.ts';
import { isoTime, recentFrom } from './story-rules.ts';
import { sharesOfOne, youngOnFringe, youngRule } from './young-on-fringe.ts';

/** A catalyst of a campaign of which all posts lie before the moment of asking. */
export interface KnownCatalyst {
  /** `platform/account_id`, and as shown to people. */
  account: string;
  shown: string;
  campaign: string;
  /** Milliseconds since 1970: what began before this belongs to the same affair. */
  actedUntil: number;
  /** Posts that made it a catalyst then. */
  posts: readonly string[];
}

interface Seen {
  account: string;
  time: number;
  post: string;
}

/** Known catalysts among the accounts that post in the story. */
export async function recurringInStory(
  database: Database,
  story: StoryPosts,
  known: readonly KnownCatalyst[],
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const others = known.filter((one) => one.campaign !== story.name && (story.seen[0] ?? asOf) > one.actedUntil);
  if (others.length === 0) return [];
  const seen = await database.rows<Seen>(
    `with known as (select unnest(from_json($known, '["varchar"]')) as name)
    select account.platform || '/' || account_id as account, epoch_ms(min(seen))::double as time,
      arg_min(story.platform || '/' || story.post_id, (seen, story.post_id)) as post
    from ${story.table} as story join post using (post_key) join account using (account_key)
    where account.platform || '/' || account_id in (select name from known)
      and seen <= $asOf::timestamp group by all having min(seen) >= $from::timestamp`,
    {
      known: JSON.stringify(others.map((one) => one.account)),
      asOf: sqlTime(asOf),
      from: sqlTime(recentFrom(options, asOf)),
    },
  );
  return signals(others, seen, story.name, story.name, `story:${story.name}`);
}

/** Known catalysts among the accounts that carry young artifacts of the fringe. */
export async function recurringWithYoung(
  database: Database,
  young: YoungArtifacts,
  known: readonly KnownCatalyst[],
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  if (known.length === 0) return [];
  const keys = await database.rows<{ key: number; account: string }>(
    `with known as (select unnest(from_json($known, '["varchar"]')) as name)
    select account_key as key, platform || '/' || account_id as account from account
    where platform || '/' || account_id in (select name from known)`,
    { known: JSON.stringify(known.map((one) => one.account)) },
  );
  const accountOf = new Map(keys.map((row) => [row.key, row.account]));
  const rule = { ...youngRule, oldestMs: Number(options.recentHours) * 3_600_000 };
  return youngOnFringe(young, rule, asOf).flatMap((i) => {
    const { kind, value, display } = young.names[i]!;
    const { time, account: sharer } = sharesOfOne(young, i, asOf);
    const earlier = known.filter((one) => time[0]! > one.actedUntil);
    const first = new Map<string, Seen>();
    for (let at = 0; at < time.length; at++) {
      const account = accountOf.get(sharer[at]!);
      if (account && !first.has(account) && earlier.some((one) => one.account === account))
        first.set(account, { account, time: time[at]!, post: young.post[young.offset[i]! + at]! });
    }
    return signals(earlier, [...first.values()], undefined, display, `${kind}:${value}`).map((one) => ({
      ...one,
      artifact: { kind, value },
    }));
  });
}

function signals(
  known: readonly KnownCatalyst[],
  seen: readonly Seen[],
  story: string | undefined,
  what: string,
  key: string,
): Signal[] {
  return seen.map((one) => {
    const before = known.filter((catalyst) => catalyst.account === one.account);
    const shown = before[0]!.shown;
    return {
      rule: 'recurring-catalyst',
      story,
      subject: shown,
      key: `recurring-catalyst:${one.account}:${key}`,
      at: isoTime(one.time),
      headline: `${shown} takes part in ${what}`,
      reasons: [
        `was a catalyst of ${before.map((catalyst) => catalyst.campaign).join(', ')}`,
        `its first post here: ${one.post}`,
      ],
      posts: [...before.flatMap((catalyst) => catalyst.posts.slice(0, 2)), one.post],
    };
  });
}
