import { columnsOf, fromJson, type Shape } from './x-json-shape.ts';
import { mediaValues, plainText, resharedHandle, resharedText, sharedLinks } from './x-tweet-sql.ts';
import { userFieldsV1 } from './x-user-fields.ts';

const entities = {
  urls: [{ url: 'varchar', expanded_url: 'varchar' }],
  hashtags: [{ text: 'varchar' }],
  user_mentions: [{ screen_name: 'varchar' }],
  media: [{ id_str: 'varchar' }],
} satisfies Shape;
/** Posts inside a post stay JSON and are read in a second step: DuckDB gets slow with a struct of all of it. */
const tweet = {
  rest_id: 'varchar',
  tombstone: { text: { text: 'varchar' } },
  core: {
    user_results: {
      result: {
        rest_id: 'varchar',
        core: { name: 'varchar', screen_name: 'varchar', created_at: 'varchar' },
        legacy: userFieldsV1,
      },
    },
  },
  user: { id_str: 'varchar', ...userFieldsV1 },
  legacy: {
    id_str: 'varchar',
    user_id_str: 'varchar',
    created_at: 'varchar',
    full_text: 'varchar',
    lang: 'varchar',
    conversation_id_str: 'varchar',
    in_reply_to_status_id_str: 'varchar',
    in_reply_to_user_id_str: 'varchar',
    in_reply_to_screen_name: 'varchar',
    is_quote_status: 'boolean',
    quoted_status_id_str: 'varchar',
    retweeted_status_id_str: 'varchar',
    retweeted_status_result: 'json',
    favorite_count: 'bigint',
    retweet_count: 'bigint',
    reply_count: 'bigint',
    entities,
    extended_entities: { media: [{ id_str: 'varchar' }] },
    withheld_scope: 'varchar',
  },
  quoted_status_result: 'json',
  views: { count: 'varchar' },
  ext_views: { count: 'varchar' },
  note_tweet: { note_tweet_results: { result: { text: 'varchar', entity_set: entities } } },
  edit_control: { edit_tweet_ids: ['varchar'], edit_control_initial: { edit_tweet_ids: ['varchar'] } },
  promoted: 'boolean',
} satisfies Shape;

/** Columns of Zeeschuimer's own lines (the item is in `data`) and of 4CAT's copies of them (the item is the line itself). */
export const zeeschuimerColumns: Record<string, string> = columnsOf({
  ...tweet,
  tweet: 'json',
  data: { ...tweet, tweet: 'json' },
  timestamp_collected: 'varchar',
  source_platform: 'varchar',
  __import_meta: { timestamp_collected: 'varchar', source_platform: 'varchar' },
});

const platformOf = 'coalesce(source_platform, __import_meta.source_platform)';
const fieldsOf = (source: string) =>
  `{${Object.keys(tweet)
    .map((field) => `'${field}': ${source}."${field}"`)
    .join(', ')}}`;
/** X wraps a post once more, in `tweet`, where it adds a notice about visibility. */
const unwrapped = (result: string) =>
  fromJson(`coalesce(json_extract(${result}, '$.result.tweet'), json_extract(${result}, '$.result'))`, tweet);

const items = `
item as materialized (
  select _row, _line, null::varchar as _at, make_timestamp_ms(try_cast(coalesce(timestamp_collected, __import_meta.timestamp_collected) as bigint)) as seen,
    case when data.tweet is not null then ${fromJson('data.tweet', tweet)} when data is not null then ${fieldsOf('data')}
      when record.tweet is not null then ${fromJson('record.tweet', tweet)} else ${fieldsOf('record')} end as t
  from record where coalesce(${platformOf}, 'x.com') in ('twitter.com', 'x.com')
), reshared as materialized (
  select _row, _line, 'retweeted_status_result' as _at, seen, ${unwrapped('t.legacy.retweeted_status_result')} as t
  from item where t.legacy.retweeted_status_result is not null
), quoted as materialized (
  select _row, _line, concat_ws('.', _at, 'quoted_status_result') as _at, seen, ${unwrapped('t.quoted_status_result')} as t
  from (from item union all from reshared) where t.quoted_status_result is not null
)`;

const user = 't.core.user_results.result';
const note = 't.note_tweet.note_tweet_results.result';
const handle = `coalesce(${user}.core.screen_name, ${user}.legacy.screen_name, t."user".screen_name)`;
const name = `coalesce(${user}.core.name, ${user}.legacy.name, t."user".name)`;
const apiTime = (text: string) => `try_strptime(${text}, '%a %b %d %H:%M:%S %z %Y')::timestamp`;

const drawn = `_row, _line, _at, seen, t.legacy is not null as is_tweet, t.tombstone.text.text as tombstone, t.promoted as promoted,
    coalesce(t.rest_id, t.legacy.id_str) as id, coalesce(t.legacy.user_id_str, ${user}.rest_id, t."user".id_str) as user_id,
    ${handle} as handle, ${name} as name, coalesce(${user}.legacy.followers_count, t."user".followers_count) as reach,
    ${apiTime('t.legacy.created_at')} as stated, coalesce(${note}.text, t.legacy.full_text) as text, t.legacy.lang as lang,
    t.legacy.retweeted_status_id_str as reshared_id, t.legacy.quoted_status_id_str as quoted_id, t.legacy.is_quote_status as is_quote,
    t.legacy.in_reply_to_status_id_str as reply_id, t.legacy.in_reply_to_user_id_str as reply_user_id, t.legacy.in_reply_to_screen_name as reply_handle,
    t.legacy.conversation_id_str as root_id, t.legacy.favorite_count as likes, t.legacy.retweet_count as reshares, t.legacy.reply_count as replies,
    try_cast(coalesce(t.views.count, t.ext_views.count) as bigint) as views,
    list_transform(coalesce(${note}.entity_set.urls, t.legacy.entities.urls), lambda u: coalesce(u.expanded_url, u.url)) as links,
    list_transform(coalesce(${note}.entity_set.hashtags, t.legacy.entities.hashtags), lambda h: h.text) as hashtags,
    list_transform(coalesce(${note}.entity_set.user_mentions, t.legacy.entities.user_mentions), lambda m: m.screen_name) as mentions,
    list_transform(coalesce(t.legacy.extended_entities.media, t.legacy.entities.media), lambda m: m.id_str) as media_ids,
    coalesce(t.edit_control.edit_tweet_ids, t.edit_control.edit_control_initial.edit_tweet_ids) as versions, t.legacy.withheld_scope is not null as withheld`;

