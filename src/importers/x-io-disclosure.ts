import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idProblem, joinedLinks, outsideLinks, resharedHandle, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'tweetid', 'userid', 'user_display_name', 'user_screen_name', 'user_profile_description', 'follower_count', 'following_count',
  'account_creation_date', 'tweet_language', 'tweet_text', 'tweet_time', 'in_reply_to_userid', 'in_reply_to_tweetid',
  'quoted_tweet_tweetid', 'is_retweet', 'retweet_userid', 'retweet_tweetid', 'quote_count', 'reply_count', 'like_count',
  'retweet_count', 'hashtags', 'urls',
];

const account = `
with tweet as (
  select *, ${wholeId('tweetid')} as id,
    case when not regexp_matches(given(userid), '^\\d[.,]?\\d*[eE]\\+?\\d+$') then given(userid) end as account_id,
    nullif(given(user_screen_name), given(userid)) as handle, nullif(given(user_display_name), given(userid)) as name,
    iso_time(tweet_time) as stated
  from record
)`;

const posts = `${account}, parent as (
  select *, yes(is_retweet) as reshared,
    ${wholeId('retweet_tweetid')} as retweeted, ${wholeId('in_reply_to_tweetid')} as replied, ${wholeId('quoted_tweet_tweetid')} as quoted,
    case when urls like '[http%' then ${joinedLinks(`regexp_replace(urls, '^\\[|\\]$', '', 'g')`)} else python_list(given(urls)) end as links
  from tweet
)
select _row, _line, false as embedded, ${idProblem('id', 'tweetid')},
  'x' as platform, id as post_id, account_id, handle, name,
  ${tweetTime('stated', 'id', `case when length(trim(tweet_time)) > 16 then 1000 else 60000 end`)},
  case when reshared or retweeted is not null then 'reshare'
    when given(in_reply_to_tweetid) is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  case when reshared or retweeted is not null then retweeted when given(in_reply_to_tweetid) is not null then replied else quoted end as parent_id,
  case when reshared or retweeted is not null then ${resharedHandle('tweet_text')} end as parent_handle,
  case when not coalesce(reshared, false) and retweeted is null and given(in_reply_to_tweetid) is not null and quoted is not null
    then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  tweet_text as text, given(tweet_language) as lang, 'https://x.com/i/status/' || id as permalink,
  count_of(like_count) as likes, count_of(retweet_count) as reshares, count_of(reply_count) as replies,
  ${outsideLinks('links', 'id')} as urls,
  some_list(python_list(given(hashtags))) as hashtags, mentions_in(tweet_text) as mentions
from parent`;

const accounts = `${account}
select distinct 'x' as platform, account_id, handle, name, iso_time(account_creation_date) as created_at,
  count_of(follower_count) as followers, count_of(following_count) as following, given(user_profile_description) as description
from tweet where account_id is not null`;

/** Tables of tweets that Twitter published of information operations: hashed accounts, minute times, Python lists. */
export const xIoDisclosure: Importer = {
  id: 'x-io-disclosure',
  title: 'Twitter information operations CSV (disclosures 2018 to 2021)',
  about:
    'One tweet a row; times are to the minute, finer from the tweet id; small accounts are hashed and then have neither handle nor name.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['tweetid', 'userid', 'tweet_text', 'tweet_time'] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['Follower counts are those at the time of the disclosure, not of the tweet.', 'Deleted and protected tweets of the accounts are not in it.'],
};
