import { blueskyContent, blueskyParents, blueskyRecordType } from './bluesky-record.ts';

/** DuckDB type of the author of a post view. */
export const viewAuthor = `struct(did varchar, handle varchar, displayName varchar, createdAt varchar, description varchar,
  followersCount bigint, followsCount bigint, postsCount bigint)`;
const counts = 'replyCount bigint, repostCount bigint, likeCount bigint, quoteCount bigint, indexedAt varchar';
/** DuckDB type of what makes a feed item a repost. */
export const reasonType = `struct("$type" varchar, "by" ${viewAuthor}, uri varchar, indexedAt varchar)`;
const innerFields = `uri varchar, author ${viewAuthor}, value ${blueskyRecordType}, ${counts}`;
const quotedFields = `${innerFields}, embeds struct(record struct(${innerFields}, record struct(${innerFields})))[]`;
/** Fields of a post view of the Bluesky API that are read, with their DuckDB types. */
export const viewFields: Record<string, string> = {
  uri: 'varchar',
  author: viewAuthor,
  record: blueskyRecordType,
  embed: `struct(record struct(${quotedFields}, record struct(${quotedFields})))`,
  replyCount: 'bigint',
  repostCount: 'bigint',
  likeCount: 'bigint',
  quoteCount: 'bigint',
  indexedAt: 'varchar',
};
/** DuckDB type of a post view. */
export const viewType = `struct(${Object.entries(viewFields)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

const quotedView = (
  quoted: string,
) => `{'uri': ${quoted}.uri, 'author': ${quoted}.author, 'record': ${quoted}.value, 'embed': null,
    'replyCount': ${quoted}.replyCount, 'repostCount': ${quoted}.repostCount, 'likeCount': ${quoted}.likeCount,
    'quoteCount': ${quoted}.quoteCount, 'indexedAt': ${quoted}.indexedAt}::${viewType}`;
const quotedIn = (
  source: string,
  quoted: string,
  place: string,
  embeds?: string,
) => `select _row, _line, coalesce(_at || '.', '') || '${place}' as _at,
    true as embedded, ${quotedView(quoted)} as v${embeds === undefined ? '' : `, ${embeds} as embeds`}
  from ${source} where ${quoted}.value.createdAt is not null and ${quoted}.uri like '%/app.bsky.feed.post/%'`;

/**
 * Posts and reposts of post views, with the quoted and answered posts that they carry. `told` is the CTE of that name: `_row`, `_line`,
 * `_at`, `v` (a post view), `reason` and `reply` of a feed item, `is_repost`.
 */
export const blueskyViewPosts = (told: string) => `
with ${told}, given_view as (
  select _row, _line, _at, coalesce(is_repost, false) as embedded, v from told
  union all by name
  select _row, _line, coalesce(_at || '.', '') || 'reply.parent' as _at, true as embedded, try_cast(reply.parent as ${viewType}) as v
  from told where json_exists(reply.parent, '$.record.createdAt')
  union all by name
  select _row, _line, coalesce(_at || '.', '') || 'reply.root' as _at, true as embedded, try_cast(reply.root as ${viewType}) as v
  from told where json_exists(reply.root, '$.record.createdAt')
), quoted as (
  ${quotedIn('given_view', 'v.embed.record', 'embed.record', 'v.embed.record.embeds')}
  union all by name
  ${quotedIn('given_view', 'v.embed.record.record', 'embed.record.record', 'v.embed.record.record.embeds')}
), inner_embed as (
  select _row, _line, _at, unnest(embeds) as inner_one from quoted
), view as (
  select * from given_view
  union all by name select * exclude (embeds) from quoted
  union all by name ${quotedIn('inner_embed', 'inner_one.record', 'embeds.record')}
  union all by name ${quotedIn('inner_embed', 'inner_one.record.record', 'embeds.record.record')}
), located as (
  select _row, _line, _at, embedded, v, v.record as r, v.author.did as did, v.uri as post_id,
    regexp_extract(v.uri, '[^/]+$') as rkey, iso_time(v.indexedAt) as seen, false as seen_decides
  from view
), ${blueskyContent('located')}, own as materialized (
  select _row, _line, _at, embedded,
    case when post_id is null then 'missing-id' when r is null then 'not-a-post' end as problem,
    case when post_id is not null and r is null then 'the post was not found or is blocked' end as detail,
    'bluesky' as platform, post_id, did as account_id, nullif(v.author.handle, 'handle.invalid') as handle, given(v.author.displayName) as name,
    time, time_precision_ms,
    ${blueskyParents},
    r.text, r.langs[1] as lang, 'https://bsky.app/profile/' || did || '/post/' || rkey as permalink,
    v.likeCount as likes, v.repostCount as reshares, v.replyCount as replies,
    urls, hashtags, mentions, media,
    list_concat(clock_warnings, case when did is null then ['missing-account'] end) as warnings
  from post
), repost as (
  select told._row, told._line, told._at, false as embedded,
    case when own.post_id is null then 'missing-object' end as problem,
    'bluesky' as platform,
    coalesce(reason.uri, 'derived:' || md5(concat_ws('|', reason."by".did, own.post_id))) as post_id,
    reason."by".did as account_id, nullif(reason."by".handle, 'handle.invalid') as handle, given(reason."by".displayName) as name,
    iso_time(reason.indexedAt) as time, case when reason.indexedAt like '%.%' then 1 else 1000 end as time_precision_ms,
    'reshare' as kind, own.post_id as parent_id, own.handle as parent_handle, own.text, own.lang, own.urls, own.hashtags, own.mentions, own.media
  from told left join own on own._row = told._row and own._at is not distinct from told._at
  where told.is_repost
)
select * from own union all by name select * from repost`;
