import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, mentionsIn, urlsIn } from './text-parts-sql.ts';
import { unixSeconds, wallClock } from './wall-clock-sql.ts';

const columns: Record<string, string> = {
  ...Object.fromEntries(
    [
      'id type action date date_unixtime edited edited_unixtime from from_id',
      'forwarded_from saved_from reply_to_message_id reply_to_peer_id',
    ].flatMap((names) => names.split(' ').map((name) => [name, 'varchar'])),
  ),
  text: 'json',
  text_entities: 'json',
};
const context = { id: 'varchar', type: 'varchar', name: 'varchar' };

const clock = wallClock('wall', '$zone::varchar');
const entities = (type: string) => `list_filter(parts, lambda p: (p->>'type') = '${type}')`;

const posts = `
with message as (
  select *, _context.id as chat, _context.type as chat_type, try_cast(filled("date") as timestamp) as wall, ${unixSeconds('date_unixtime')} as instant,
    ${unixSeconds('edited_unixtime')} as edited_instant, try_cast(filled(edited) as timestamp) as edited_wall,
    case json_type(text) when 'ARRAY' then from_json(text, '["json"]')
      when 'VARCHAR' then case when (text->>'$') <> '' then [json_object('type', 'plain', 'text', text->>'$')] end
      else from_json(text_entities, '["json"]') end as pieces
  from record
), parted as (
  select *, list_transform(pieces, lambda p: case when json_type(p) = 'OBJECT' then p else json_object('type', 'plain', 'text', p->>'$') end) as parts
  from message
), told as (
  select *, chat || '/' || id as post_id, chat || '/' as prefix,
    nullif(array_to_string(list_transform(parts, lambda p: p->>'text'), ''), '') as body,
    array_to_string(list_transform(${entities('plain')}, lambda p: p->>'text'), e'\\n') as plain
  from parted
)
select _row, _line, _at, false as embedded,
  case when "type" = 'service' then 'not-a-post' when filled(id) is null then 'missing-id'
    when instant is null and wall is null then case when filled("date") is null then 'missing-time' else 'bad-time' end
    when coalesce(instant, wall) <= timestamp '1970-01-01' then 'bad-time' end as problem,
  case when "type" = 'service' then 'service entry ' || coalesce(action, '')
    when coalesce(instant, wall) <= timestamp '1970-01-01' then 'the date is the zero of the clock' end as detail,
  'telegram' as platform, coalesce(post_id, id) as post_id, filled(from_id) as account_id, filled("from") as name,
  coalesce(instant, ${clock.time}) as time, case when instant is null then ${clock.precisionMs} else 1000 end as time_precision_ms, wall as time_local,
  case when filled(coalesce(forwarded_from, saved_from)) is not null then 'reshare' when reply_to_message_id is not null then 'reply' else 'original' end as kind,
  case when filled(coalesce(forwarded_from, saved_from)) is null then coalesce(nullif(regexp_replace(reply_to_peer_id, '^[a-z]+', ''), '') || '/', prefix, '') || reply_to_message_id end as parent_id,
  filled(coalesce(forwarded_from, saved_from)) as parent_handle,
  case when filled(coalesce(forwarded_from, saved_from)) is not null and reply_to_message_id is not null
    then [{'kind': 'reply', 'id': coalesce(nullif(regexp_replace(reply_to_peer_id, '^[a-z]+', ''), '') || '/', prefix, '') || reply_to_message_id}] end as other_parents,
  body as text,
  case when chat_type like '%supergroup' or chat_type like '%channel' then 'https://t.me/c/' || post_id end as permalink,
  list_filter(list_concat(
    list_transform(list_filter(parts, lambda p: (p->>'type') in ('link', 'text_link')), lambda p: coalesce(nullif(p->>'href', ''), p->>'text')),
    ${urlsIn('plain')}), lambda u: regexp_matches(u, '^(?i:https?)://')) as urls,
  list_concat(list_transform(${entities('hashtag')}, lambda p: ltrim(p->>'text', '#')), ${hashtagsIn('plain')}) as hashtags,
  list_concat(list_transform(${entities('mention')}, lambda p: ltrim(p->>'text', '@')), ${mentionsIn('plain')}) as mentions,
  coalesce(edited_instant, timezone($zone::varchar, edited_wall)::timestamp) as edited_at,
  list_filter([case when instant is null then ${clock.warning} end, case when "type" = 'unsupported' then 'unsupported' end], lambda w: w is not null) as warnings
from told`;

function chatIn(document: unknown): { id?: unknown; messages?: unknown } | null {
  if (typeof document !== 'object' || document === null) return null;
  const { chats, left_chats } = document as Record<string, { list?: unknown } | undefined>;
  if (!chats && !left_chats) return document;
  const list = (chats ?? left_chats)?.list;
  return Array.isArray(list) ? ((list[0] ?? {}) as object) : {};
}

/** Telegram Desktop's JSON export: one chat, or all chats of an account. */
export const telegramJson: Importer = {
  id: 'telegram-json',
  title: 'Telegram Desktop export, JSON (result.json)',
  about:
    'One chat or a full export with its chats; service entries are listed as problems. Exports before 2021 hold only the clock of the exporting computer: give its zone with --zone.',
  obtain:
    'Telegram Desktop: open the chat, menu, "Export chat history", format "Machine-readable JSON"; for all chats: Settings, Advanced, "Export Telegram data".',
  platforms: ['telegram'],
  sniff: (head: FileHead) => {
    const chat = chatIn(head.document);
    if (chat === null || !Array.isArray(chat.messages)) return 0;
    const [first] = chat.messages as Record<string, unknown>[];
    if (typeof first !== 'object' || first === null) return 'type' in chat && 'id' in chat ? 0.7 : 0;
    return 'id' in first && 'type' in first && 'date' in first ? 0.97 : 0;
  },
  container: () => ({
    kind: 'document',
    patterns: ['messages[]', 'chats.list[].messages[]', 'left_chats.list[].messages[]'],
    columns,
    context,
  }),
  posts,
  notes: ['A forwarded message names its source by display name only, without an id.'],
};
