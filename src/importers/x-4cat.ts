import { joinedLinks, joinedWords } from './csv-cells-sql.ts';
import { csvTableOrRows, headerOrRowScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { idBesideLink, mediaInLinks, tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = [
  'id',
  'thread_id',
  'timestamp',
  'unix_timestamp',
  'link',
  'body',
  'author',
  'author_fullname',
  'author_id',
  'author_followers',
  'verified',
  'language_guess',
  'retweet_count',
  'reply_count',
  'like_count',
  'impression_count',
  'is_retweet',
  'retweeted_user',
  'is_quote_tweet',
  'quote_tweet_id',
  'quote_author',
  'quoted_user',
  'is_reply',
  'replied_author',
  'replied_user',
  'is_withheld',
  'hashtags',
  'urls',
  'images',
  'videos',
  'mentions',
];

/** The API v2 data source of 4CAT writes unix_timestamp by the clock of its server; timestamp is UTC in both. */
const stated = 'coalesce(iso_time(timestamp), unix_time(unix_timestamp))';

const posts = tweetPosts({
  id: idBesideLink('id', 'link'),
  idCell: 'id',
  account: wholeId('author_id'),
  handle: 'filled(author)',
  name: 'filled(author_fullname)',
  stated,
  isReshare: 'yes(is_retweet)',
  isReply: 'yes(is_reply)',
  isQuote: 'yes(is_quote_tweet)',
  quotedId: wholeId('quote_tweet_id'),
  resharedHandle: `coalesce(filled(retweeted_user), ${resharedHandle('body')})`,
  replyHandle: 'coalesce(filled(replied_author), filled(replied_user))',
  quotedHandle: 'coalesce(filled(quote_author), filled(quoted_user))',
  root: wholeId('thread_id'),
  text: 'body',
  lang: 'given(language_guess)',
  reach: 'count_of(author_followers)',
  likes: 'count_of(like_count)',
  reshares: 'count_of(retweet_count)',
  replies: 'count_of(reply_count)',
  views: 'count_of(impression_count)',
  links: joinedLinks('urls'),
  hashtags: joinedWords('hashtags'),
  mentions: joinedWords('mentions'),
  media: mediaInLinks(`concat_ws(' ', images, videos)`),
  withheld: 'yes(is_withheld)',
});

const accounts = `
select _row, 'x' as platform, ${wholeId('author_id')} as account_id, filled(author) as handle, filled(author_fullname) as name,
  count_of(author_followers) as followers, yes(verified) as verified, ${stated} as seen_at
from record where ${wholeId('author_id')} is not null`;

/** X posts that 4CAT exports as CSV: imports from Zeeschuimer and searches by API v2. */
export const x4cat: Importer = {
  id: 'x-4cat',
  title: '4CAT CSV (or its rows as NDJSON) of X/Twitter (Zeeschuimer import or API v2)',
  about: 'One post a row; lists are joined with commas, thread_id is the conversation.',
  obtain: '4CAT: import from Zeeschuimer, or data source "Twitter API v2"; download the data set as CSV.',
  platforms: ['x'],
  sniff: (head) => headerOrRowScore(head, { must: ['id', 'thread_id', 'body', 'is_retweet', 'retweeted_user'] }),
  container: csvTableOrRows(columns),
  posts,
  accounts,
  notes: [
    '4CAT writes no id of the reshared post and none of the post replied to: reshares are linked by author and text.',
  ],
};
