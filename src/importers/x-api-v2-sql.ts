import { columnsOf, type Shape } from './x-json-shape.ts';
import { apiTime, mediaValues, plainText, resharedHandle, resharedText, sharedLinks } from './x-tweet-sql.ts';

const entities = {
  urls: [{ url: 'varchar', expanded_url: 'varchar', unwound_url: 'varchar' }],
  hashtags: [{ tag: 'varchar' }],
  mentions: [{ username: 'varchar' }],
} satisfies Shape;
const userCounts = {
  followers_count: 'bigint',
  following_count: 'bigint',
  tweet_count: 'bigint',
  listed_count: 'bigint',
};
const user = {
  id: 'varchar',
  username: 'varchar',
  name: 'varchar',
  created_at: 'varchar',
  description: 'varchar',
  verified: 'boolean',
  profile_image_url: 'varchar',
  public_metrics: { ...userCounts, like_count: 'bigint' },
} satisfies Shape;
const tweet = {
  id: 'varchar',
  author_id: 'varchar',
  text: 'varchar',
  created_at: 'varchar',
  conversation_id: 'varchar',
  lang: 'varchar',
  in_reply_to_user_id: 'varchar',
  referenced_tweets: [{ type: 'varchar', id: 'varchar' }],
  entities,
  attachments: { media_keys: ['varchar'] },
  public_metrics: {
    retweet_count: 'bigint',
    reply_count: 'bigint',
    like_count: 'bigint',
    impression_count: 'bigint',
    ...userCounts,
  },
  note_tweet: { text: 'varchar', entities },
  edit_history_tweet_ids: ['varchar'],
  withheld: { country_codes: ['varchar'] },
} satisfies Shape;
/** A member of `data`: a post, or something else, which its fields tell. */
const item = {
  ...tweet,
  username: 'varchar',
  name: 'varchar',
  description: 'varchar',
  verified: 'boolean',
  profile_image_url: 'varchar',
  tweet_count: 'bigint',
  member_count: 'bigint',
  delete: { tweet: { id: 'varchar' }, event_at: 'varchar' },
} satisfies Shape;
const line = {
  ...item,
  referenced_tweets: [{ ...tweet, type: 'varchar', author: user, in_reply_to_user: { username: 'varchar' } }],
  author: user,
  in_reply_to_user: { username: 'varchar' },
  includes: { users: [user], tweets: [tweet] },
  action: 'varchar',
  reason: 'varchar',
  redacted_at: 'varchar',
  answer: 'varchar',
  __twarc: { retrieved_at: 'varchar' },
} satisfies Shape;

/** Columns of lines that are a flattened post, a page, or neither. `data` is a list of items, or in a stream one item. */
export const pageColumns = columnsOf({ ...line, data: [item] });
export const streamColumns = columnsOf({ ...line, data: item, page: [item] });

const linksOf = (t: string) =>
  `list_transform(coalesce(${t}.note_tweet.entities.urls, ${t}.entities.urls), lambda u: coalesce(u.unwound_url, u.expanded_url, u.url))`;
const hashtagsOf = (t: string) =>
  `list_transform(coalesce(${t}.note_tweet.entities.hashtags, ${t}.entities.hashtags), lambda h: h.tag)`;
const mentionsOf = (t: string) =>
  `list_transform(coalesce(${t}.note_tweet.entities.mentions, ${t}.entities.mentions), lambda m: m.username)`;

const drawn = (
  t: string,
) => `${t}.id as id, ${t}.author_id as author_id, coalesce(${t}.note_tweet.text, ${t}.text) as text,
    ${t}.created_at as created_at, ${t}.conversation_id as conversation_id, ${t}.lang as lang, ${t}.in_reply_to_user_id as reply_user_id,
    list_transform(${t}.referenced_tweets, lambda one: one."type") as types, list_transform(${t}.referenced_tweets, lambda one: one.id) as ids,
    ${linksOf(t)} as links, ${hashtagsOf(t)} as hashtags, ${mentionsOf(t)} as mentions,
    ${t}.attachments.media_keys as media_keys, ${t}.public_metrics as metrics, ${t}.edit_history_tweet_ids as versions, ${t}.withheld as withheld`;

/** The posts that a post refers to. */
const referring = `ids[list_position(types, 'retweeted')] as retweeted, ids[list_position(types, 'replied_to')] as replied, ids[list_position(types, 'quoted')] as quoted`;

const otherKind = (t: string) => `case when ${t}.text is null then case
    when ${t}."delete".tweet.id is not null then 'deletion' when ${t} is null then 'an empty element'
    when ${t}.tweet_count is not null then 'a count of posts' when ${t}.username is not null then 'a user'
    when ${t}.member_count is not null then 'a list of users' when ${t}.id is not null then 'an item without text' else 'an item of another kind' end end as other`;

const recordOther = otherKind('record').replace('record is null', 'false');

