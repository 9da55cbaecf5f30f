import { csvTable, headerScore } from './csv-table.ts';
import type { Importer } from './importer.ts';
import { tweetPosts, wholeId } from './x-table-sql.ts';

const columns = [
  'canonical_url',
  'url_raw',
  'from_user_id',
  'from_user_screen_name',
  'is_mention',
  'to_user_id',
  'to_user_screen_name',
  'tweet_created_at',
  'tweet_id',
  'tweet_type',
];

const edges = `(
  select *, lower(trim(tweet_type)) as edge_kind, coalesce(yes(is_mention), false) as names_only,
    edge_kind in ('retweet', 'quote') as from_parent,
    filled(case when from_parent then from_user_screen_name else to_user_screen_name end) as other,
    min(case when not names_only then other end) over (partition by tweet_id, edge_kind) as parent
  from record)`;

const posts = tweetPosts(
  {
    id: wholeId('tweet_id'),
    idCell: 'tweet_id',
    account: `case when from_parent then ${wholeId('to_user_id')} else ${wholeId('from_user_id')} end`,
    handle: 'filled(case when from_parent then to_user_screen_name else from_user_screen_name end)',
    stated: 'iso_time(tweet_created_at)',
    isReshare: `edge_kind = 'retweet'`,
    isReply: `edge_kind = 'reply'`,
    isQuote: `edge_kind = 'quote'`,
    resharedHandle: 'parent',
    replyHandle: 'parent',
    quotedHandle: `case when edge_kind = 'quote' then parent end`,
    links: '[coalesce(given(canonical_url), given(url_raw))]',
    mentions: 'case when names_only and not from_parent and other is not null then [other] end',
  },
  edges,
);

/** Spread graphs of Hoaxy: a row is an edge between two accounts, so one tweet may fill several rows. */
export const hoaxy: Importer = {
  id: 'hoaxy',
  title: 'Hoaxy CSV (edges of a spread graph)',
  about:
    'One edge a row; further edges of a tweet are duplicates that may add a link or a mention. The author is the second account for retweets and quotes, else the first.',
  obtain: 'Hoaxy: search, then "Export data" as CSV.',
  platforms: ['x'],
  sniff: (head) => headerScore(head, { must: ['from_user_id', 'to_user_id', 'tweet_id', 'tweet_type'] }),
  container: csvTable(columns),
  posts,
  relatesRecords: true,
  notes: ['Hoaxy gives neither the text of a tweet nor the id of the reshared or quoted one.'],
};
