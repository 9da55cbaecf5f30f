import type { Case } from './case.ts';
import { type PostFilter, postCondition } from './post-filter.ts';

export interface ShownArtifact {
  kind: string;
  value: string;
  posts: number;
  accounts: number;
}

/** What the posts of a relation share most. */
export async function showArtifacts(
  spilloverCase: Case,
  relation: string,
  filter: PostFilter,
  which: { kind?: string | undefined; q?: string | undefined; limit: number; offset: number },
): Promise<ShownArtifact[]> {
  const { sql, bound } = await postCondition(spilloverCase, filter);
  const isAll = sql === 'true' && relation === 'post';
  return spilloverCase.database.rows<ShownArtifact>(
    `with chosen as (
       select artifact_key, kind as artifact_kind, value from artifact
       where ($artifactKind::varchar is null or kind = $artifactKind) and ($q::varchar is null or contains(lower(value), $q))
     )
     select any_value(artifact_kind) as kind, any_value(value) as value, count(*) as posts, count(distinct share.account_key) as accounts
     from share join chosen using (artifact_key)
     ${isAll ? '' : `where share.post_key in (select p.post_key from ${relation} as p where ${sql})`}
     group by artifact_key order by posts desc, value limit ${which.limit} offset ${which.offset}`,
    { ...bound, artifactKind: which.kind ?? null, q: which.q?.toLowerCase() ?? null },
  );
}

/** Who posts most in a relation. */
export async function activeAccounts(
  spilloverCase: Case,
  relation: string,
  filter: PostFilter,
  limit: number,
): Promise<{
  posts: number;
  accounts: number;
  active: { account: string; platform: string; handle: string | null; posts: number; first: string; last: string }[];
}> {
  const { sql, bound } = await postCondition(spilloverCase, filter);
  const { database } = spilloverCase;
  await database.run(
    `create or replace temp table active_account as
     select account_key, count(*) as held, min(time) as first, max(time) as last from ${relation} as p where ${sql} group by account_key`,
    bound,
  );
  const all = (await database.first<{ posts: number; accounts: number }>(
    'select coalesce(sum(held), 0)::bigint as posts, count(account_key) as accounts from active_account',
  ))!;
  const active = await database.rows<{
    account: string;
    platform: string;
    handle: string | null;
    posts: number;
    first: string;
    last: string;
  }>(
    `with counted as (
       select * from active_account where account_key is not null order by held desc, account_key limit ${limit}
     )
     select platform || '/' || account_id as account, platform, handle, held as posts,
       strftime(first, '%Y-%m-%dT%H:%M:%S.%gZ') as first, strftime(last, '%Y-%m-%dT%H:%M:%S.%gZ') as last
     from counted join account using (account_key) order by held desc, account_key`,
  );
  return { ...all, active };
}
