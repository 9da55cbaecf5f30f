import type { Container, FileHead, Importer } from './importer.ts';

const entities = `struct(
  urls struct(url varchar, expanded_url varchar, unwound_url varchar, media_key varchar)[],
  hashtags struct(tag varchar)[], cashtags struct(tag varchar)[], mentions struct(username varchar)[])`;
const user = `struct(id varchar, username varchar, name varchar, created_at varchar, description varchar, verified boolean,
  public_metrics struct(followers_count bigint, following_count bigint, tweet_count bigint, listed_count bigint, like_count bigint))`;
const tweetFields: Record<string, string> = {
  id: 'varchar',
  author_id: 'varchar',
  text: 'varchar',
  created_at: 'varchar',
  conversation_id: 'varchar',
  lang: 'varchar',
  in_reply_to_user_id: 'varchar',
  referenced_tweets: 'struct(type varchar, id varchar)[]',
  entities,
  attachments: 'struct(media_keys varchar[])',
  public_metrics:
    'struct(retweet_count bigint, reply_count bigint, like_count bigint, quote_count bigint, impression_count bigint)',
  note_tweet: `struct(text varchar, entities ${entities})`,
};
const tweet = `struct(${Object.entries(tweetFields)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

const columns: Record<string, string> = {
  ...tweetFields,
  referenced_tweets: `struct(type varchar, id varchar, author_id varchar, text varchar, created_at varchar,
    conversation_id varchar, lang varchar, in_reply_to_user_id varchar, author ${user}, entities ${entities},
    attachments struct(media_keys varchar[]), public_metrics ${tweetFields.public_metrics},
    note_tweet ${tweetFields.note_tweet}, referenced_tweets struct(type varchar, id varchar)[])[]`,
  author: user,
  data: `${tweet}[]`,
  includes: `struct(users ${user}[], tweets ${tweet}[])`,
  __twarc: 'struct(retrieved_at varchar)',
  errors: 'json[]',
};

const asTweet = (source: string) => `{
  'id': ${source}.id, 'author_id': ${source}.author_id, 'text': ${source}.text, 'created_at': ${source}.created_at,
  'conversation_id': ${source}.conversation_id, 'lang': ${source}.lang, 'in_reply_to_user_id': ${source}.in_reply_to_user_id,
  'referenced_tweets': ${source}.referenced_tweets, 'entities': ${source}.entities, 'attachments': ${source}.attachments,
  'public_metrics': ${source}.public_metrics, 'note_tweet': ${source}.note_tweet}`;

const posts = `
with page_item as (
  select _row, _line, 'data[' || (i - 1) || ']' as _at, false as embedded, data[i] as tweet, __twarc.retrieved_at as seen
  from (select *, unnest(range(1, len(data) + 1)) as i from record where data is not null)
), page_include as (
  select _row, _line, 'includes.tweets[' || (i - 1) || ']' as _at, true as embedded, includes.tweets[i] as tweet, __twarc.retrieved_at as seen
  from (select *, unnest(range(1, len(includes.tweets) + 1)) as i from record where includes.tweets is not null)
), flat as (
  select _row, _line, null as _at, false as embedded, ${asTweet('record').replace(
    `'referenced_tweets': record.referenced_tweets`,
    `'referenced_tweets': list_transform(record.referenced_tweets, lambda r: {'type': r.type, 'id': r.id})`,
  )} as tweet, __twarc.retrieved_at as seen
  from record where data is null and id is not null
), flat_inner as (
  select _row, _line, 'referenced_tweets[' || (i - 1) || ']' as _at, true as embedded, ${asTweet('referenced_tweets[i]')} as tweet, __twarc.retrieved_at as seen
  from (select *, unnest(range(1, len(referenced_tweets) + 1)) as i from record where data is null and referenced_tweets is not null)
  where referenced_tweets[i].text is not null and referenced_tweets[i].created_at is not null
), tweet as (
  select * from page_item union all by name select * from page_include
  union all by name select * from flat union all by name select * from flat_inner
), parent as (
  select *,
    list_filter(tweet.referenced_tweets, lambda r: r.type = 'retweeted')[1].id as retweeted,
    list_filter(tweet.referenced_tweets, lambda r: r.type = 'replied_to')[1].id as replied,
    list_filter(tweet.referenced_tweets, lambda r: r.type = 'quoted')[1].id as quoted,
    coalesce(tweet.note_tweet.entities, tweet.entities) as e
  from tweet
)
select _row, _line, _at, embedded,
  case when tweet.id is null then 'missing-id' end as problem,
  'x' as platform, tweet.id as post_id, tweet.author_id as account_id,
  coalesce(iso_time(tweet.created_at), snowflake_time(tweet.id)) as time,
  case when tweet.created_at is null then 1 else 1000 end as time_precision_ms,
  case when retweeted is not null then 'reshare' when replied is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  coalesce(retweeted, replied, quoted) as parent_id,
  case when retweeted is not null then regexp_extract(tweet.text, '^RT @(\\w{1,20}):', 1) end as parent_handle,
  case when replied is not null and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  tweet.conversation_id as root_id,
  coalesce(tweet.note_tweet.text, tweet.text) as text, given(tweet.lang) as lang,
  'https://x.com/i/status/' || tweet.id as permalink,
  tweet.public_metrics.like_count as likes, tweet.public_metrics.retweet_count as reshares,
  tweet.public_metrics.reply_count as replies, tweet.public_metrics.impression_count as views,
  list_transform(
    list_filter(e.urls, lambda u: u.media_key is null and not regexp_matches(coalesce(u.expanded_url, ''), '^https?://(twitter|x)\\.com/[^/]+/status/' || coalesce(tweet.id, '') || '(/(photo|video)/\\d+)?$|/(photo|video)/\\d+$')),
    lambda u: coalesce(u.unwound_url, u.expanded_url, u.url)) as urls,
  list_transform(e.hashtags, lambda h: h.tag) as hashtags,
  list_transform(e.mentions, lambda m: m.username) as mentions,
  list_transform(tweet.attachments.media_keys, lambda k: 'x:' || k) as media,
  iso_time(seen) as collected_at
