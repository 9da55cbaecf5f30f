import { hashtagsIn } from './text-parts-sql.ts';
import { columnsOf, fromJson, type Shape } from './x-json-shape.ts';
import { mediaValues, plainText, resharedHandle, resharedText, sharedLinks } from './x-tweet-sql.ts';
import { userFieldsV1 } from './x-user-fields.ts';

const entities = {
  urls: [{ url: 'varchar', expanded_url: 'varchar', unwound: { url: 'varchar' } }],
  hashtags: [{ text: 'varchar' }],
  user_mentions: [{ screen_name: 'varchar' }],
  media: [{ id_str: 'varchar' }],
} satisfies Shape;
const extended_entities = { media: [{ id_str: 'varchar' }] } satisfies Shape;
const profile = { id_str: 'varchar', ...userFieldsV1 };
const quoted = {
  id: 'varchar',
  id_str: 'varchar',
  created_at: 'varchar',
  timestamp_ms: 'varchar',
  text: 'varchar',
  full_text: 'varchar',
  extended_tweet: { full_text: 'varchar', entities, extended_entities },
  entities,
  extended_entities,
  user: { ...profile, id: 'varchar' },
  in_reply_to_status_id: 'varchar',
  in_reply_to_status_id_str: 'varchar',
  in_reply_to_user_id_str: 'varchar',
  in_reply_to_screen_name: 'varchar',
  is_quote_status: 'boolean',
  quoted_status_id: 'varchar',
  quoted_status_id_str: 'varchar',
  quoted_status_permalink: { expanded: 'varchar' },
  lang: 'varchar',
  retweet_count: 'bigint',
  favorite_count: 'bigint',
  reply_count: 'bigint',
  truncated: 'boolean',
  withheld_in_countries: ['varchar'],
} satisfies Shape;
const tweet = {
  ...quoted,
  quoted_status: quoted,
  retweeted_status: { ...quoted, quoted_status: quoted },
} satisfies Shape;

/**
 * Columns of a line: a tweet, a user, a page of search results, or a notice of the stream. `quoted_tweet` and `parent` are what X's
 * embedding service (cdn.syndication.twimg.com) calls the quoted and the answered tweet.
 */
export const apiV1Columns: Record<string, string> = columnsOf({
  ...tweet,
  ...profile,
  quoted_tweet: 'json',
  parent: 'json',
  statuses: [tweet],
  delete: { status: { id: 'varchar', id_str: 'varchar' }, timestamp_ms: 'varchar' },
  limit: { track: 'bigint', timestamp_ms: 'varchar' },
  scrub_geo: { user_id_str: 'varchar' },
  status_withheld: { id: 'varchar' },
  user_withheld: { id: 'varchar' },
  disconnect: { reason: 'varchar' },
  warning: { code: 'varchar' },
  errors: [{ message: 'varchar' }],
  event: 'varchar',
});

const fullText = (t: string) => `coalesce(${t}.extended_tweet.full_text, ${t}.full_text, ${t}.text)`;
const idOf = (t: string) => `coalesce(${t}.id_str, ${t}.id)`;
const userId = (t: string) => `coalesce(${t}.user.id_str, ${t}.user.id)`;
const linksOf = (t: string) =>
  `list_transform(coalesce(${t}.extended_tweet.entities.urls, ${t}.entities.urls), lambda u: coalesce(u.unwound.url, u.expanded_url, u.url))`;
const hashtagsOf = (t: string) =>
  `list_transform(coalesce(${t}.extended_tweet.entities.hashtags, ${t}.entities.hashtags), lambda h: h.text)`;
const mentionsOf = (t: string) =>
  `list_transform(coalesce(${t}.extended_tweet.entities.user_mentions, ${t}.entities.user_mentions), lambda m: m.screen_name)`;
const mediaOf = (t: string) =>
  `list_transform(coalesce(${t}.extended_tweet.extended_entities.media, ${t}.extended_entities.media, ${t}.extended_tweet.entities.media, ${t}.entities.media), lambda m: m.id_str)`;
const quotedId = (t: string, { quoted }: Depth) => `coalesce(${t}.quoted_status_id_str, ${t}.quoted_status_id,
    ${quoted ? `${idOf(`${t}.quoted_status`)}, ` : ''}nullif(regexp_extract(${t}.quoted_status_permalink.expanded, '/status/(\\d+)', 1), ''))`;
const statedTime = (text: string) =>
  `coalesce(try_strptime(${text}, '%a %b %d %H:%M:%S %z %Y')::timestamp, try_cast(${text} as timestamptz)::timestamp)`;
const since = (milliseconds: string) => `make_timestamp_ms(try_cast(${milliseconds} as bigint))`;

