import { joinedLinks } from './csv-cells-sql.ts';
import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { tweetPosts, wholeId } from './x-table-sql.ts';
import { resharedHandle } from './x-tweet-sql.ts';

const columns = ['tweet_id', 'user_id', 'tweet_type', 'text', 'created_at', 'linked_tweet', 'urls', 'hashtags'];

const posts = tweetPosts({
  id: wholeId('tweet_id'),
  idCell: 'tweet_id',
  account: 'given(user_id)',
  stated: 'coalesce(iso_time(created_at), unix_time(created_at))',
  precision: 'case when length(trim(created_at)) = 16 then 60000 else 1000 end',
  isReshare: `contains(lower(tweet_type), 'retweet')`,
  isReply: `contains(lower(tweet_type), 'repl')`,
  isQuote: `contains(lower(tweet_type), 'quote')`,
  resharedId: wholeId('linked_tweet'),
  replyId: wholeId('linked_tweet'),
  quotedId: `case when contains(lower(tweet_type), 'quote') then ${wholeId('linked_tweet')} end`,
  resharedHandle: resharedHandle('text'),
  text: 'text',
  links: `case when urls like '[http%' then ${joinedLinks(`rtrim(urls[2:], ']')`)} when contains(urls, '://') then python_list(urls) end`,
  hashtags: 'python_list(given(hashtags))',
});

/** Preprocessed tables of coordinationz. */
export const coordinationz: Importer = {
  id: 'coordinationz',
  title: 'coordinationz preprocessed CSV',
  about: 'One tweet a row with lists as Python text and quotes escaped with a backslash.',
  obtain: 'The table that coordinationz writes when it prepares data.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['tweet_id', 'user_id', 'tweet_type', 'linked_tweet'] }),
  container: csvTable(columns, { escape: 'both' }),
  posts,
};
