import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const columns = ['thread_id', 'id', 'timestamp', 'unix_timestamp', 'board', 'body', 'subject', 'image_md5', 'timestamp_deleted'];

const posts = `
with post as (
  select *, coalesce($platform::varchar, '4chan') as site, coalesce(given(board), $board::varchar, 'unknown') as place,
    nullif(regexp_extract(given(id), '^\\d+$'), '') as number, nullif(regexp_extract(given(thread_id), '^\\d+$'), '') as thread,
    case when regexp_matches(body, '<(?:br|wbr|a|span|s)\\b[^>]*>|&(?:gt|lt|amp|quot|#0?39);') then html_text(body) else body end as plain
  from record
), quoting as (
  select *, list_filter(distinct_in_order(regexp_extract_all(plain, '(?:^|[^>])>>(\\d{1,12})', 1)), lambda quoted: quoted <> number) as quoted
  from post
), answering as (
  select *, case when number = thread then null else coalesce(quoted[1], thread) end as parent
  from quoting
)
select _row, _line, false as embedded, case when number is null then 'missing-id' end as problem,
  site as platform, place || '/' || number as post_id,
  coalesce(unix_time(unix_timestamp), iso_time(timestamp), unix_time(timestamp)) as time, 1000 as time_precision_ms,
  case when parent is null then 'original' else 'reply' end as kind,
  place || '/' || parent as parent_id, place || '/' || thread as root_id,
  nullif(list_transform(list_filter(quoted, lambda q: q <> coalesce(parent, '')), lambda q: {'kind': 'reply', 'id': place || '/' || q}), []) as other_parents,
  nullif(concat_ws(chr(10), filled(subject), plain), '') as text,
  case when site = '4chan' then 'https://boards.4chan.org/' || place || '/thread/' || thread || '#p' || number end as permalink,
  urls_in(plain) as urls, some_list([given(image_md5)]) as media,
  nullif(list_transform(regexp_extract_all(plain, '>>>/[a-z0-9]{1,10}/\\d{1,12}'), lambda c: site || c[4:]), []) as cites,
  unix_time(nullif(timestamp_deleted, '0')) as deleted_at
from answering`;

/** Posts of 4chan and other boards that 4CAT exports as CSV. */
export const fourchan4cat: Importer = {
  id: '4chan-4cat',
  title: '4CAT CSV of 4chan (also 8chan, 8kun with --platform)',
  about: 'One post a row, tags stripped; without poster ids, so posts have no account. Parents are read from quote links.',
  platforms: ['4chan', '8chan', '8kun'],
  sniff: (head) =>
    headerScore(head, { must: ['thread_id', 'id', 'body', 'board'], any: [['image_md5', 'image_4chan', 'timestamp_deleted', 'country_code']] }),
  container: csvTable(columns),
  posts,
  notes: ['Posts that 4CAT took from a 4plebs dump may carry New York clock time; nothing in the file shows which those are.'],
};
