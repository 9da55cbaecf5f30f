import type { RoleEntry, TraceResult } from '../analyses/trace/trace-result.ts';
import type { Case } from './case.ts';
import { accountKey, splitReference } from './post-filter.ts';
import { listResults, readableResult } from './results.ts';
import { caseTiers, isoTime } from './show-posts.ts';
import { roundBin } from './show-volume.ts';
import type { StoryViews } from './story-views.ts';

/** One account: what it says of itself, what the case holds of it, its roles in traced stories; null where it is not in the case. */
export async function showAccount(spilloverCase: Case, views: StoryViews, reference: string, bins: number) {
  const { database } = spilloverCase;
  const key = await accountKey(spilloverCase, reference);
  if (key === null) return null;
  const bound = { key };
  const profile = (await database.first<{
    platform: string;
    accountId: string;
    handle: string | null;
    name: string | null;
    description: string | null;
    createdAt: string | null;
    followers: number | null;
    following: number | null;
    declaredPosts: number | null;
    verified: boolean | null;
    defaultProfile: boolean | null;
  }>(
    `select platform, account_id as accountId, handle, name, description, ${isoTime('created_at')} as createdAt, followers, following,
       posts as declaredPosts, verified, default_profile as defaultProfile from account where account_key = $key`,
    bound,
  ))!;
  await database.run(
    'create or replace temp table own_share as select artifact_key, count(*) as shares from share where account_key = $key group by artifact_key',
    bound,
  );
  await database.run(
    'create or replace temp table own_post as select time, kind from post where account_key = $key',
    bound,
  );
  const held = (await database.first<{ posts: number; first: number | null; last: number | null }>(
    'select count(*) as posts, epoch_ms(min(time)) as first, epoch_ms(max(time)) as last from own_post',
  ))!;
  const binMs = held.first === null ? 0 : roundBin(held.last! + 1 - held.first, bins);
  const activity =
    binMs === 0
      ? []
      : await database.rows<{ start: number; posts: number }>(
          `select (epoch_ms(time) // $bin::bigint) * $bin::bigint as start, count(*) as posts from own_post
           where time is not null group by start order by start`,
          { bin: BigInt(binMs) },
        );
  const byHour = await database.rows<{ hour: number; posts: number }>(
    'select hour(time) as hour, count(*) as posts from own_post where time is not null group by hour',
  );
  const hours = new Array<number>(24).fill(0);
  for (const { hour, posts } of byHour) hours[hour] = posts;
  const { platform, accountId, ...rest } = profile;
  const account = `${platform}/${accountId}`;
  return {
    account,
    platform,
    tier: (await caseTiers(spilloverCase)).account(
      platform,
      accountId,
      profile.handle,
      platform === 'news' ? accountId : null,
    ),
    ...rest,
    posts: held.posts,
    from: held.first === null ? null : new Date(held.first).toISOString(),
    to: held.last === null ? null : new Date(held.last).toISOString(),
    kinds: await database.rows<{ kind: string; posts: number }>(
      'select kind, count(*) as posts from own_post group by kind order by posts desc, kind',
    ),
    binMs,
    activity: activity.map(({ start, posts }) => ({ time: new Date(start).toISOString(), posts })),
    hours,
    artifacts: await database.rows<{ kind: string; value: string; posts: number }>(
      `with ranked as (
         select artifact.kind as kind, value, shares as posts, row_number() over (partition by artifact.kind order by shares desc, value) as place
         from own_share join artifact using (artifact_key) where artifact.kind in ('url', 'domain', 'hashtag', 'thread', 'media')
       )
       select kind, value, posts from ranked where place <= 12 order by kind, place`,
    ),
    ...(await views.withAuthors(spilloverCase, async (authors) => ({
      resharedMost: await resharedMost(spilloverCase, authors),
      resharedBy: await resharedBy(spilloverCase, authors, key),
    }))),
    roles: await rolesOf(spilloverCase, account),
    signs: await signsOf(spilloverCase, account),
  };
}

function resharedMost({ database }: Case, authors: string) {
  return database.rows<{ account: string; handle: string | null; posts: number }>(
    `with found as (
       select author.account_key, sum(shares)::bigint as posts from own_share join ${authors} as author using (artifact_key) group by author.account_key
     )
     select platform || '/' || account_id as account, handle, found.posts as posts from found join account using (account_key)
     order by found.posts desc, account limit 12`,
  );
}

async function resharedBy({ database }: Case, authors: string, key: number): Promise<number> {
  const row = await database.first<{ n: number }>(
    `select count(*) as n from share where artifact_key in (select artifact_key from ${authors} where account_key = $key)`,
    { key },
  );
  return row?.n ?? 0;
}

async function rolesOf(spilloverCase: Case, account: string) {
  const roles: (Pick<RoleEntry, 'role' | 'score' | 'low' | 'high' | 'significant' | 'evidence' | 'posts'> & {
    story: string;
  })[] = [];
  for (const { story } of await listResults(spilloverCase, { analysis: 'trace' })) {
    if (story === null) continue;
    const result = await readableResult<TraceResult>(spilloverCase, story, 'trace');
    for (const one of result?.roles ?? []) {
      if (one.account !== account) continue;
      const { role, score, low, high, significant, evidence, posts } = one;
      roles.push({ story, role, score, low, high, significant, evidence, posts });
    }
  }
  return roles;
}

/** What findings of stored analyses say of an account by name. */
async function signsOf(spilloverCase: Case, account: string) {
  const signs: { analysis: string; story: string | null; text: string }[] = [];
  const { id } = splitReference(account);
  for (const { analysis, story } of await listResults(spilloverCase)) {
    if (analysis !== 'automation') continue;
    const result = await readableResult<Record<string, unknown>>(spilloverCase, story, analysis);
    for (const text of accountSentences(result, account, id)) signs.push({ analysis, story, text });
  }
  return signs;
}

/** Sentences kept with an account in the result of an analysis: entries of a list `accounts` with `account` and `signs`. */
function accountSentences(result: Record<string, unknown> | null, account: string, id: string): string[] {
  const entries = Array.isArray(result?.accounts) ? (result.accounts as Record<string, unknown>[]) : [];
  const own = entries.find((one) => one.account === account || one.account === id);
  return Array.isArray(own?.signs)
    ? own.signs.map((sign) => (typeof sign === 'string' ? sign : JSON.stringify(sign)))
    : [];
}

/** Accounts whose handle, name or id holds a text; whole beginnings first, then by number of posts in the case. */
export function searchAccounts(spilloverCase: Case, text: string, page: { limit: number; offset: number }) {
  return spilloverCase.database.rows<{
    account: string;
    platform: string;
    handle: string | null;
    name: string | null;
    followers: number | null;
    posts: number;
  }>(
    `with wanted as (
       select * from account where contains(lower(handle), $q) or contains(lower(name), $q) or contains(lower(account_id), $q)
     ), counted as (
       select account_key, count(*) as held from post where account_key in (select account_key from wanted) group by account_key
     )
     select platform || '/' || account_id as account, platform, handle, name, followers, coalesce(held, 0) as posts
     from wanted left join counted using (account_key)
     order by starts_with(lower(coalesce(handle, account_id)), $q) desc, posts desc, account limit ${page.limit} offset ${page.offset}`,
    { q: text.trim().toLowerCase() },
  );
}
