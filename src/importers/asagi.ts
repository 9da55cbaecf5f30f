import {
  boardCitations,
  boardPermalink,
  boardPostColumns,
  isReply,
  quotedNumbers,
  quotedPosts,
} from './board-posts.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, urlsIn } from './text-parts-sql.ts';
import { isRepeatedHour, unixSeconds } from './wall-clock-sql.ts';

const columns = [
  'num subnum thread_num op timestamp timestamp_expired preview_orig preview_w preview_h media_filename media_w media_h media_size',
  'media_hash media_orig spoiler deleted capcode email name trip title comment sticky locked poster_hash poster_country exif',
].flatMap((names) => names.split(' '));
const newYork = `'America/New_York'`;
const markup = '\\[/?(?:spoiler|code|b|i|o|s|u|sup|sub|sjis|eqn|math|shiftjis|banned|moot)\\]';

/**
 * `media_orig` is named for the true time of the upload, so the median of stored time minus that time tells which clock a file
 * was written by: -4 or -5 hours is New York's labelled as UTC (FoolFuuka keeps Asagi's habit), 0 is UTC. In the hour that comes
 * twice in November the image decides, then the posts with smaller and larger numbers.
 */
const posts = `
with cell as (
  select *, ${unixSeconds('"timestamp"')} as stored, ${unixSeconds(`nullif(timestamp_expired, '0')`)} as expired,
    make_timestamp(try_cast(rpad(nullif(regexp_extract(media_orig, '^(\\d{10,16})', 1), ''), 16, '0') as bigint)) as uploaded
  from record
), shift as (
  select median(round((epoch(stored) - epoch(uploaded)) / 3600)) as hours from cell where stored is not null and uploaded is not null
), clock as (
  select case when $zone::varchar is not null then $zone::varchar when hours between -5 and -4 then ${newYork} when hours = 0 then 'UTC'
      when hours is null then ${newYork} end as zone,
    case when $zone::varchar is not null then null when hours is null then 'clock-not-checked' when hours between -5 and -4 then 'clock-new-york'
      when hours = 0 then null else 'zone-unknown' end as found
  from shift
), read as (
  select cell.*, zone, found, timezone(zone, stored)::timestamp as late, timezone(zone, expired)::timestamp as expired_at,
    month(stored) in (10, 11) and hour(stored) in (0, 1, 2) and ${isRepeatedHour('stored', 'zone')} as repeated,
    try_cast(num as bigint) as n
  from cell cross join clock
), told as (
  select *, repeated and uploaded is null as ambiguous,
    late - case when repeated and uploaded is not null and abs(epoch(late) - epoch(uploaded)) > abs(epoch(late) - 3600 - epoch(uploaded))
      then interval 1 hour else interval 0 hour end as settled
  from read
), neighbour as (
  select n, settled, _row, ambiguous, stored::date as day from told
  where stored::date in (select stored::date from told where ambiguous) and coalesce(subnum, '0') = '0'
), bounded as (
  select _row,
    max(case when not ambiguous then settled end) over (partition by day order by n rows between unbounded preceding and 1 preceding) as after,
    min(case when not ambiguous then settled end) over (partition by day order by n rows between 1 following and unbounded following) as before
  from neighbour
), timed as (
  select told.*,
    case when not ambiguous then settled when after > late - interval 1 hour then late else late - interval 1 hour end as utc,
    case when ambiguous and not coalesce(after > late - interval 1 hour, false) and not coalesce(before < late, false) then 3600000 else 1000 end as precision
  from told left join bounded using (_row)
), post as (
  select _row, _line, _at, coalesce($platform::varchar, '4chan') as platform, coalesce($board::varchar, 'unknown') as board,
    nullif(regexp_extract(trim(num), '^\\d+$'), '') as number, coalesce(filled(subnum), '0') as subnumber, filled(thread_num) as thread, nullif(filled(poster_hash), 'N') as poster,
    "timestamp" as clock_text, stored, zone, utc, abs(epoch(utc) - epoch(uploaded)) > 1800 as disagrees, precision, expired_at, ambiguous, found, filled(name) as name, filled(capcode) as capcode,
    coalesce(deleted = '1', false) as is_deleted, nullif(filled(media_hash), 'N') as hash,
    nullif(filled(title), 'N') as title, comment as body, case when contains(comment, '[') then regexp_replace(comment, '${markup}', ' ', 'g') else comment end as plain,
    ${quotedNumbers('comment')} as quotes
  from timed
), quoting as (
  select *, ${quotedPosts} as quoted from post
)
select _row, _line, _at, false as embedded,
  case when number is null then 'missing-id' when subnumber <> '0' then 'ghost-post' when clock_text is null then 'missing-time'
    when stored is null then 'bad-time' end as problem,
  case when subnumber <> '0' then 'subnum is ' || subnumber || ': never on ' || platform end as detail,
  platform, ${boardPostColumns}, nullif(name, 'Anonymous') as name,
  utc as time, precision as time_precision_ms, case when zone is null then stored end as time_local,
  nullif(concat_ws(e'\\n', title, filled(body)), '') as text, ${boardPermalink} as permalink,
  ${urlsIn('plain')} as urls, ${hashtagsIn('plain')} as hashtags, case when hash is not null then [hash] end as media,
  ${boardCitations('body', 'platform')} as cites,
  case when is_deleted then expired_at end as deleted_at,
  list_filter([found, case when ambiguous then 'time-ambiguous' end, case when disagrees then 'time-conflict' end, case when is_deleted and expired_at is null then 'deleted' end,
    case when board = 'unknown' then 'board-unknown' end,
    case when capcode <> 'N' then 'capcode-' || coalesce(map {'M': 'mod', 'A': 'admin', 'D': 'developer', 'F': 'founder', 'G': 'manager', 'V': 'verified'}[capcode], lower(capcode)) end], lambda w: w is not null) as warnings
from (select *, ${isReply} as is_reply from quoting)`;

