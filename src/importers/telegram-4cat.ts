import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTableOrRows, headerOrRowScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { wallClock } from './wall-clock-sql.ts';

const columns = [
  'id',
  'thread_id',
  'chat',
  'author',
  'author_username',
  'author_name',
  'body',
  'is_reply',
  'reply_to',
  'views',
  'timestamp',
  'unix_timestamp',
  'unix_timestamp_edited',
  'author_forwarded_from_name',
  'author_forwarded_from_username',
  'author_forwarded_from_id',
  'unix_timestamp_forwarded_from',
  'entities_linked',
  'entities_mentioned',
  'link_attached',
  'attachment_type',
  'attachment_data',
];

const clock = wallClock('local', '$zone::varchar');

const posts = `
with message as (
  select *, coalesce(given(chat), given(thread_id)) as place, nullif(regexp_extract(given(id), '(\\d+)$', 1), '') as number,
    nullif(regexp_extract(given(reply_to), '(\\d+)(?:\\.0)?$', 1), '') as answered,
    unix_time(unix_timestamp) as stated, try_cast(given(timestamp) as timestamp) as local,
    coalesce(given(author_forwarded_from_username), given(author_forwarded_from_name)) as source,
    given(unix_timestamp_forwarded_from) is not null or given(author_forwarded_from_id) is not null as has_source
  from record
), kind as (
  select *, case when source is not null or has_source then 'reshare' when answered is not null or yes(is_reply) then 'reply' else 'original' end as kind
  from message
)
select _row, _line, false as embedded,
  case when number is null or place is null then 'missing-id' when stated is null and local is null then 'bad-time' end as problem,
  'telegram' as platform, place || '/' || number as post_id, given(author) as account_id,
  coalesce(given(author_username), case when given(author) is null then place end) as handle, filled(author_name) as name,
  coalesce(stated, ${clock.time}) as time, case when stated is null then ${clock.precisionMs} else 1000 end as time_precision_ms,
  case when stated is null then local end as time_local, some_list([case when stated is null then ${clock.warning} end]) as warnings,
  kind, case when kind = 'reply' then place || '/' || answered end as parent_id, case when kind = 'reshare' then source end as parent_handle,
  body as text, 'https://t.me/' || place || '/' || number as permalink, count_of(views) as views,
  some_list(list_filter(list_concat(${joinedLinks('entities_linked')}, [given(link_attached)], ${urlsIn('body')}),
    lambda link: regexp_matches(link, '^(?i:https?://)'))) as urls,
  ${hashtagsIn('body')} as hashtags, coalesce(${joinedWords('entities_mentioned')}, ${mentionsIn('body')}) as mentions,
  some_list(['telegram:' || nullif(regexp_extract(attachment_data, '"id": *"?(\\d{5,})', 1), '')]) as media,
  unix_time(nullif(unix_timestamp_edited, '0')) as edited_at
from kind`;

/** Telegram messages that 4CAT exports as CSV. */
export const telegram4cat: Importer = {
  id: 'telegram-4cat',
  title: '4CAT CSV (or its rows as NDJSON) of Telegram',
  about: 'One message a row; unix_timestamp is the time, for timestamp is the clock of the 4CAT server.',
  obtain: '4CAT: data source Telegram, download the data set as CSV.',
  platforms: ['telegram'],
  sniff: (head) =>
    headerOrRowScore(head, {
      must: ['id', 'chat', 'author', 'body'],
      any: [['author_username', 'author_forwarded_from_name', 'attachment_type']],
    }),
  container: csvTableOrRows(columns),
  posts,
  notes: ['4CAT leaves service messages out, and names the source of a forwarded message but not its id.'],
};