/** Which tweets a tweet can hold. */
interface Depth {
  quoted: boolean;
  reshared: boolean;
}
const whole: Depth = { quoted: true, reshared: true };
const middle: Depth = { quoted: true, reshared: false };
const leaf: Depth = { quoted: false, reshared: false };

/** One tweet as plain columns; of a reshare, links, hashtags and media are those of the reshared tweet, which is never cut. */
const drawn = (t: string, depth: Depth) => {
  const r = `${t}.retweeted_status`;
  const uncut = (pick: (source: string) => string) =>
    depth.reshared ? `case when ${r} is null then ${pick(t)} else ${pick(r)} end` : pick(t);
  return `${idOf(t)} as id, ${userId(t)} as user_id, ${t}.user.screen_name as handle, ${t}.user.name as name, ${t}.user.followers_count as reach,
    coalesce(${statedTime(`${t}.created_at`)}, ${since(`${t}.timestamp_ms`)}) as stated,
    ${depth.reshared ? resharedText(fullText(t), fullText(r)) : fullText(t)} as body,
    ${depth.reshared ? `${r} is not null` : 'false'} as is_reshare,
    ${depth.reshared ? idOf(r) : 'null'} as reshared_id,
    ${depth.reshared ? `coalesce(${r}.user.screen_name, ${resharedHandle(`${t}.text`)}, ${resharedHandle(`${t}.full_text`)})` : 'null'} as reshared_handle,
    ${t}.in_reply_to_user_id_str is not null or ${t}.in_reply_to_status_id_str is not null or ${t}.in_reply_to_status_id is not null as is_reply,
    coalesce(${t}.in_reply_to_status_id_str, ${t}.in_reply_to_status_id) as reply_id, ${t}.in_reply_to_screen_name as reply_handle,
    ${depth.reshared ? `coalesce(${quotedId(r, middle)}, ${quotedId(t, depth)})` : quotedId(t, depth)} as quoted_id,
    ${depth.quoted ? `${t}.quoted_status.user.screen_name` : 'null'} as quoted_handle,
    ${t}.is_quote_status as is_quote, ${t}.lang as lang, ${t}.favorite_count as likes, ${t}.retweet_count as reshares, ${t}.reply_count as replies,
    ${uncut(linksOf)} as links, ${uncut(hashtagsOf)} as hashtags,
    ${depth.reshared ? `case when ${r} is null then ${mentionsOf(t)} else list_concat(${mentionsOf(t)}, ${mentionsOf(r)}) end` : mentionsOf(t)} as mentions,
    ${uncut(mediaOf)} as media_ids, ${t}.withheld_in_countries is not null as withheld,
    ${t}.truncated and ${t}.extended_tweet.full_text is null and ${t}.full_text is null${depth.reshared ? ` and ${r} is null` : ''} as cut`;
};

/** The tweet at `t` and the tweets that it holds; `from` yields `_row`, `_line`, `_at` and the tweet. */
const withInner = (t: string, from: string, extra: string) => {
  const inner = (path: string, depth: Depth) => `
  union all by name
  select _row, _line, concat_ws('.', _at, '${path}') as _at, true as embedded, ${drawn(`${t}.${path}`, depth)}
  from ${from} and ${idOf(`${t}.${path}`)} is not null and ${fullText(`${t}.${path}`)} is not null and ${t}.${path}.created_at is not null`;
  return `select _row, _line, _at, false as embedded, ${extra}, ${drawn(t, whole)} from ${from}
  ${inner('retweeted_status', middle)}
  ${inner('quoted_status', leaf)}
  ${inner('retweeted_status.quoted_status', leaf)}`;
};

const found = `(select _row, _line, 'statuses[' || (i - 1) || ']' as _at, s
    from (select _row, _line, unnest(statuses) as s, generate_subscripts(statuses, 1) as i from record where statuses is not null)) where true`;
const embeddedService = (name: string) =>
  `select _row, _line, '${name}' as _at, record.created_at as outer_time, ${fromJson(`record.${name}`, quoted)} as s from record where ${name} is not null`;
const embedded = `(${embeddedService('quoted_tweet')} union all ${embeddedService('parent')}) where true`;
const other = (t: string) =>
  `case when ${fullText(t)} is null then case when ${t} is null then 'an empty element' else 'an item without text' end end as other`;
const isTweet = `statuses is null and (text is not null or full_text is not null or extended_tweet.full_text is not null
  or ("user" is not null and (id_str is not null or id is not null)))`;
const isNotice = `statuses is null and text is null and full_text is null and extended_tweet.full_text is null and "user" is null`;