const dumpRow = /^\s*"?\d+"?,"?\d+"?,"?\d+"?,"?[01]"?,"?\d{9,10}"?,"?\d+"?,/;

const hasHeader = (head: FileHead) =>
  headerScore(head, {
    must: ['num', 'subnum', 'thread_num', 'timestamp', 'comment'],
    any: [['media_orig', 'media_hash', 'capcode']],
  }) > 0;

/** Table dump of an Asagi or FoolFuuka archive (4plebs, desuarchive): 28 columns, backslash escapes, New York clock. */
export const asagi: Importer = {
  id: 'asagi',
  title: '4plebs / Asagi / FoolFuuka table dump (CSV)',
  about:
    'Rows of a board archive with or without a header line; the clock of the file is checked against the names of the images and converted, and posts written on the archive site itself are listed as problems.',
  obtain: 'Dumps of 4plebs (archive.org, "4plebs data dump"), or a table export of a FoolFuuka archive.',
  platforms: ['4chan'],
  sniff: (head: FileHead) => {
    if (head.binary) return 0;
    return hasHeader(head) || dumpRow.test(head.text.replace(/^\uFEFF/, '')) ? 0.95 : 0;
  },
  container: (head: FileHead) =>
    hasHeader(head)
      ? csvTable(columns, { escape: 'both', nullText: '\\N' })(head)
      : { kind: 'csv', columns, dialect: { delimiter: ',', escape: 'backslash', nullText: '\\N', header: columns } },
  posts,
  relatesRecords: true,
  markNotes: {
    'clock-new-york':
      'The archive stored New York clock time as if it were UTC, as the names of its images show: times were converted.',
    'clock-not-checked':
      'Archives of this kind store New York clock time as if it were UTC, and times were converted; no image in the file allows a check. Another zone can be given with --zone.',
    'board-unknown':
      'Neither the file nor its name or folder tells the board: ids begin with "unknown/". Take the file back (spillover source remove) and import it with --board.',
  },
};
