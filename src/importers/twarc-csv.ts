import { dictionaryText } from './csv-cells-sql.ts';
import { csvTable, headerOf } from './csv-table.ts';
import type { FileHead, Importer } from './importer.ts';
import { tweetPosts, wholeId } from './x-table-sql.ts';
import { mediaValues, resharedHandle } from './x-tweet-sql.ts';

const columns = [
  'id',
  'conversation_id',
  'referenced_tweets.replied_to.id',
  'referenced_tweets.retweeted.id',
  'referenced_tweets.quoted.id',
  'author_id',
  'in_reply_to_user_id',
  'in_reply_to_username',
  'retweeted_user_id',
  'retweeted_username',
  'quoted_username',
  'created_at',
  'text',
  'lang',
  'public_metrics.impression_count',
  'public_metrics.like_count',
  'public_metrics.reply_count',
  'public_metrics.retweet_count',
  'entities.hashtags',
  'entities.mentions',
  'entities.urls',
  'attachments.media_keys',
  'author.id',
  'author.created_at',
  'author.username',
  'author.name',
  'author.description',
  'author.public_metrics.followers_count',
  'author.public_metrics.following_count',
  'author.public_metrics.listed_count',
  'author.public_metrics.tweet_count',
  'author.verified',
  '__twarc.retrieved_at',
];

const referenced = (kind: string) => `"referenced_tweets.${kind}.id"`;
const account = `coalesce(${wholeId('author_id')}, ${wholeId('"author.id"')})`;

/** Lists are JSON; with `--no-json-encode-lists` Python text. Members lie in `d`. */
const members = (
  cell: string,
  fields: readonly string[],
  text: string,
) => `case when length(${cell}) > 2 then list_filter(
  list_transform(case when json_valid(${cell}) then from_json(${cell}, '[{${fields.map((field) => `"${field}":"VARCHAR"`).join(',')}}]')
    else list_transform(python_list(given(${cell})), lambda m: {${fields.map((field) => `'${field}': ${dictionaryText('m', field)}`).join(', ')}}) end,
    lambda d: ${text}), lambda t: t is not null) end`;

const posts = tweetPosts({
  id: wholeId('id'),
  idCell: 'id',
  account,
  handle: 'filled("author.username")',
  name: 'filled("author.name")',
  stated: 'iso_time(created_at)',
  isReshare: `coalesce(given(${referenced('retweeted')}), given(retweeted_user_id)) is not null`,
  isReply: `coalesce(given(${referenced('replied_to')}), given(in_reply_to_user_id)) is not null`,
  isQuote: `given(${referenced('quoted')}) is not null`,
  resharedId: wholeId(referenced('retweeted')),
  replyId: wholeId(referenced('replied_to')),
  quotedId: wholeId(referenced('quoted')),
  resharedHandle: `coalesce(filled(retweeted_username), ${resharedHandle('text')})`,
  replyHandle: 'filled(in_reply_to_username)',
  quotedHandle: 'filled(quoted_username)',
  root: wholeId('conversation_id'),
  text: 'text',
  lang: 'given(lang)',
  reach: 'count_of("author.public_metrics.followers_count")',
  likes: 'count_of("public_metrics.like_count")',
  reshares: 'count_of("public_metrics.retweet_count")',
  replies: 'count_of("public_metrics.reply_count")',
  views: 'count_of("public_metrics.impression_count")',
  links: members(
    '"entities.urls"',
    ['unwound_url', 'expanded_url', 'url', 'media_key'],
    'case when d.media_key is null then coalesce(d.unwound_url, d.expanded_url, d.url) end',
  ),
  hashtags: members('"entities.hashtags"', ['tag'], 'd.tag'),
  mentions: members('"entities.mentions"', ['username'], 'd.username'),
  media: mediaValues('python_list(given("attachments.media_keys"))'),
  collectedAt: 'iso_time("__twarc.retrieved_at")',
});

const accounts = `
select _row, 'x' as platform, ${account} as account_id, filled("author.username") as handle, filled("author.name") as name,
  iso_time("author.created_at") as created_at, count_of("author.public_metrics.followers_count") as followers,
  count_of("author.public_metrics.following_count") as following, count_of("author.public_metrics.tweet_count") as posts,
  count_of("author.public_metrics.listed_count") as listed, yes("author.verified") as verified,
  given("author.description") as description, coalesce(iso_time("__twarc.retrieved_at"), iso_time(created_at)) as seen_at
from record where ${account} is not null`;

function sniff(head: FileHead): number {
  const header = headerOf(head);
  const dotted = [...header].some((name) =>
    /^(referenced_tweets|public_metrics|entities|attachments|author|__twarc)\./.test(name),
  );
  return header.has('id') && header.has('text') && dotted ? 0.95 : 0;
}

/** Tables that twarc-csv makes of X API v2 tweets. */
export const twarcCsv: Importer = {
  id: 'twarc-csv',
  title: 'twarc-csv CSV of X API v2 tweets',
  about:
    'One tweet a row with dotted column names. By default (--merge-retweets) a reshare carries the full text, entities and counts of the original.',
  obtain: 'twarc2 csv tweets.jsonl tweets.csv (plugin twarc-csv).',
  platforms: ['x'],
  sniff,
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'twarc-csv gives a reshare the text and the counts of its original (--merge-retweets): counts of reshares are left out.',
    'Posts that are only referenced are in the file only if it was made with --inline-referenced-tweets.',
  ],
};
