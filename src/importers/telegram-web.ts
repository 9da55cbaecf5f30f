import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Fault, sampleOf } from '../spool/fault.ts';
import type { FileHead, Importer, ParsedRecord } from './importer.ts';
import { readPreviewMessage } from './telegram-preview-message.ts';
import { unixSeconds } from './wall-clock-sql.ts';

const columns: Record<string, string> = {
  post: 'varchar',
  collected_at: 'varchar',
  edited_at: 'varchar',
  service: 'boolean',
  date: 'varchar',
  name: 'varchar',
  forwarded: 'boolean',
  forwarded_from: 'varchar',
  forwarded_post: 'varchar',
  reply_to: 'varchar',
  text: 'varchar',
  urls: 'varchar[]',
  hashtags: 'varchar[]',
  mentions: 'varchar[]',
  views: 'bigint',
};

const posts = `
with told as (
  select *, regexp_extract(post, '^([^/]+)/', 1) as channel, iso_time("date") as instant from record
)
select _row, _line, _at, false as embedded,
  case when service then 'not-a-post' when not regexp_matches(post, '^\\w+/\\d+$') then 'missing-id'
    when filled("date") is null then 'missing-time' when instant is null then 'bad-time' end as problem,
  case when service then 'service message: ' || coalesce(text, '') end as detail,
  'telegram' as platform, post as post_id, channel as account_id, channel as handle, filled(name) as name,
  instant as time, 1000 as time_precision_ms,
  case when forwarded then 'reshare' when reply_to is not null then 'reply' else 'original' end as kind,
  case when forwarded then forwarded_post else reply_to end as parent_id,
  forwarded_from as parent_handle,
  case when forwarded and reply_to is not null then [{'kind': 'reply', 'id': reply_to}] end as other_parents,
  text, 'https://t.me/' || post as permalink, views, urls, hashtags, mentions,
  ${unixSeconds('collected_at')} as collected_at, ${unixSeconds('edited_at')} as edited_at
from told`;

async function* parse(file: string, { signal }: { signal?: AbortSignal }): AsyncGenerator<ParsedRecord | Fault> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    signal?.throwIfAborted();
    line++;
    if (text.trim() === '') continue;
    let value: { telegram_post?: unknown; collected_at?: unknown; edited_at?: unknown; html?: unknown } | null;
    try {
      value = JSON.parse(text) as typeof value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield { line, reason: 'invalid-json', detail: error.message.slice(0, 200), sample: sampleOf(text) };
      continue;
    }
    const { telegram_post, collected_at, edited_at, html } = value ?? {};
    const message = typeof html === 'string' ? readPreviewMessage(html) : {};
    yield { at: `line[${line}]`, line, record: { post: telegram_post ?? '', collected_at, edited_at, ...message } };
  }
}

/** Messages of public channels as the web preview t.me/s/CHANNEL shows them, one a line, as `spillover collect telegram` keeps them. */
export const telegramWeb: Importer = {
  id: 'telegram-web',
  title: 'Telegram web preview messages (collected)',
  about:
    'One message of t.me/s/CHANNEL a line with its HTML. Posts belong to the channel; a forwarded message names the post it comes from where the page links it.',
  obtain: 'spillover collect telegram.',
  platforms: ['telegram'],
  sniff: (head: FileHead) =>
    (head.jsonLines as (Record<string, unknown> | null)[]).some(
      (line) => typeof line === 'object' && line !== null && 'telegram_post' in line && 'html' in line,
    )
      ? 0.98
      : 0,
  container: () => ({ kind: 'parsed', columns, parse }),
  posts,
  notes: ['A forwarded message whose source hides itself names it by display name only.'],
};
