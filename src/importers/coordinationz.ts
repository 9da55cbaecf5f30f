import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idProblem, outsideLinks, resharedHandle, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'tweet_id', 'user_id', 'tweet_type', 'text', 'created_at', 'linked_tweet', 'linked_tweet_user_id', 'urls', 'hashtags', 'mentioned_users',
];

const posts = `
with tweet as (
  select *, ${wholeId('tweet_id')} as id, ${wholeId('linked_tweet')} as linked, coalesce(iso_time(created_at), unix_time(created_at)) as stated,
    case when regexp_matches(tweet_type, '(?i)retweet') then 'reshare' when regexp_matches(tweet_type, '(?i)repl') then 'reply'
      when regexp_matches(tweet_type, '(?i)quote') then 'quote' else 'original' end as kind
  from record
)
select _row, _line, false as embedded, ${idProblem('id', 'tweet_id')},
  'x' as platform, id as post_id, given(user_id) as account_id,
  ${tweetTime('stated', 'id', `case when length(trim(created_at)) = 16 then 60000 else 1000 end`)},
  kind, case when kind <> 'original' then linked end as parent_id, case when kind = 'reshare' then ${resharedHandle('text')} end as parent_handle,
  text, 'https://x.com/i/status/' || id as permalink,
  ${outsideLinks('python_list(given(urls))', 'id')} as urls, some_list(python_list(given(hashtags))) as hashtags,
  mentions_in(text) as mentions
from tweet`;

/** Preprocessed tables of coordinationz. */
export const coordinationz: Importer = {
  id: 'coordinationz',
  title: 'coordinationz preprocessed CSV',
  about: 'One tweet a row with lists as Python text and quotes escaped with a backslash.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['tweet_id', 'user_id', 'tweet_type', 'linked_tweet'] }),
  container: csvTable(columns, { escape: 'backslash' }),
  posts,
};
