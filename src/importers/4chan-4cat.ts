import {
  boardCitations,
  boardPermalink,
  boardPostColumns,
  isReply,
  quotedNumbers,
  quotedPosts,
} from './board-posts.ts';
import { csvTableOrRows, headerOrRowScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { hashtagsIn, urlsIn } from './text-parts-sql.ts';

const columns = [
  'thread_id',
  'id',
  'timestamp',
  'unix_timestamp',
  'board',
  'body',
  'subject',
  'author',
  'image_md5',
  'timestamp_deleted',
];

const posts = `
with told as (
  select _row, _line, coalesce($platform::varchar, '4chan') as platform,
    coalesce(nullif(trim(record.board, '/ '), ''), nullif(trim($board::varchar, '/ '), ''), 'unknown') as board,
    nullif(regexp_extract(trim(id), '^\\d+$'), '') as number, nullif(regexp_extract(trim(thread_id), '^\\d+$'), '') as thread, null as poster,
    case when regexp_matches(record.body, '<(?:br|wbr|a|span|s)\\b[^>]*>|&(?:gt|lt|amp|quot|#0?39);') then html_text(record.body) else record.body end as body,
    filled(subject) as subject, nullif(filled(author), 'Anonymous') as name, image_md5, timestamp_deleted,
    coalesce(unix_time(unix_timestamp), iso_time(timestamp), unix_time(timestamp)) as stated
  from record
), quoting as (
  select *, ${quotedNumbers('body')} as quotes from told
), post as (
  select *, ${quotedPosts} as quoted from quoting
)
select _row, _line, false as embedded, case when number is null then 'missing-id' when stated is null then 'bad-time' end as problem,
  platform, ${boardPostColumns}, name, stated as time, 1000 as time_precision_ms,
  nullif(concat_ws(chr(10), subject, body), '') as text, ${boardPermalink} as permalink,
  ${urlsIn('body')} as urls, ${hashtagsIn('body')} as hashtags, some_list([given(image_md5)]) as media,
  ${boardCitations('body', 'platform')} as cites, unix_time(nullif(timestamp_deleted, '0')) as deleted_at,
  case when board = 'unknown' then ['board-unknown'] end as warnings
from (select *, ${isReply} as is_reply from post)`;

/** Posts of 4chan and other boards that 4CAT exports as CSV. */
export const fourchan4cat: Importer = {
  id: '4chan-4cat',
  title: '4CAT CSV (or its rows as NDJSON) of 4chan (also 8chan, 8kun with --platform)',
  about:
    'One post a row, tags stripped; without poster ids, so posts have no account. Parents are read from quote links.',
  obtain: '4CAT: data source 4chan (8chan, 8kun), download the data set as CSV.',
  platforms: ['4chan', '8chan', '8kun'],
  sniff: (head) =>
    headerOrRowScore(head, {
      must: ['thread_id', 'id', 'body', 'board'],
      any: [['image_md5', 'image_4chan', 'timestamp_deleted', 'country_code']],
    }),
  container: csvTableOrRows(columns),
  posts,
  markNotes: {
    'board-unknown':
      'Some rows name no board: their ids begin with "unknown/". Take the file back (spillover source remove) and import it with --board.',
  },
  notes: [
    'Posts that 4CAT took from a 4plebs dump may carry New York clock time; nothing in the file shows which those are.',
  ],
};
