import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTableOrRows, headerOrRowScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const columns = [
  'collected_at',
  'id',
  'thread_id',
  'created_at',
  'timestamp',
  'author',
  'author_id',
  'author_display_name',
  'author_created_at',
  'body',
  'tags',
  'like_count',
  'reply_count',
  'repost_count',
  'quoted_post',
  'quoted_user',
  'replied_to_post',
  'replied_to_user',
  'mentions',
  'links',
  'images',
  'languages',
];

const postLink = '^https://bsky\\.app/profile/([^/]+)/post/([a-z0-9]+)';
const owner = (link: string) => `nullif(regexp_extract(${link}, '${postLink}', 1), '')`;
const key = (link: string) => `nullif(regexp_extract(${link}, '${postLink}', 2), '')`;
const address = (link: string, known: string) => `case
  when ${owner(link)} like 'did:%' then 'at://' || ${owner(link)} || '/app.bsky.feed.post/' || ${key(link)}
  when thread_id like '%/' || ${key(link)} then thread_id
  else 'at://' || ${known} || '/app.bsky.feed.post/' || ${key(link)} end`;

const posts = `
with profile as (
  select lower(author) as handle, any_value(author_id) as did from record where author_id like 'did:%' group by all having count(distinct author_id) = 1
), post as (
  select record.*, ${address('replied_to_post', 'answered.did')} as replied, ${address('quoted_post', 'cited.did')} as quoted,
    given(replied_to_post) is not null as is_reply, given(quoted_post) is not null as is_quote
  from record
    left join profile as answered on answered.handle = lower(${owner('replied_to_post')})
    left join profile as cited on cited.handle = lower(${owner('quoted_post')})
)
select _row, _line, false as embedded, case when given(id) is null then 'missing-id' end as problem,
  'bluesky' as platform, given(id) as post_id, given(author_id) as account_id, filled(author) as handle, filled(author_display_name) as name,
  coalesce(iso_time(created_at), unix_time(timestamp)) as time,
  case when iso_time(created_at) is not null and contains(created_at, '.') then 1 else 1000 end as time_precision_ms,
  case when is_reply then 'reply' when is_quote then 'quote' else 'original' end as kind,
  case when is_reply then replied else quoted end as parent_id,
  case when is_reply then given(replied_to_user) else given(quoted_user) end as parent_handle,
  case when is_reply and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  given(thread_id) as root_id, body as text, given(string_split(languages, ',')[1]) as lang, 'https://bsky.app/profile/' || given(author_id) || '/post/' || regexp_extract(given(id), '[^/]+$') as permalink,
  count_of(like_count) as likes, count_of(repost_count) as reshares, count_of(reply_count) as replies,
  ${joinedLinks('links')} as urls, ${joinedWords('tags')} as hashtags, ${joinedWords('mentions')} as mentions,
  some_list(regexp_extract_all(images, '/(baf[a-z0-9]{20,})', 1)) as media,
  zoned_time(try_cast(given(collected_at) as timestamp), $zone::varchar) as collected_at
from post`;

const accounts = `
select _row, 'bluesky' as platform, given(author_id) as account_id, filled(author) as handle, filled(author_display_name) as name,
  iso_time(author_created_at) as created_at, iso_time(created_at) as seen_at
from record where given(author_id) is not null`;

/** Bluesky posts that 4CAT exports as CSV. */
export const bluesky4cat: Importer = {
  id: 'bluesky-4cat',
  title: '4CAT CSV (or its rows as NDJSON) of Bluesky',
  about:
    'One post a row; parents are web links with handles, which become at:// addresses where the file also has the account of the handle.',
  obtain: '4CAT: data source Bluesky, download the data set as CSV.',
  platforms: ['bluesky'],
  sniff: (head) =>
    headerOrRowScore(head, { must: ['id', 'thread_id', 'body', 'author', 'replied_to_post', 'quoted_post'] }),
  container: csvTableOrRows(columns),
  posts,
  accounts,
  relatesRecords: true,
  notes: ['4CAT collects posts by search or profile: reposts are not in the file.'],
};
