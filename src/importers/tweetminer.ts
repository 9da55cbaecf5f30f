import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { dictionaryText, idProblem, outsideLinks, resharedHandle, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'id_str', 'user_id_str', 'in_reply_to_status_id_str', 'in_reply_to_user_id_str', 'created_at', 'in_reply_to_screen_name', 'user_name',
  'user_screen_name', 'user_created_at', 'user_statuses_count', 'user_description', 'user_verified', 'user_followers_count',
  'user_friends_count', 'text', 'entities_hashtags', 'entities_urls', 'entities_user_mentions', 'retweeted_status_id',
];

const posts = `
with tweet as (
  select *, ${wholeId('id_str')} as id, coalesce(iso_time(created_at), twitter_time(created_at)) as stated,
    ${wholeId('retweeted_status_id')} as retweeted, ${resharedHandle('text')} as reshared_handle,
    ${wholeId('in_reply_to_status_id_str')} as replied,
    list_transform(python_list(given(entities_urls)),
      lambda d: coalesce(${dictionaryText('d', 'expanded_url')}, ${dictionaryText('d', 'url')})) as links,
    list_transform(python_list(given(entities_hashtags)), lambda d: ${dictionaryText('d', 'text')}) as tags,
    list_transform(python_list(given(entities_user_mentions)), lambda d: ${dictionaryText('d', 'screen_name')}) as named
  from record
), kind as (
  select *, case when retweeted is not null or reshared_handle is not null then 'reshare'
    when coalesce(given(in_reply_to_status_id_str), given(in_reply_to_user_id_str)) is not null then 'reply' else 'original' end as kind
  from tweet
)
select _row, _line, false as embedded, ${idProblem('id', 'id_str')},
  'x' as platform, id as post_id, ${wholeId('user_id_str')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  ${tweetTime('stated', 'id', 1000)},
  kind, case kind when 'reshare' then retweeted when 'reply' then replied end as parent_id,
  case kind when 'reshare' then reshared_handle when 'reply' then given(in_reply_to_screen_name) end as parent_handle,
  text, 'https://x.com/i/status/' || id as permalink, count_of(user_followers_count) as reach,
  ${outsideLinks('links', 'id')} as urls, some_list(tags) as hashtags, some_list(named) as mentions
from kind`;

const accounts = `
select 'x' as platform, ${wholeId('user_id_str')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  coalesce(twitter_time(user_created_at), iso_time(user_created_at)) as created_at, count_of(user_followers_count) as followers,
  count_of(user_friends_count) as following, count_of(user_statuses_count) as posts, yes(user_verified) as verified,
  given(user_description) as description, coalesce(iso_time(created_at), twitter_time(created_at)) as seen_at
from record where ${wholeId('user_id_str')} is not null`;

/** Tables that kshaffer/tweetmineR writes from the stream or the search of the old Twitter API. */
export const tweetminer: Importer = {
  id: 'tweetminer',
  title: 'tweetmineR CSV (Twitter stream or search)',
  about: 'One tweet a row with entities as Python text; files are often joined by hand, with headers in the middle.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['id_str', 'user_id_str', 'text'], any: [['entities_urls', 'entities_hashtags', 'entities_user_mentions']] }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'tweetmineR drops retweets of posts longer than 140 characters: such retweets are under-counted, and their absence says nothing.',
    'retweeted_status_id is often empty: the reshared author is then read from "RT @user:".',
  ],
};
