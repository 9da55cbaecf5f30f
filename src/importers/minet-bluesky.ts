import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const columns = [
  'uri',
  'timestamp_utc',
  'local_time',
  'user_did',
  'user_handle',
  'text',
  'original_text',
  'repost_count',
  'like_count',
  'reply_count',
  'user_display_name',
  'user_created_at',
  'user_timestamp_utc',
  'to_post_uri',
  'to_root_post_uri',
  'repost_by_user_did',
  'repost_by_user_handle',
  'repost_created_at',
  'repost_timestamp_utc',
  'quoted_uri',
  'quoted_user_handle',
  'links',
  'media_urls',
  'mentioned_user_handles',
  'hashtags',
];

/** The second is given in UTC; its fraction stands only in the clock text of the collecting computer. */
const fineTime = (seconds: string, clock: string) =>
  `unix_time(${seconds}) + to_microseconds(coalesce(try_cast(rpad(nullif(regexp_extract(${clock}, '\\.(\\d{1,6})', 1), ''), 6, '0') as bigint), 0))`;
const fineness = (clock: string) => `case when regexp_matches(${clock}, '\\.\\d') then 1 else 1000 end`;

const posts = `
with post as (
  select _row, _line, given(uri) as post_id, given(repost_by_user_did) is not null as is_repost, record.* exclude (_row, _line),
    given(to_post_uri) as replied, given(quoted_uri) as quoted
  from record
), own as (
  select _row, _line, is_repost as embedded, case when post_id is null then 'missing-id' end as problem,
    'bluesky' as platform, post_id, given(user_did) as account_id, filled(user_handle) as handle, filled(user_display_name) as name,
    ${fineTime('timestamp_utc', 'local_time')} as time, ${fineness('local_time')} as time_precision_ms,
    case when replied is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
    coalesce(replied, quoted) as parent_id, case when replied is null then filled(quoted_user_handle) end as parent_handle,
    case when replied is not null and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
    coalesce(given(to_root_post_uri), post_id) as root_id, coalesce(original_text, text) as text,
    'https://bsky.app/profile/' || given(user_did) || '/post/' || regexp_extract(post_id, '[^/]+$') as permalink,
    count_of(like_count) as likes, count_of(repost_count) as reshares, count_of(reply_count) as replies,
    ${joinedLinks('links')} as urls, ${joinedWords('hashtags', '|')} as hashtags, ${joinedWords('mentioned_user_handles', '|')} as mentions,
    some_list(regexp_extract_all(media_urls, '/(baf[a-z0-9]{20,})', 1)) as media
  from post
), repost as (
  select _row, _line, false as embedded, case when own.post_id is null then 'missing-object' end as problem, 'bluesky' as platform,
    'derived:' || md5(concat_ws('|', given(repost_by_user_did), own.post_id)) as post_id,
    given(repost_by_user_did) as account_id, filled(repost_by_user_handle) as handle,
    ${fineTime('repost_timestamp_utc', 'repost_created_at')} as time, ${fineness('repost_created_at')} as time_precision_ms,
    'reshare' as kind, own.post_id as parent_id, own.handle as parent_handle, own.text, own.urls, own.hashtags, own.mentions, own.media
  from post join own using (_row, _line) where is_repost
)
select * from own union all by name select * from repost`;

const accounts = `
select _row, 'bluesky' as platform, given(user_did) as account_id, filled(user_handle) as handle, filled(user_display_name) as name,
  coalesce(unix_time(user_timestamp_utc), iso_time(user_created_at)) as created_at, unix_time(timestamp_utc) as seen_at
from record where given(user_did) is not null`;

/** Bluesky posts as minet writes them (the twitwi table). */
export const minetBluesky: Importer = {
  id: 'minet-bluesky',
  title: 'minet CSV of Bluesky',
  about:
    'One post a row, lists joined by "|"; a row that names a reposting account is a repost, with the reposted post as an embedded one.',
  obtain: 'minet bluesky search-posts and its other commands for posts, written to a CSV file.',
  platforms: ['bluesky'],
  sniff: (head) => headerScore(head, { must: ['cid', 'uri', 'user_did', 'text', 'timestamp_utc'] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['The address of a repost is not in the file: its id is derived from the reposting account and the post.'],
};
