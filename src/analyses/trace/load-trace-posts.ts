import type { Database } from '../../store/database.ts';

export const none = 0xffffffff;
const empty = new Float64Array(0);

/**
 * The posts of a story in columns, ordered by time, then platform and native id, so that neither the order of import nor the
 * names of accounts change a result. Accounts and platforms are dense indices.
 */
export interface TracePosts {
  count: number;
  platforms: string[];
  /** Milliseconds since 1970. */
  time: Float64Array;
  precisionMs: Float64Array;
  platform: Uint8Array;
  /** Index into the account columns; `none` for anonymous posts. */
  account: Uint32Array;
  /** 0 original, 1 reshare, 2 reply, 3 quote. */
  kind: Uint8Array;
  /** Index of the stated parent when it belongs to the story; -1 otherwise. */
  parent: Int32Array;
  /** Account of the stated parent anywhere in the case; `none` where unknown. */
  parentAccount: Uint32Array;
  /** Followers of the author at that time; NaN where unknown. */
  reach: Float64Array;
  key: Uint32Array;
  accountCount: number;
  accountKey: Uint32Array;
  accountPlatform: Uint8Array;
  accountCreated: Float64Array;
  /** Cluster or fingerprint of the text as a dense number; `none` for short texts. */
  text: Uint32Array;
}

/** Reads the posts of the temporary tables `story_post` and `story_text_cluster`. Times are required; embedded posts count as posts. */
export async function loadTracePosts(database: Database): Promise<TracePosts> {
  await database.run(`create or replace temp table trace_post as
    with chosen as (
      select post.*, row_number() over (order by post.time, post.platform, post.post_id) - 1 as i
      from story_post join post using (post_key)
    )
    select i, post_key, platform, post_id, account_key, time, coalesce(time_precision_ms, 1000) as precision, kind, parent_id, reach,
      coalesce(story_text_cluster.cluster_hash, chosen.text_hash) as text_key, length(text) as text_length
    from chosen left join story_text_cluster on story_text_cluster.text_hash = chosen.text_hash`);
  await database.run(`create or replace temp table trace_account as
    with seen as (
      select account_key, min(i) as first_post from trace_post where account_key is not null group by account_key
    ), answered as (
      select parent.account_key, min(trace_post.i) + 1000000000 as first_post
      from trace_post join post as parent on parent.platform = trace_post.platform and parent.post_id = trace_post.parent_id
      where parent.account_key is not null group by parent.account_key
    )
    select row_number() over (order by min(first_post), account_key) - 1 as a, account_key
    from (select * from seen union all select * from answered) group by account_key`);
  const [platformColumn = []] = await database.columns('select distinct platform from trace_post order by platform');
  const platforms = platformColumn as string[];
  const [
    time = empty,
    precision = empty,
    platform = empty,
    account = empty,
    kind = empty,
    parent = empty,
    parentAccount = empty,
    reach = empty,
    key = empty,
    text = empty,
  ] = await database.numbers(
    `with texts as (select text_key, row_number() over (order by min(i)) - 1 as t from trace_post where text_key is not null and text_length >= 20 group by text_key)
      select epoch_ms(p.time)::double, p.precision::double, list_position(from_json($platforms, '["VARCHAR"]'), p.platform)::integer - 1, coalesce(a.a, $none)::double,
        case p.kind when 'reshare' then 1 when 'reply' then 2 when 'quote' then 3 else 0 end, coalesce(inner_parent.i, -1)::integer,
        coalesce(parent_account.a, $none)::double, coalesce(p.reach::double, account.followers::double, 'nan'::double), p.post_key, coalesce(texts.t, $none)::double
      from trace_post as p
        left join trace_account as a on a.account_key = p.account_key
        left join account on account.account_key = p.account_key
        left join trace_post as inner_parent on inner_parent.platform = p.platform and inner_parent.post_id = p.parent_id
        left join post as parent on parent.platform = p.platform and parent.post_id = p.parent_id
        left join trace_account as parent_account on parent_account.account_key = parent.account_key
        left join texts on texts.text_key = p.text_key and p.text_length >= 20
      order by p.i`,
    { platforms: JSON.stringify(platforms), none },
  );
  const [accountKey = [], accountPlatform = [], created = []] = await database.columns(
    `select account_key, platform, epoch_ms(created_at)::double from trace_account join account using (account_key) order by a`,
  );
  return {
    count: time.length,
    platforms,
    time,
    precisionMs: precision,
    platform: Uint8Array.from(platform),
    account: Uint32Array.from(account),
    kind: Uint8Array.from(kind),
    parent: Int32Array.from(parent),
    parentAccount: Uint32Array.from(parentAccount),
    reach,
    key: Uint32Array.from(key),
    accountCount: accountKey.length,
    accountKey: indices(accountKey),
    accountPlatform: Uint8Array.from(accountPlatform as string[], (one) => Math.max(0, platforms.indexOf(one))),
    accountCreated: doubles(created),
    text: Uint32Array.from(text),
  };
}

function indices(values: unknown[]): Uint32Array {
  return Uint32Array.from(values as (number | bigint | null)[], (one) => (one === null ? none : Number(one)));
}

function doubles(values: unknown[]): Float64Array {
  return Float64Array.from(values as (number | null)[], (one) => (one === null ? Number.NaN : Number(one)));
}
