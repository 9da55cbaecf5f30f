import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';

const columns: Record<string, string> = {
  id: 'varchar',
  date: 'varchar',
  edit_date: 'varchar',
  message: 'varchar',
  views: 'bigint',
  forwards: 'bigint',
  reply_to: 'json',
  reply_to_msg_id: 'varchar',
  fwd_from: 'json',
  entities: 'json',
  media: 'json',
  action: 'json',
  replies: 'json',
  _chat: 'struct(id varchar, username varchar, title varchar)',
  _sender: 'struct(id varchar, username varchar, first_name varchar, last_name varchar, title varchar)',
};

const chats = '[{"id":"varchar","username":"varchar","title":"varchar"}]';
const entityList = '[{"url":"varchar"}]';

const posts = `
with known_chat as (
  select _chat.id as chat_id, any_value(_chat.username) as username from record where given(_chat.username) is not null group by all
), message as (
  select *, coalesce(given(_chat.username), given(_chat.id)) as place, nullif(regexp_extract(id, '^\\d+$'), '') as number,
    unix_time("date") as stated, action is not null as is_service,
    nullif(regexp_extract(coalesce(given(reply_to_msg_id), reply_to ->> '$.reply_to_msg_id'), '^\\d+'), '') as answered,
    coalesce(fwd_from ->> '$.from_id.channel_id', fwd_from ->> '$.channel_id') as from_channel,
    nullif(regexp_extract(fwd_from ->> '$.channel_post', '^\\d+'), '') as from_post,
    coalesce(fwd_from ->> '$.from_id.user.username', list_filter(from_json(fwd_from -> '$.from_id.chats', '${chats}'),
      lambda c: c.id = fwd_from ->> '$.from_id.channel_id')[1].username) as from_username,
    coalesce(fwd_from ->> '$.from_name', list_filter(from_json(fwd_from -> '$.from_id.chats', '${chats}'),
      lambda c: c.id = fwd_from ->> '$.from_id.channel_id')[1].title,
      nullif(concat_ws(' ', fwd_from ->> '$.from_id.user.first_name', fwd_from ->> '$.from_id.user.last_name'), '')) as from_name,
    list_transform(from_json(entities, '${entityList}'), lambda e: e.url) as linked, media ->> '$.webpage.url' as previewed,
    coalesce(media ->> '$.photo.id', media ->> '$.document.id') as medium
  from record
), placed as (
  select message.*, coalesce(given(from_username), known_chat.username) as source,
    case when fwd_from is not null then 'reshare' when answered is not null then 'reply' else 'original' end as kind
  from message left join known_chat on known_chat.chat_id = from_channel
)
select _row, _line, false as embedded,
  case when is_service then 'not-a-post' when number is null or place is null then 'missing-id' when "date" is null then 'missing-time' when stated is null then 'bad-time' end as problem,
  case when is_service then 'a service message' || coalesce(': ' || (action ->> '$._type'), '') end as detail,
  'telegram' as platform, place || '/' || number as post_id, given(_sender.id) as account_id,
  coalesce(given(_sender.username), case when given(_sender.id) is null then place end) as handle,
  coalesce(nullif(concat_ws(' ', filled(_sender.first_name), filled(_sender.last_name)), ''), filled(_sender.title)) as name,
  stated as time, 1000 as time_precision_ms, kind,
  case when kind = 'reply' then place || '/' || answered
    when kind = 'reshare' and from_post is not null then coalesce(source, from_channel) || '/' || from_post end as parent_id,
  case when kind = 'reshare' then coalesce(source, given(from_name)) end as parent_handle,
  filled(message) as text, case when given(_chat.username) is not null then 'https://t.me/' || place || '/' || number end as permalink,
  views, forwards as reshares, try_cast(replies ->> '$.replies' as bigint) as replies,
  list_filter(distinct_in_order(list_concat(linked, [previewed], ${urlsIn('message')})), lambda link: regexp_matches(link, '^(?i:https?://)')) as urls,
  ${hashtagsIn('message')} as hashtags, ${mentionsIn('message')} as mentions,
  some_list(['telegram:' || medium]) as media, unix_time(edit_date) as edited_at
from placed`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Messages as 4CAT stores what Telegram's own interface gives (the library Telethon), one a line. */
export const telegram4catItems: Importer = {
  id: 'telegram-4cat-items',
  title: '4CAT NDJSON of Telegram',
  about:
    'One message a line as 4CAT collects it; a forwarded message names channel and number of its source, by user name where the file shows one.',
  obtain: '4CAT: data source Telegram, download the data set as NDJSON.',
  platforms: ['telegram'],
  sniff: (head: FileHead) =>
    head.jsonLines.some((line) => isObject(line) && isObject(line._chat) && 'message' in line && 'date' in line)
      ? 0.95
      : 0,
  container: () => ({ kind: 'lines', columns }),
  posts,
  relatesRecords: true,
};