const listed = (list: string) =>
  `select _row, _line, '${list}[' || (i - 1) || ']' as _at, t, __twarc.retrieved_at as seen
  from (select _row, _line, unnest(${list}) as t, generate_subscripts(${list}, 1) as i, __twarc from record where ${list} is not null)`;
/** DuckDB reads a list where it expects one object as an object of NULLs. */
const isItem = `coalesce(data.id, data.text, data.username, data."delete".tweet.id, data.tweet_count::varchar, data.member_count::varchar) is not null`;
const single = `select _row, _line, null as _at, data as t, __twarc.retrieved_at as seen from record where ${isItem}`;

/** Where the items of a line are, and the conditions that tell lines with and without them. */
interface Form {
  items: string;
  hasItems: string;
  noItems: string;
}
const pageForm: Form = { items: listed('data'), hasItems: 'data is not null', noItems: 'data is null' };
const streamForm: Form = {
  items: `${single} union all ${listed('page')}`,
  hasItems: `(${isItem} or page is not null)`,
  noItems: 'data is null and page is null',
};
/** What `referenced_tweets` holds of a post that is there as a whole. */
const whole = `r.text is not null and r.created_at is not null`;

const postsOf = ({ items, hasItems, noItems }: Form) => `
with listed as (
  ${items}
), profile as materialized (
  select _row, u.id as user_id, any_value(u.username) as username, any_value(u.public_metrics.followers_count) as followers
  from (select _row, unnest(includes.users) as u from record where includes is not null) where u.id is not null group by all
), paged as (
  select _row, _line, _at, false as embedded, ${otherKind('t')}, t."delete".event_at as event_at, t."delete".tweet.id as deleted_id, seen, ${drawn('t')} from listed
  union all by name
  select _row, _line, 'includes.tweets[' || (i - 1) || ']' as _at, true as embedded, seen, ${drawn('t')}
  from (select _row, _line, unnest(includes.tweets) as t, generate_subscripts(includes.tweets, 1) as i, __twarc.retrieved_at as seen
    from record where includes is not null and (id is not null or ${hasItems})) where t.id is not null and t.text is not null
), page_post as materialized (
  select paged.*, author.followers as reach, answered.username as reply_handle, author.username as author_handle
  from paged left join profile as author on author._row = paged._row and author.user_id = paged.author_id
    left join profile as answered on answered._row = paged._row and answered.user_id = paged.reply_user_id
), flat_inner as materialized (
  select _row, _line, 'referenced_tweets[' || (i - 1) || ']' as _at, true as embedded, seen, ${drawn('r')},
    r.author.public_metrics.followers_count as reach, r.author.username as author_handle, r.in_reply_to_user.username as reply_handle
  from (select _row, _line, unnest(referenced_tweets) as r, generate_subscripts(referenced_tweets, 1) as i, __twarc.retrieved_at as seen
    from record where ${noItems} and referenced_tweets is not null) where ${whole}
), held as (
  select *, ${referring} from (select * from flat_inner union all by name select * from page_post)
), original as (
  select _row, id as original_id, any_value(text) as original_text, any_value(links) as original_links, any_value(hashtags) as original_hashtags,
    any_value(mentions) as original_mentions, any_value(media_keys) as original_media, any_value(author_handle) as original_handle,
    any_value(quoted) as original_quoted
  from held where embedded and (_row, id) in (select (_row, retweeted) from held where retweeted is not null) group by all
), flat_line as (
  select *, referenced_tweets[list_position(list_transform(referenced_tweets, lambda r: r."type" = 'retweeted' and r.id is not null and ${whole}), true)] as inner_post
  from record where ${noItems} and action is null and (id is not null or text is not null or username is not null or tweet_count is not null)
), flat as (
  select _row, _line, _at, false as embedded, ${recordOther}, __twarc.retrieved_at as seen, ${drawn('record').replace(
    'record.author_id as',
    'coalesce(record.author_id, record.author.id) as',
  )},
    author.public_metrics.followers_count as reach, in_reply_to_user.username as reply_handle,
    inner_post.id as original_id, coalesce(inner_post.note_tweet.text, inner_post.text) as original_text, ${linksOf('inner_post')} as original_links,
    ${hashtagsOf('inner_post')} as original_hashtags, ${mentionsOf('inner_post')} as original_mentions, inner_post.attachments.media_keys as original_media,
    inner_post.author.username as original_handle,
    list_filter(inner_post.referenced_tweets, lambda one: one."type" = 'quoted')[1].id as original_quoted
  from flat_line as record
), post as (
  select *, retweeted is not null and original_id is null and suffix(text, '…') as cut
  from (
    select held.*, original.* exclude (_row) from held left join original on original._row = held._row and original_id = retweeted
    union all by name
    select *, ${referring} from flat
  )
)
select _row, _line, _at, embedded, other = 'deletion' as update_only,
  case when other = 'deletion' then null when other is not null then 'not-a-post' when id is null then 'missing-id' end as problem,
  case when other <> 'deletion' then other end as detail,
  'x' as platform, coalesce(deleted_id, id) as post_id, author_id as account_id,
  coalesce(${apiTime('created_at')}, snowflake_time(id)) as time,
  case when created_at is null then 1 else 1000 end as time_precision_ms,
  case when retweeted is not null then 'reshare' when replied is not null or reply_user_id is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  case when retweeted is not null then retweeted when replied is not null or reply_user_id is not null then replied else quoted end as parent_id,
  case when retweeted is not null then coalesce(original_handle, ${resharedHandle('text')}) else reply_handle end as parent_handle,
  case when retweeted is not null then case when original_quoted is not null then [{'kind': 'quote', 'id': original_quoted}] end
    when quoted is not null and (replied is not null or reply_user_id is not null) then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  conversation_id as root_id, ${plainText(resharedText('text', 'original_text'))} as text, nullif(lang, '') as lang,
  'https://x.com/i/status/' || id as permalink, reach,
  case when retweeted is null then metrics.like_count end as likes, case when retweeted is null then metrics.retweet_count end as reshares,
  case when retweeted is null then metrics.reply_count end as replies, case when retweeted is null then metrics.impression_count end as views,
  ${sharedLinks('case when len(original_links) > coalesce(len(links), 0) then original_links else links end', 'coalesce(retweeted, id)')} as urls,
  case when original_id is null then hashtags else original_hashtags end as hashtags,
  case when original_id is null then mentions else list_concat(mentions, original_mentions) end as mentions,
  ${mediaValues('case when original_id is null then media_keys else coalesce(media_keys, original_media) end')} as media,
  ${apiTime('seen')} as collected_at,
  case when len(versions) > 1 then snowflake_time(versions[-1]) end as edited_at, ${apiTime('event_at')} as deleted_at,
  case when author_id is null or created_at is null or withheld is not null or versions[-1] <> id or cut then some_list([
    case when author_id is null then 'missing-account' end, case when created_at is null then 'time-from-id' end,
    case when withheld is not null then 'withheld' end, case when versions[-1] <> id then 'older-version' end, case when cut then 'cut' end]) end as warnings
from post
union all by name
select _row, _line, is_post as update_only,
  case when not is_post then 'not-a-post' end as problem,
  case when not is_post then 'compliance notice for ' || case when action = 'delete' then 'an account' else 'a post' end || ': ' || concat_ws(', ', action, reason) end as detail,
  'x' as platform, id as post_id, coalesce(${apiTime('redacted_at')}, ${apiTime('created_at')}) as deleted_at, false as embedded
from (select *, coalesce(action = 'delete' and id is not null
    and (snowflake_time(id) between ${apiTime('created_at')} - interval 1 day and ${apiTime('created_at')} + interval 1 day
      or redacted_at is not null or created_at is null), false) as is_post
  from record where action is not null and text is null)
union all by name
select _row, _line, false as embedded, 'not-a-post' as problem, 'an answer without posts: ' || answer as detail
from record where answer is not null and ${noItems} and id is null and text is null and action is null`;

