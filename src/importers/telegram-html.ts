import type { Fault } from '../spool/fault.ts';
import { openContent } from '../spool/open-content.ts';
import type { FileHead, Importer, ParsedRecord } from './importer.ts';
import { TelegramPage } from './telegram-page.ts';
import { wallClock } from './wall-clock-sql.ts';

const columns: Record<string, string> = {
  element: 'varchar',
  service: 'boolean',
  chat: 'varchar',
  date: 'varchar',
  from: 'varchar',
  forwarded: 'boolean',
  forwarded_from: 'varchar',
  reply_to: 'varchar',
  text: 'varchar',
  urls: 'varchar[]',
  hashtags: 'varchar[]',
  mentions: 'varchar[]',
  cut: 'boolean',
};

const clock = wallClock('wall', '$zone::varchar');

/** Only the folder that Telegram Desktop makes shows that a page belongs to one chat; message numbers repeat in every chat. */
const posts = `
with entry as (
  select *, regexp_extract(element, '^message(-?\\d+)$', 1) as number,
    case when regexp_matches($folder_name::varchar, '^(ChatExport|chat_\\d)') then chat || '/' else '' end as prefix,
    try_strptime("date"[:19], '%d.%m.%Y %H:%M:%S') as wall,
    nullif(regexp_extract("date", 'UTC([+-]\\d{2}:\\d{2})', 1), '') as shift
  from record
), timed as (
  select *, case when shift is not null then try_cast(strftime(wall, '%Y-%m-%d %H:%M:%S') || shift as timestamptz)::timestamp end as instant from entry
)
select _row, _line, _at, false as embedded,
  case when service then 'not-a-post' when number = '' then 'missing-id' when "date" is null then 'missing-time' when wall is null then 'bad-time' end as problem,
  case when service then 'service message: ' || regexp_replace(coalesce(text, ''), '\\s+', ' ', 'g') end as detail,
  'telegram' as platform, coalesce(prefix, '') || number as post_id, "from" as name,
  coalesce(instant, ${clock.time}) as time, case when instant is null then ${clock.precisionMs} else 1000 end as time_precision_ms, wall as time_local,
  case when forwarded then 'reshare' when reply_to is not null then 'reply' else 'original' end as kind,
  case when not forwarded then coalesce(prefix, '') || reply_to end as parent_id,
  forwarded_from as parent_handle,
  case when forwarded and reply_to is not null then [{'kind': 'reply', 'id': coalesce(prefix, '') || reply_to}] end as other_parents,
  text, urls, hashtags, mentions,
  list_filter([case when instant is null then ${clock.warning} end, case when cut then 'cut' end, case when coalesce(prefix, '') = '' then 'chat-unnamed' end],
    lambda w: w is not null) as warnings
from timed`;

async function* parse(file: string, { signal }: { signal?: AbortSignal }): AsyncGenerator<ParsedRecord | Fault> {
  const page = new TelegramPage();
  const { pieces, summary } = await openContent(file, { unhashed: true, signal });
  for await (const piece of pieces) {
    for (const entry of page.write(piece.toString('utf8'))) yield { at: entry.element, record: entry };
  }
  for (const entry of page.end()) yield { at: entry.element, record: entry };
  if (summary.damage !== null) yield { line: 1, reason: 'damaged-archive', detail: summary.damage, sample: '' };
}

/** Telegram Desktop's HTML export: pages messages.html, messages2.html, … */
export const telegramHtml: Importer = {
  id: 'telegram-html',
  title: 'Telegram Desktop export, HTML (messages.html)',
  about:
    'Pages of one chat. They hold display names only, and neither ids of senders nor that of the chat; older exports also lack the zone of the clock: give it with --zone.',
  obtain:
    'Telegram Desktop: open the chat, menu, "Export chat history", format HTML. Import the folder ChatExport_… as it is.',
  platforms: ['telegram'],
  sniff: (head: FileHead) => {
    if (head.binary || !/<div class="page_body chat_page">|<div class="message (?:default|service)/.test(head.text))
      return 0;
    return /<html|<div class="page_wrap">/.test(head.text) ? 0.97 : 0.6;
  },
  container: () => ({ kind: 'parsed', columns, parse }),
  posts,
  notes: ['HTML pages name no sender id: posts have no account.'],
  markNotes: {
    'chat-unnamed':
      'The folder does not begin with ChatExport_, as Telegram Desktop names it: messages go by their number alone, and those of a second such chat would be taken for duplicates. With several chats, give the folders names such as ChatExport_NAME, take this one back (spillover source remove) and import again.',
  },
};
