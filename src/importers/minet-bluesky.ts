import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const columns = [
  'uri', 'url', 'timestamp_utc', 'local_time', 'user_did', 'user_handle', 'text', 'original_text', 'repost_count', 'like_count', 'reply_count',
  'user_display_name', 'user_langs', 'user_created_at', 'user_timestamp_utc', 'to_post_uri', 'to_user_did', 'to_root_post_uri',
  'repost_by_user_did', 'quoted_uri', 'quoted_user_handle', 'links', 'media_urls', 'mentioned_user_handles', 'hashtags',
];

const posts = `
with post as (
  select *, unix_time(timestamp_utc) as seconds, given(to_post_uri) as replied, given(quoted_uri) as quoted
  from record
)
select _row, _line, false as embedded, case when given(uri) is null then 'missing-id' end as problem,
  'bluesky' as platform, given(uri) as post_id, given(user_did) as account_id, filled(user_handle) as handle, filled(user_display_name) as name,
  seconds + to_microseconds(coalesce(try_cast(left(rpad(regexp_extract(local_time, '\\.(\\d{1,6})', 1), 6, '0'), 6) as bigint), 0)) as time,
  case when regexp_matches(local_time, '\\.\\d') then 1 else 1000 end as time_precision_ms,
  case when replied is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  coalesce(replied, quoted) as parent_id, case when replied is null then filled(quoted_user_handle) end as parent_handle,
  case when replied is not null and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  coalesce(given(to_root_post_uri), given(uri)) as root_id, coalesce(original_text, text) as text,
  filled(url) as permalink,
  count_of(like_count) as likes, count_of(repost_count) as reshares, count_of(reply_count) as replies,
  ${joinedLinks('links')} as urls, ${joinedWords('hashtags', '|')} as hashtags, ${joinedWords('mentioned_user_handles', '|')} as mentions,
  some_list(regexp_extract_all(media_urls, '/(baf[a-z0-9]{20,})', 1)) as media
from post`;

const accounts = `
select 'bluesky' as platform, given(user_did) as account_id, filled(user_handle) as handle, filled(user_display_name) as name,
  coalesce(unix_time(user_timestamp_utc), iso_time(user_created_at)) as created_at, unix_time(timestamp_utc) as seen_at
from record where given(user_did) is not null`;

/** Bluesky posts as minet writes them (the twitwi table). */
export const minetBluesky: Importer = {
  id: 'minet-bluesky',
  title: 'minet CSV of Bluesky',
  about: 'One post a row, lists joined by "|"; the fraction of the second is in local_time, the second itself in timestamp_utc.',
  platforms: ['bluesky'],
  sniff: (head) => headerScore(head, { must: ['cid', 'uri', 'user_did', 'text', 'timestamp_utc'] }),
  container: csvTable(columns),
  posts,
  accounts,
};