const accountsOf = ({ items, noItems }: Form) => `
with listed as (
  ${items}
), held as (
  select _row, u, seen from (select _row, unnest(includes.users) as u, __twarc.retrieved_at as seen from record where includes is not null)
  union all by name
  select _row, author as u, coalesce(__twarc.retrieved_at, created_at) as seen from record where author is not null
  union all by name
  select _row, r.author as u, coalesce(seen, r.created_at) as seen
  from (select _row, unnest(referenced_tweets) as r, __twarc.retrieved_at as seen from record where ${noItems} and referenced_tweets is not null) where r.author is not null
  union all by name
  select _row, {${Object.keys(user)
    .map((name) => `'${name}': ${name === 'public_metrics' ? metricsOf('t') : `t.${name}`}`)
    .join(', ')}} as u, seen from listed where t.username is not null
  union all by name
  select _row, {${Object.keys(user)
    .map((name) => `'${name}': ${name === 'public_metrics' ? metricsOf('record') : `record.${name}`}`)
    .join(', ')}} as u, __twarc.retrieved_at as seen from record where username is not null
)
select _row, 'x' as platform, u.id as account_id, u.username as handle, u.name as name, ${apiTime('u.created_at')} as created_at,
  u.public_metrics.followers_count as followers, u.public_metrics.following_count as following, u.public_metrics.tweet_count as posts,
  u.public_metrics.listed_count as listed, u.public_metrics.like_count as likes_given, u.verified as verified,
  contains(u.profile_image_url, '/default_profile') as default_image, u.description as description, ${apiTime('seen')} as seen_at
from held where u.id is not null`;

function metricsOf(source: string): string {
  return `{${Object.keys(userCounts)
    .map((name) => `'${name}': ${source}.public_metrics.${name}`)
    .join(', ')}, 'like_count': null::bigint}`;
}

export const pagePosts = postsOf(pageForm);
export const pageAccounts = accountsOf(pageForm);
export const streamPosts = postsOf(streamForm);
export const streamAccounts = accountsOf(streamForm);
