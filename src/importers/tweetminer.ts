import { dictionaryText } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = [
  'id_str',
  'user_id_str',
  'in_reply_to_status_id_str',
  'in_reply_to_user_id_str',
  'created_at',
  'in_reply_to_screen_name',
  'user_name',
  'user_screen_name',
  'user_created_at',
  'user_statuses_count',
  'user_description',
  'user_verified',
  'user_followers_count',
  'user_friends_count',
  'text',
  'entities_hashtags',
  'entities_urls',
  'entities_user_mentions',
  'retweeted_status_id',
];

const stated = 'coalesce(iso_time(created_at), twitter_time(created_at))';
const members = (cell: string, text: string) =>
  `case when length(${cell}) > 2 then list_transform(python_list(given(${cell})), lambda d: ${text}) end`;

const posts = tweetPosts({
  id: wholeId('id_str'),
  idCell: 'id_str',
  account: wholeId('user_id_str'),
  handle: 'filled(user_screen_name)',
  name: 'filled(user_name)',
  stated,
  isReshare: `given(retweeted_status_id) is not null or ${resharedHandle('text')} is not null`,
  isReply: 'coalesce(given(in_reply_to_status_id_str), given(in_reply_to_user_id_str)) is not null',
  resharedId: wholeId('retweeted_status_id'),
  replyId: wholeId('in_reply_to_status_id_str'),
  resharedHandle: resharedHandle('text'),
  replyHandle: 'given(in_reply_to_screen_name)',
  text: 'text',
  reach: 'count_of(user_followers_count)',
  links: members('entities_urls', `coalesce(${dictionaryText('d', 'expanded_url')}, ${dictionaryText('d', 'url')})`),
  hashtags: members('entities_hashtags', dictionaryText('d', 'text')),
  mentions: members('entities_user_mentions', dictionaryText('d', 'screen_name')),
});

const accounts = `
select _row, 'x' as platform, ${wholeId('user_id_str')} as account_id, filled(user_screen_name) as handle, filled(user_name) as name,
  coalesce(twitter_time(user_created_at), iso_time(user_created_at)) as created_at, count_of(user_followers_count) as followers,
  count_of(user_friends_count) as following, count_of(user_statuses_count) as posts, yes(user_verified) as verified,
  given(user_description) as description, ${stated} as seen_at
from record where ${wholeId('user_id_str')} is not null`;

/** Tables that kshaffer/tweetmineR writes from the stream or the search of the old Twitter API. */
export const tweetminer: Importer = {
  id: 'tweetminer',
  title: 'tweetmineR CSV (Twitter stream or search)',
  about: 'One tweet a row with entities as Python text; files are often joined by hand, with headers in the middle.',
  obtain: 'The R package tweetmineR, or a table export of its database.',
  platforms: ['x'],
  sniff: (head) =>
    headerScore(head, {
      must: ['id_str', 'user_id_str', 'text'],
      any: [['entities_urls', 'entities_hashtags', 'entities_user_mentions']],
    }),
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'tweetmineR drops retweets of posts longer than 140 characters: such retweets are under-counted, and their absence says nothing.',
    'retweeted_status_id is often empty: the reshared author is then read from "RT @user:".',
  ],
};