/** Of a reshare, links, hashtags, media and the rest of a cut text are those of the reshared post. */
export const zeeschuimerPosts = `
with ${items}, drawn as materialized (
  select ${drawn}, _at is not null as embedded from (from item union all from reshared union all from quoted)
), reshared_post as (
  select _row, id, handle, text, links, hashtags, mentions, media_ids, quoted_id from drawn where _at = 'retweeted_status_result'
), quoted_post as (
  select _row, id, handle from drawn where _at = 'quoted_status_result'
), requoted_post as (
  select _row, id from drawn where _at = 'retweeted_status_result.quoted_status_result'
), tweet as (
  select own.* replace (
      coalesce(r.id, own.reshared_id) as reshared_id, coalesce(own.quoted_id, q.id, r.quoted_id, rq.id) as quoted_id,
      coalesce(r.links, own.links) as links, coalesce(r.hashtags, own.hashtags) as hashtags,
      list_concat(own.mentions, r.mentions) as mentions, coalesce(r.media_ids, own.media_ids) as media_ids),
    r.text as reshared_text, r.handle as reshared_handle, q.handle as quoted_handle
  from drawn as own left join reshared_post as r on r._row = own._row left join quoted_post as q on q._row = own._row
    left join requoted_post as rq on rq._row = own._row
  where own._at is null
  union all by name
  select *, null as reshared_text, null as reshared_handle, null as quoted_handle
  from drawn where embedded and id is not null and text is not null and stated is not null
), post as (
  select *, reshared_id is not null as is_reshare, reply_id is not null or reply_user_id is not null as is_reply,
    ${resharedText('text', 'reshared_text')} as body, reshared_id is not null and reshared_text is null and suffix(text, '…') as cut
  from tweet
)
select _row, _line, _at, embedded, case when not is_tweet then 'not-a-post' when id is null then 'missing-id' end as problem,
  case when not is_tweet then coalesce('tombstone: ' || tombstone, 'an item without a post') end as detail,
  'x' as platform, id as post_id, user_id as account_id, handle, name, reach,
  coalesce(stated, snowflake_time(id)) as time, case when stated is null then 1 else 1000 end as time_precision_ms,
  case when is_reshare then 'reshare' when is_reply then 'reply' when is_quote or quoted_id is not null then 'quote' else 'original' end as kind,
  case when is_reshare then reshared_id when is_reply then reply_id else quoted_id end as parent_id,
  case when is_reshare then coalesce(reshared_handle, ${resharedHandle('text')}) when is_reply then reply_handle else quoted_handle end as parent_handle,
  case when quoted_id is not null and (is_reshare or is_reply) then [{'kind': 'quote', 'id': quoted_id}] end as other_parents,
  root_id, ${plainText('body')} as text, nullif(lang, '') as lang, 'https://x.com/i/status/' || id as permalink,
  case when not is_reshare then likes end as likes, case when not is_reshare then reshares end as reshares,
  case when not is_reshare then replies end as replies, case when not is_reshare then views end as views,
  ${sharedLinks('links', 'coalesce(reshared_id, id)')} as urls, hashtags, mentions, ${mediaValues('media_ids')} as media,
  seen as collected_at, case when len(versions) > 1 then snowflake_time(versions[-1]) end as edited_at,
  some_list([case when promoted then 'promoted' end, case when user_id is null then 'missing-account' end,
    case when stated is null then 'time-from-id' end, case when withheld then 'withheld' end, case when versions[-1] <> id then 'older-version' end, case when cut then 'cut' end]) as warnings
from post
union all by name
select _row, _line, false as embedded, 'unread-platform' as problem,
  'an item of ' || ${platformOf} || ' among those of X: put it into a file of its own' as detail
from record where not coalesce(${platformOf}, 'x.com') in ('twitter.com', 'x.com')`;

const fromProfile = (field: string) => `coalesce(${user}.legacy.${field}, t."user".${field})`;

export const zeeschuimerAccounts = `
with ${items}
select _row, 'x' as platform, coalesce(${user}.rest_id, t."user".id_str) as account_id, ${handle} as handle, ${name} as name,
  ${apiTime(`coalesce(${user}.core.created_at, ${user}.legacy.created_at, t."user".created_at)`)} as created_at,
  ${fromProfile('followers_count')} as followers, ${fromProfile('friends_count')} as following, ${fromProfile('statuses_count')} as posts,
  ${fromProfile('favourites_count')} as likes_given, ${fromProfile('listed_count')} as listed, ${fromProfile('verified')} as verified,
  ${fromProfile('default_profile')} as default_profile, ${fromProfile('default_profile_image')} as default_image,
  ${fromProfile('description')} as description, seen as seen_at
from (from item union all from reshared union all from quoted)
where coalesce(${user}.rest_id, t."user".id_str) is not null`;
