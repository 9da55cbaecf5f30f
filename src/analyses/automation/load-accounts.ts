import type { Database } from '../../store/database.ts';
import { indices, numbers } from '../choose-posts.ts';

/** Accounts with enough posts, by platform and id, and their posts in the order of account and time. */
export interface AutomationInput {
  accounts: AccountRow[];
  account: Uint32Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** 0 original or quote, 1 reply, 2 reshare: the alphabet of the digital DNA. */
  act: Uint8Array;
  /** Seconds between a reshare and the reshared post; NaN where that was not collected or it is no reshare. */
  delay: Float64Array;
  /** 1 where another post has the same or nearly the same text, 0 where none has, NaN for reshares and short texts. */
  duplicate: Float64Array;
  postKey: Float64Array;
  allAccounts: number;
}

export interface AccountRow {
  account: string;
  platform: string;
  handle: string | null;
  name: string | null;
  created: number | null;
  seen: number;
  followers: number | null;
  following: number | null;
  posts: number | null;
  likes: number | null;
  listed: number | null;
  verified: boolean | null;
  defaultProfile: boolean | null;
  description: number | null;
}

export async function loadAccounts(database: Database, minimumPosts: number): Promise<AutomationInput> {
  await database.run(
    `create or replace temp table automation_account as
     with busy as (
       select account_key, max(time) as latest from chosen_post where account_key is not null group by 1 having count(*) >= $minimumPosts
     )
     select row_number() over (order by platform, account_id) - 1 as a, account.*, latest from busy join account using (account_key)`,
    { minimumPosts },
  );
  const accounts = await database.rows<AccountRow>(
    `select platform || '/' || account_id as account, platform, handle, name, epoch_ms(created_at)::double as created,
       epoch_ms(coalesce(seen_at, latest))::double as seen, followers, "following", posts, likes_given as likes, listed, verified,
       default_profile as "defaultProfile", length(description) as description
     from automation_account order by a`,
  );
  const [account, time, act, delay, duplicate, key] = await database.columns(
    `with copied as (
       select coalesce(cluster_hash, post.text_hash) as text_key from post left join text_cluster on text_cluster.text_hash = post.text_hash
       where post.kind <> 'reshare' and post.text_hash is not null and length(post.text) >= 20 group by 1 having count(*) > 1
     )
     select a, epoch_ms(own.time)::double, case own.kind when 'reshare' then 2 when 'reply' then 1 else 0 end,
       case when own.kind = 'reshare' and parent.time <= own.time then (epoch_ms(own.time) - epoch_ms(parent.time))::double / 1000 end,
       case when own.kind = 'reshare' or own.text_hash is null or length(own.text) < 20 then null
         when coalesce(cluster_hash, own.text_hash) in (select text_key from copied) then 1 else 0 end, own.post_key
     from chosen_post as own join automation_account using (account_key)
       left join post as parent on own.kind = 'reshare' and parent.platform = own.platform and parent.post_id = own.parent_id
       left join text_cluster on text_cluster.text_hash = own.text_hash
     order by a, own.time, own.post_id`,
  );
  const met = await database.first<{ n: number }>('select count(distinct account_key) as n from chosen_post');
  return {
    accounts,
    account: indices(account),
    time: numbers(time),
    act: Uint8Array.from((act ?? []) as (number | bigint)[], Number),
    delay: numbers(delay),
    duplicate: numbers(duplicate),
    postKey: numbers(key),
    allAccounts: met!.n,
  };
}
