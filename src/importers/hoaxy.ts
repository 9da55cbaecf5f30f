import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idProblem, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'canonical_url', 'url_raw', 'from_user_id', 'from_user_screen_name', 'is_mention', 'to_user_id', 'to_user_screen_name',
  'tweet_created_at', 'tweet_id', 'tweet_type',
];

const posts = `
with edge as (
  select *, ${wholeId('tweet_id')} as id, lower(trim(tweet_type)) in ('retweet', 'quote') as from_parent, coalesce(yes(is_mention), false) as mention,
    case lower(trim(tweet_type)) when 'retweet' then 'reshare' when 'quote' then 'quote' when 'reply' then 'reply' else 'original' end as kind,
    coalesce(given(canonical_url), given(url_raw)) as link, iso_time(tweet_created_at) as stated
  from record
), directed as (
  select *, case when from_parent then to_user_id else from_user_id end as author_id,
    case when from_parent then to_user_screen_name else from_user_screen_name end as author,
    case when from_parent then from_user_screen_name else to_user_screen_name end as other
  from edge
)
select _row, _line, false as embedded, ${idProblem('id', 'tweet_id')},
  'x' as platform, id as post_id, ${wholeId('author_id')} as account_id, filled(author) as handle,
  ${tweetTime('stated', 'id', 1000)},
  kind, case when kind <> 'original' then min(filled(other)) filter (not mention) over (partition by id, kind) end as parent_handle,
  'https://x.com/i/status/' || id as permalink, some_list([link]) as urls, case when mention and not from_parent then some_list([filled(other)]) end as mentions
from directed`;

/** Spread graphs of Hoaxy: a row is an edge between two accounts, so one tweet may fill several rows. */
export const hoaxy: Importer = {
  id: 'hoaxy',
  title: 'Hoaxy CSV (edges of a spread graph)',
  about:
    'One edge a row; further edges of a tweet are duplicates that may add a link or a mention. The author is the second account for retweets and quotes, else the first.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['from_user_id', 'to_user_id', 'tweet_id', 'tweet_type'] }),
  container: csvTable(columns),
  posts,
  notes: ['Hoaxy gives neither the text of a tweet nor the id of the reshared or quoted one.'],
};
