import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idBesideLink, mediaInLinks, tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

/** Names that the query file of minet may have too: the tweet's own column is the last of a name. */
const mayRepeat = ['id', 'text', 'url', 'lang', 'links', 'hashtags', 'user_id', 'user_screen_name'];
const columns = [
  ...mayRepeat.flatMap((name) => [name, `${name}_2`, `${name}_3`]),
  'timestamp_utc',
  'local_time',
  'retweet_count',
  'like_count',
  'reply_count',
  'impression_count',
  'to_username',
  'to_userid',
  'to_tweetid',
  'user_name',
  'user_verified',
  'user_description',
  'user_tweets',
  'user_followers',
  'user_friends',
  'user_likes',
  'user_lists',
  'user_created_at',
  'user_timestamp_utc',
  'retweeted_id',
  'retweeted_user',
  'quoted_id',
  'quoted_user',
  'collection_time',
  'media_urls',
  'mentioned_names',
];
const present = mayRepeat.flatMap((name) => [`${name}_2`, `${name}_3`]);
const tweets = `(
  select record.* replace (${mayRepeat
    .map(
      (name) =>
        `case when in_file.${name}_3 then record.${name}_3 when in_file.${name}_2 then record.${name}_2 else record.${name} end as ${name}`,
    )
    .join(', ')})
  from record cross join (select ${present.map((name) => `count(${name}) > 0 as ${name}`).join(', ')} from record) as in_file)`;

const collected = `zoned_time(try_cast(given(collection_time) as timestamp), $zone::varchar)`;

const posts = tweetPosts(
  {
    id: idBesideLink('id', 'url'),
    idCell: 'id',
    account: wholeId('user_id'),
    handle: 'filled(user_screen_name)',
    name: 'filled(user_name)',
    stated: 'coalesce(unix_time(timestamp_utc), zoned_time(try_cast(given(local_time) as timestamp), $zone::varchar))',
    isReshare: 'coalesce(given(retweeted_id), given(retweeted_user)) is not null',
    isReply: 'coalesce(given(to_tweetid), given(to_userid)) is not null',
    isQuote: 'given(quoted_id) is not null',
    resharedId: wholeId('retweeted_id'),
    replyId: wholeId('to_tweetid'),
    quotedId: wholeId('quoted_id'),
    resharedHandle: `coalesce(filled(retweeted_user), ${resharedHandle('text')})`,
    replyHandle: 'filled(to_username)',
    quotedHandle: 'filled(quoted_user)',
    text: 'text',
    lang: 'given(lang)',
    reach: 'count_of(user_followers)',
    likes: 'count_of(like_count)',
    reshares: 'count_of(retweet_count)',
    replies: 'count_of(reply_count)',
    views: 'count_of(impression_count)',
    links: joinedLinks('links'),
    hashtags: joinedWords('hashtags', '|'),
    mentions: joinedWords('mentioned_names', '|'),
    media: mediaInLinks('media_urls'),
    collectedAt: collected,
  },
  tweets,
);

const accounts = `
select _row, 'x' as platform, ${wholeId('user_id')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  coalesce(unix_time(user_timestamp_utc), iso_time(user_created_at)) as created_at, count_of(user_followers) as followers,
  count_of(user_friends) as following, count_of(user_tweets) as posts, count_of(user_likes) as likes_given, count_of(user_lists) as listed,
  yes(user_verified) as verified, given(user_description) as description, coalesce(${collected}, unix_time(timestamp_utc)) as seen_at
from ${tweets} where ${wholeId('user_id')} is not null`;

/** Tweets as minet and gazouilloire write them (the twitwi table). */
export const minet: Importer = {
  id: 'minet',
  title: 'minet and gazouilloire CSV of X/Twitter',
  about: 'One tweet a row, lists joined by "|"; columns of the query file may stand before those of the tweet.',
  obtain: 'minet twitter scrape, minet twitter user-tweets, or gazou export.',
  platforms: ['x'],
  sniff: (head) =>
    headerScore(head, {
      must: ['id', 'timestamp_utc', 'user_screen_name', 'text'],
      any: [['to_tweetid', 'retweeted_id', 'mentioned_names']],
    }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: ['collection_time is a clock without a zone: it is read where --zone gives one.'],
};
