import { csvTable, headerOf } from './csv-table.ts';
import type { FileHead, Importer } from './importer.ts';
import { dictionaryText, idProblem, outsideLinks, resharedHandle, tweetTime, wholeId } from './tweet-table.ts';

const columns = [
  'id', 'conversation_id', 'referenced_tweets.replied_to.id', 'referenced_tweets.retweeted.id', 'referenced_tweets.quoted.id', 'author_id',
  'in_reply_to_user_id', 'in_reply_to_username', 'retweeted_user_id', 'retweeted_username', 'quoted_user_id', 'quoted_username',
  'created_at', 'text', 'lang', 'public_metrics.impression_count', 'public_metrics.like_count', 'public_metrics.reply_count',
  'public_metrics.retweet_count', 'entities.hashtags', 'entities.mentions', 'entities.urls', 'attachments.media_keys', 'author.id',
  'author.created_at', 'author.username', 'author.name', 'author.description', 'author.public_metrics.followers_count',
  'author.public_metrics.following_count', 'author.public_metrics.listed_count', 'author.public_metrics.tweet_count',
  'author.verified', '__twarc.retrieved_at',
];

/** Lists are JSON; with `--no-json-encode-lists` Python text. */
const members = (cell: string, fields: readonly string[]) => `case when json_valid(${cell})
  then from_json(${cell}, '[{${fields.map((field) => `"${field}":"VARCHAR"`).join(',')}}]')
  else list_transform(python_list(given(${cell})), lambda d: {${fields.map((field) => `'${field}': ${dictionaryText('d', field)}`).join(', ')}}) end`;

const posts = `
with tweet as (
  select *, ${wholeId('id')} as tweet_id, iso_time(created_at) as stated,
    ${wholeId('"referenced_tweets.retweeted.id"')} as retweeted, ${wholeId('"referenced_tweets.replied_to.id"')} as replied,
    ${wholeId('"referenced_tweets.quoted.id"')} as quoted,
    case when coalesce(given("referenced_tweets.retweeted.id"), given(retweeted_user_id)) is not null then 'reshare'
      when given("referenced_tweets.replied_to.id") is not null then 'reply'
      when given("referenced_tweets.quoted.id") is not null then 'quote' else 'original' end as kind,
    ${members('"entities.urls"', ['unwound_url', 'expanded_url', 'url', 'media_key'])} as links,
    ${members('"entities.hashtags"', ['tag'])} as tags, ${members('"entities.mentions"', ['username'])} as named
  from record
), counted as (
  select *, kind <> 'reshare' or text like 'RT @%' as own_text
  from tweet
)
select _row, _line, false as embedded, ${idProblem('tweet_id', 'id')},
  'x' as platform, tweet_id as post_id, coalesce(${wholeId('author_id')}, ${wholeId('"author.id"')}) as account_id,
  filled("author.username") as handle, filled("author.name") as name,
  ${tweetTime('stated', 'tweet_id', 1000)},
  kind, case kind when 'reshare' then retweeted when 'reply' then replied when 'quote' then quoted end as parent_id,
  case kind when 'reshare' then coalesce(filled(retweeted_username), ${resharedHandle('text')})
    when 'reply' then filled(in_reply_to_username) when 'quote' then filled(quoted_username) end as parent_handle,
  case when kind = 'reply' and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  ${wholeId('conversation_id')} as root_id, text, given(lang) as lang, 'https://x.com/i/status/' || tweet_id as permalink,
  case when own_text then count_of("public_metrics.like_count") end as likes,
  case when own_text then count_of("public_metrics.retweet_count") end as reshares,
  case when own_text then count_of("public_metrics.reply_count") end as replies,
  case when own_text then count_of("public_metrics.impression_count") end as views,
  ${outsideLinks(
    `list_transform(list_filter(links, lambda l: l.media_key is null), lambda l: coalesce(l.unwound_url, l.expanded_url, l.url))`,
    'tweet_id',
  )} as urls,
  some_list(list_transform(tags, lambda h: h.tag)) as hashtags, some_list(list_transform(named, lambda m: m.username)) as mentions,
  some_list(list_transform(python_list(given("attachments.media_keys")), lambda k: 'x:' || k)) as media,
  iso_time("__twarc.retrieved_at") as collected_at
from counted`;

const accounts = `
select 'x' as platform, coalesce(${wholeId('"author.id"')}, ${wholeId('author_id')}) as account_id, filled("author.username") as handle,
  filled("author.name") as name, iso_time("author.created_at") as created_at,
  count_of("author.public_metrics.followers_count") as followers, count_of("author.public_metrics.following_count") as following,
  count_of("author.public_metrics.tweet_count") as posts, count_of("author.public_metrics.listed_count") as listed,
  yes("author.verified") as verified, given("author.description") as description,
  coalesce(iso_time("__twarc.retrieved_at"), iso_time(created_at)) as seen_at
from record where coalesce(${wholeId('"author.id"')}, ${wholeId('author_id')}) is not null`;

function sniff(head: FileHead): number {
  const header = headerOf(head);
  const dotted = [...header].some((name) => /^(referenced_tweets|public_metrics|entities|attachments|author|__twarc)\./.test(name));
  return header.has('id') && header.has('text') && dotted ? 0.95 : 0;
}

/** Tables that twarc-csv makes of X API v2 tweets. */
export const twarcCsv: Importer = {
  id: 'twarc-csv',
  title: 'twarc-csv CSV of X API v2 tweets',
  about:
    'One tweet a row with dotted column names. By default (--merge-retweets) a reshare carries the full text, entities and counts of the original.',
  platforms: ['x'],
  sniff,
  container: csvTable(columns),
  posts,
  accounts,
  notes: [
    'twarc-csv gives a reshare the text and the counts of its original (--merge-retweets): counts of such rows are left out.',
    'Posts that are only referenced are in the file only if it was made with --inline-referenced-tweets.',
  ],
};
