import { joinedLinks } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = [
  'tweetid',
  'userid',
  'user_display_name',
  'user_screen_name',
  'user_profile_description',
  'follower_count',
  'following_count',
  'account_creation_date',
  'tweet_language',
  'tweet_text',
  'tweet_time',
  'in_reply_to_tweetid',
  'quoted_tweet_tweetid',
  'is_retweet',
  'retweet_tweetid',
  'reply_count',
  'like_count',
  'retweet_count',
  'hashtags',
  'urls',
];

const account = `case when not regexp_matches(userid, '^\\d[.,]?\\d*[eE]\\+?\\d+$') then given(userid) end`;
const handle = 'nullif(given(user_screen_name), given(userid))';
const name = 'nullif(given(user_display_name), given(userid))';

const posts = tweetPosts({
  id: wholeId('tweetid'),
  idCell: 'tweetid',
  account,
  handle,
  name,
  stated: 'iso_time(tweet_time)',
  precision: 'case when length(trim(tweet_time)) > 16 then 1000 else 60000 end',
  isReshare: 'yes(is_retweet) or given(retweet_tweetid) is not null',
  isReply: 'given(in_reply_to_tweetid) is not null',
  isQuote: 'given(quoted_tweet_tweetid) is not null',
  resharedId: wholeId('retweet_tweetid'),
  replyId: wholeId('in_reply_to_tweetid'),
  quotedId: wholeId('quoted_tweet_tweetid'),
  resharedHandle: resharedHandle('tweet_text'),
  text: 'tweet_text',
  lang: 'given(tweet_language)',
  likes: 'count_of(like_count)',
  reshares: 'count_of(retweet_count)',
  replies: 'count_of(reply_count)',
  links: `case when urls like '[http%' then ${joinedLinks(`rtrim(urls[2:], ']')`)} when contains(urls, '://') then python_list(urls) end`,
  hashtags: `case when length(hashtags) > 2 then python_list(given(hashtags)) end`,
});

const accounts = `
select min(_row) as _row, 'x' as platform, ${account} as account_id, ${handle} as handle, ${name} as name, iso_time(account_creation_date) as created_at,
  count_of(follower_count) as followers, count_of(following_count) as following, given(user_profile_description) as description
from record where ${account} is not null group by all`;

/** Tables of tweets that Twitter published of information operations: hashed accounts, minute times, Python lists. */
export const xIoDisclosure: Importer = {
  id: 'x-io-disclosure',
  title: 'Twitter information operations CSV (disclosures 2018 to 2021)',
  about:
    'One tweet a row; times are to the minute, finer from the tweet id; small accounts are hashed and then have neither handle nor name.',
  obtain:
    'The archive of information operations that Twitter published until 2021 (…_tweets_csv_hashed.csv, …_tweets_csv_unhashed.csv).',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['tweetid', 'userid', 'tweet_text', 'tweet_time'] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['Follower counts are those at the time of the disclosure, not of the tweet.'],
};