export const apiV1Posts = `
with tweet as (
  ${withInner('record', `record where ${isTweet}`, 'null::varchar as other')}
  union all by name
  ${withInner('s', found, other('s'))}
  union all by name
  select _row, _line, _at, true as embedded, ${drawn('s', leaf)} from ${embedded} and ${idOf('s')} is not null and s.created_at is not null
), post as (
  select tweet.* replace (coalesce(quoted_id, held.id) as quoted_id, coalesce(quoted_handle, held.handle) as quoted_handle),
    ${sharedLinks('links', 'coalesce(reshared_id, tweet.id)')} as shared
  from tweet left join (select _row, ${idOf('s')} as id, s.user.screen_name as handle from ${embedded} and _at = 'quoted_tweet') as held
    on held._row = case when not tweet.embedded then tweet._row end
)
select _row, _line, _at, embedded, case when other is not null then 'not-a-post' when id is null then 'missing-id' end as problem, other as detail,
  'x' as platform, id as post_id, user_id as account_id, handle, name, reach,
  coalesce(stated, snowflake_time(id)) as time, case when stated is null then 1 else 1000 end as time_precision_ms,
  case when is_reshare then 'reshare' when is_reply then 'reply' when is_quote or quoted_id is not null then 'quote' else 'original' end as kind,
  case when is_reshare then reshared_id when is_reply then reply_id else quoted_id end as parent_id,
  case when is_reshare then reshared_handle when is_reply then reply_handle else quoted_handle end as parent_handle,
  case when quoted_id is not null and (is_reshare or is_reply) then [{'kind': 'quote', 'id': quoted_id}] end as other_parents,
  ${plainText('body')} as text, nullif(lang, '') as lang, 'https://x.com/i/status/' || id as permalink,
  case when not is_reshare then likes end as likes, case when not is_reshare then reshares end as reshares, case when not is_reshare then replies end as replies,
  shared as urls, case when coalesce(len(hashtags), 0) = 0 then ${hashtagsIn('body')} else hashtags end as hashtags, mentions, ${mediaValues('media_ids')} as media,
  some_list([case when user_id is null then 'missing-account' end, case when stated is null then 'time-from-id' end, case when withheld then 'withheld' end, case when cut then 'cut' end]) as warnings
from post
union all by name
select _row, _line, false as embedded, true as update_only, 'x' as platform, coalesce("delete".status.id_str, "delete".status.id) as post_id,
  coalesce(${since('"delete".timestamp_ms')}, snowflake_time(coalesce("delete".status.id_str, "delete".status.id))) as deleted_at
from record where ${isNotice} and "delete".status is not null
union all by name
select _row, _line, false as embedded, 'not-a-post' as problem, "limit".track as missed, ${since('"limit".timestamp_ms')} as time,
  case when "limit" is not null then 'limit notice' when screen_name is not null then 'a user'
    when scrub_geo is not null then 'notice scrub_geo' when status_withheld is not null then 'notice status_withheld'
    when user_withheld is not null then 'notice user_withheld' when disconnect is not null then concat_ws(': ', 'disconnect', disconnect.reason)
    when warning is not null then concat_ws(': ', 'warning', warning.code) when event is not null then 'event ' || event
    else concat_ws(': ', 'an answer without posts', errors[1].message) end as detail
from record where ${isNotice} and "delete".status is null
  and coalesce("limit".track::varchar, screen_name, scrub_geo.user_id_str, status_withheld.id, user_withheld.id, disconnect.reason, warning.code, event, errors[1].message) is not null`;

const accountOf = (
  u: string,
) => `coalesce(${u}.id_str, ${u}.id) as account_id, ${u}.screen_name as handle, ${u}.name as name,
  ${statedTime(`${u}.created_at`)} as created_at, ${u}.followers_count as followers, ${u}.friends_count as following,
  ${u}.statuses_count as posts, ${u}.favourites_count as likes_given, ${u}.listed_count as listed, ${u}.verified as verified,
  ${u}.default_profile as default_profile, ${u}.default_profile_image as default_image, ${u}.description as description`;

const holders = ['', 'retweeted_status', 'quoted_status', 'retweeted_status.quoted_status'];
const heldUsers = (t: string, from: string) =>
  holders
    .map(
      (holder) =>
        `select _row, ${t}.created_at as seen, ${[t, holder, 'user'].filter(Boolean).join('.')} as u from ${from} and ${[t, holder, 'user'].filter(Boolean).join('.')} is not null`,
    )
    .join('\n  union all ');

/** Users stand in a tweet as they were when it was collected; the time of the outer tweet is the nearest that the file has. */
export const apiV1Accounts = `
with held as (
  ${heldUsers('record', 'record where statuses is null')}
  union all
  ${heldUsers('s', found)}
  union all
  select _row, outer_time as seen, s.user as u from ${embedded} and s.user is not null
)
select _row, 'x' as platform, ${accountOf('u')}, ${statedTime('seen')} as seen_at
from held where coalesce(u.id_str, u.id) is not null
union all by name
select _row, 'x' as platform, ${accountOf('record')} from record where screen_name is not null and text is null and full_text is null and id_str is not null`;
