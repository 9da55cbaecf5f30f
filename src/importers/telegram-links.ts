import type { FileHead, Importer } from './importer.ts';
import { wallClock } from './wall-clock-sql.ts';

const columns: Record<string, string> = {
  group: 'varchar',
  message_id: 'varchar',
  time_local: 'varchar',
  sender: 'varchar',
  forwarded_from: 'varchar',
  urls: 'varchar[]',
};

const clock = wallClock('wall', 'zone');
const posts = `
with message as (
  select *, try_cast(filled(time_local) as timestamp) as wall, coalesce($zone::varchar, 'America/New_York') as zone from record
)
select _row, _line, _at, false as embedded,
  case when filled("group") is null or filled(message_id) is null then 'missing-id'
    when filled(time_local) is null then 'missing-time' when wall is null then 'bad-time' end as problem,
  'telegram' as platform, "group" || '/' || message_id as post_id, filled(sender) as account_id,
  ${clock.time} as time, ${clock.precisionMs} as time_precision_ms, wall as time_local,
  case when filled(forwarded_from) is not null then 'reshare' else 'original' end as kind,
  filled(forwarded_from) as parent_handle,
  list_filter(urls, lambda u: regexp_matches(u, '^(?i:https?)://')) as urls,
  list_filter([${clock.warning}], lambda w: w is not null) as warnings
from message`;

/** Links shared in Telegram groups, one message a line, senders hashed, clock without a zone. */
export const telegramLinks: Importer = {
  id: 'telegram-links',
  title: 'Telegram links (group, message_id, time_local, urls)',
  about:
    'One message a line with its links, without text; senders and forwarding sources are hashes of names. The clock has no zone: New York is taken, as links to tweets show, unless --zone names another.',
  obtain: 'Tables of links by message, as in the Latin American QAnon data set (github.com/biancapallaro).',
  platforms: ['telegram'],
  sniff: (head: FileHead) =>
    (head.jsonLines as Record<string, unknown>[]).some(
      (line) =>
        typeof line === 'object' &&
        line !== null &&
        'group' in line &&
        'message_id' in line &&
        'time_local' in line &&
        Array.isArray(line.urls),
    )
      ? 0.98
      : 0,
  container: () => ({ kind: 'lines', columns }),
  posts,
  notes: [
    'Times are read as New York time unless --zone is given; messages without a link are not in such a file.',
    'Senders and forwarding sources are known by name hashes only: two of one name fall together.',
  ],
};
