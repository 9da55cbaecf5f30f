import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idBesideLink, idProblem, joinedLinks, joinedWords, outsideLinks, resharedHandle, tweetMedia, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'id', 'timestamp_utc', 'local_time', 'user_screen_name', 'text', 'retweet_count', 'like_count', 'reply_count', 'impression_count', 'lang',
  'to_username', 'to_userid', 'to_tweetid', 'user_id', 'user_name', 'user_verified', 'user_description', 'user_tweets', 'user_followers',
  'user_friends', 'user_likes', 'user_lists', 'user_created_at', 'user_timestamp_utc', 'retweeted_id', 'retweeted_user', 'quoted_id',
  'quoted_user', 'collection_time', 'url', 'links', 'media_urls', 'mentioned_names', 'hashtags',
];

const seen = `coalesce(zoned_time(try_cast(given(collection_time) as timestamp), $zone::varchar), unix_time(timestamp_utc))`;

const posts = `
with tweet as (
  select *, ${idBesideLink('id', 'url')} as tweet_id, ${wholeId('retweeted_id')} as retweeted, ${wholeId('to_tweetid')} as replied,
    ${wholeId('quoted_id')} as quoted,
    coalesce(unix_time(timestamp_utc), zoned_time(try_cast(given(local_time) as timestamp), $zone::varchar)) as stated,
    case when given(retweeted_id) is not null or given(retweeted_user) is not null then 'reshare'
      when given(to_tweetid) is not null or given(to_userid) is not null then 'reply'
      when given(quoted_id) is not null then 'quote' else 'original' end as kind
  from record
)
select _row, _line, false as embedded, ${idProblem('tweet_id', 'id')},
  'x' as platform, tweet_id as post_id, ${wholeId('user_id')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  ${tweetTime('stated', 'tweet_id', 1000)},
  kind, case kind when 'reshare' then retweeted when 'reply' then replied when 'quote' then quoted end as parent_id,
  case kind when 'reshare' then coalesce(filled(retweeted_user), ${resharedHandle('text')})
    when 'reply' then filled(to_username) when 'quote' then filled(quoted_user) end as parent_handle,
  case when kind = 'reply' and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  text, given(lang) as lang, coalesce(filled(url), 'https://x.com/i/status/' || tweet_id) as permalink,
  count_of(like_count) as likes, count_of(retweet_count) as reshares, count_of(reply_count) as replies, count_of(impression_count) as views,
  ${outsideLinks(joinedLinks('links'), 'tweet_id')} as urls, ${joinedWords('hashtags', '|')} as hashtags,
  ${joinedWords('mentioned_names', '|')} as mentions, ${tweetMedia('media_urls')} as media,
  zoned_time(try_cast(given(collection_time) as timestamp), $zone::varchar) as collected_at
from tweet`;

const accounts = `
select 'x' as platform, ${wholeId('user_id')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  coalesce(unix_time(user_timestamp_utc), iso_time(user_created_at)) as created_at, count_of(user_followers) as followers,
  count_of(user_friends) as following, count_of(user_tweets) as posts, count_of(user_likes) as likes_given, count_of(user_lists) as listed,
  yes(user_verified) as verified, given(user_description) as description, ${seen} as seen_at
from record where ${wholeId('user_id')} is not null`;

/** Tweets as minet and gazouilloire write them (the twitwi table). */
export const minet: Importer = {
  id: 'minet',
  title: 'minet and gazouilloire CSV of X/Twitter',
  about: 'One tweet a row, lists joined by "|"; columns of the query file may stand before those of the tweet.',
  platforms: ['x'],
  sniff: (head) =>
    headerScore(head, { must: ['id', 'timestamp_utc', 'user_screen_name', 'text'], any: [['to_tweetid', 'retweeted_id', 'mentioned_names']] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['collection_time is a clock without a zone: it is read where --zone gives one.'],
};