from parent`;

const accountColumns = (
  source: string,
) => `'x' as platform, ${source}.id as account_id, ${source}.username as handle, ${source}.name as name,
  iso_time(${source}.created_at) as created_at, ${source}.public_metrics.followers_count as followers,
  ${source}.public_metrics.following_count as following, ${source}.public_metrics.tweet_count as posts,
  ${source}.public_metrics.listed_count as listed, ${source}.public_metrics.like_count as likes_given,
  ${source}.verified as verified, ${source}.description as description`;

const accounts = `
with seen as (
  select unnest(includes.users) as u, iso_time(__twarc.retrieved_at) as seen_at from record where includes.users is not null
  union all by name
  select author as u, coalesce(iso_time(__twarc.retrieved_at), iso_time(created_at)) as seen_at from record where author is not null
  union all by name
  select unnest(list_transform(referenced_tweets, lambda r: r.author)) as u, iso_time(__twarc.retrieved_at) as seen_at
  from record where referenced_tweets is not null
)
select ${accountColumns('u')}, seen_at from seen where u.id is not null`;

interface MaybeTweet {
  data?: unknown;
  id?: unknown;
  text?: unknown;
}

function isTweet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'text' in value && !('id_str' in value);
}

/** X API v2: pages as twarc2 writes them, flattened tweets, and single objects of the filtered stream, also mixed. */
export const xApiV2: Importer = {
  id: 'x-api-v2',
  title: 'X API v2 JSON lines (twarc2 pages, flattened, stream)',
  about:
    'One page or one post a line, as twarc2 and the X API v2 write them; posts of `includes` become embedded posts.',
  platforms: ['x'],
  sniff: (head: FileHead) => {
    let best = 0;
    for (const line of head.jsonLines as MaybeTweet[]) {
      if (typeof line !== 'object' || line === null) continue;
      const items = Array.isArray(line.data) ? line.data : [line.data ?? line];
      if (
        items.some(
          (item) => isTweet(item) && ('author_id' in item || 'edit_history_tweet_ids' in item || 'created_at' in item),
        )
      )
        best = Math.max(best, 'data' in line || 'author_id' in line ? 0.95 : 0.6);
    }
    return best;
  },
  container: (): Container => ({ kind: 'lines', columns }),
  posts,
  accounts,
  reshape: (record) => {
    const line = record as MaybeTweet;
    return isTweet(line.data) ? { ...line, data: [line.data] } : null;
  },
};
