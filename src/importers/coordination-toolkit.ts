import { joinedLinks } from './csv-cells-sql.ts';
import { csvTable, headerOf, headerScore } from './csv-table.ts';
import type { Container, FileHead, Importer } from './importer.ts';
import { hashtagsIn, mentionsIn } from './text-parts-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = ['message_id', 'user_id', 'username', 'repost_id', 'reply_id', 'message', 'timestamp', 'urls'];
const year1973 = 100_000_000;

const posts = `
with message as (
  select *, given(message_id) as id, given(user_id) as account, given(repost_id) as reposted, given(reply_id) as replied,
    unix_time(timestamp) as stated, coalesce(abs(try_cast(given(timestamp) as double)) < ${year1973}, false) as relative
  from record
)
select _row, _line, false as embedded, case when id is null then 'missing-id' when stated is null then 'bad-time' end as problem,
  case when id is null then 'message_id is missing' when stated is null then 'timestamp is not a number of seconds' end as detail,
  $platform::varchar as platform, id as post_id, account as account_id, filled(username) as handle,
  stated as time, case when contains(timestamp, '.') then 1 else 1000 end as time_precision_ms,
  case when reposted is not null then 'reshare' when replied is not null then 'reply' else 'original' end as kind,
  coalesce(reposted, replied) as parent_id,
  case when reposted is not null then ${resharedHandle('message')} end as parent_handle,
  message as text,
  case when trim(urls) like '[%' then some_list(python_list(urls)) else ${joinedLinks('urls')} end as urls,
  ${hashtagsIn('message')} as hashtags, ${mentionsIn('message')} as mentions,
  some_list([case when coalesce(account, filled(username)) is null then 'missing-account' end, case when relative then 'relative-time' end]) as warnings
from message`;

/** The toolkit goes by the order of the columns: under other names they are named by their places, and their header is a record. */
function container(head: FileHead): Container {
  const names = headerOf(head);
  if (names.size === 0 || (names.has('message_id') && names.has('timestamp'))) return csvTable(columns)(head);
  const header = [...columns, ...Array.from(names).slice(columns.length)].slice(0, names.size);
  return csvTable(columns, { header })(head);
}

/** The input table of coordination-network-toolkit. */
export const coordinationToolkit: Importer = {
  id: 'coordination-toolkit',
  title: 'coordination-network-toolkit CSV',
  about:
    'One message a row; times are seconds from a free zero, urls are separated by blanks or a Python list. With --format the order of the columns counts where their names differ.',
  obtain: 'The input table of the coordination-network-toolkit.',
  platforms: [],
  sniff: (head) =>
    headerScore(head, { must: ['message_id', 'user_id', 'repost_id', 'reply_id', 'message', 'timestamp'] }),
  container,
  posts,
  notes: [
    'Small times are relative to a zero that the file does not state: they are shown as of 1970 and marked relative-time.',
  ],
};
