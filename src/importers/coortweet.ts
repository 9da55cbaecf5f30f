import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';

const posts = `
with share as (
  select *, given(object_id) as object, given(account_id) as account, given(content_id) as content, given(timestamp_share) as written,
    coalesce(unix_time(timestamp_share), iso_time(timestamp_share)) as stated,
    coalesce(try_cast(given(timestamp_share) as double) >= 100000000000, false) as fine
  from record
)
select _row, _line, false as embedded,
  case when content is null then 'missing-id' when object is null then 'missing-object'
    when account is null then 'missing-account' when stated is null then 'bad-time' end as problem,
  case when content is null then 'content_id is missing' when object is null then 'object_id is missing'
    when account is null then 'account_id is missing: coordination cannot be told without it'
    when stated is null then 'timestamp_share is not a time' end as detail,
  $platform::varchar as platform, content as post_id, account as account_id,
  stated as time, case when fine and stated <> date_trunc('second', stated) then 1 else 1000 end as time_precision_ms,
  'original' as kind, [object] as objects,
  case when regexp_matches(object, '^(?i:https?://)\\S+$') then [object] end as urls,
  case when regexp_matches(object, '^[#＃]\\S+$') then [object[2:]] end as hashtags,
  case when fine then ['milliseconds'] end as warnings
from share`;

/** The input table of CooRTweet: one row for each object that a post shares. */
export const coortweet: Importer = {
  id: 'coortweet',
  title: 'CooRTweet CSV (object_id, account_id, content_id, timestamp_share)',
  about:
    'One row for each object and post: further rows of a post are duplicates that add a share. Every object is an artifact of kind object; links and hashtags are also artifacts of their own kind.',
  obtain: 'The input table of the R package CooRTweet (prep_data, or written with write.csv).',
  platforms: [],
  sniff: (head) =>
    headerScore(head, {
      must: ['object_id', 'account_id', 'content_id', 'timestamp_share'],
      never: ['account_id_y', 'content_id_y'],
    }),
  container: csvTable(['object_id', 'account_id', 'content_id', 'timestamp_share']),
  posts,
};
