import { blueskyContent, blueskyParents, blueskyRecordType } from './bluesky-record.ts';
import type { FileHead, Importer } from './importer.ts';
import { jsonContainer, recordsInHead } from './json-container.ts';

const author = `struct(did varchar, handle varchar, displayName varchar, createdAt varchar, description varchar,
  followersCount bigint, followsCount bigint, postsCount bigint)`;
const counts = 'replyCount bigint, repostCount bigint, likeCount bigint, quoteCount bigint, indexedAt varchar';
const innerFields = `uri varchar, author ${author}, value ${blueskyRecordType}, ${counts}`;
const quotedFields = `${innerFields}, embeds struct(record struct(${innerFields}, record struct(${innerFields})))[]`;
const viewFields: Record<string, string> = {
  uri: 'varchar',
  author,
  record: blueskyRecordType,
  embed: `struct(record struct(${quotedFields}, record struct(${quotedFields})))`,
  replyCount: 'bigint',
  repostCount: 'bigint',
  likeCount: 'bigint',
  quoteCount: 'bigint',
  indexedAt: 'varchar',
};
const view = `struct(${Object.entries(viewFields)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;
const reason = `struct("$type" varchar, "by" ${author}, uri varchar, indexedAt varchar)`;

/** Lists of a page and answered posts stay JSON until they are needed: as nested structs they cost seconds for each file. */
const columns: Record<string, string> = {
  ...viewFields,
  post: view,
  reason,
  reply: 'struct(root json, parent json)',
  posts: 'json[]',
  feed: 'json[]',
};

const ownView = `{${Object.keys(viewFields)
  .map((name) => `'${name}': line.${name}`)
  .join(', ')}}`;
const quotedView = (
  quoted: string,
) => `{'uri': ${quoted}.uri, 'author': ${quoted}.author, 'record': ${quoted}.value, 'embed': null,
    'replyCount': ${quoted}.replyCount, 'repostCount': ${quoted}.repostCount, 'likeCount': ${quoted}.likeCount,
    'quoteCount': ${quoted}.quoteCount, 'indexedAt': ${quoted}.indexedAt}::${view}`;
const quotedIn = (
  source: string,
  quoted: string,
  place: string,
  embeds?: string,
) => `select _row, _line, coalesce(_at || '.', '') || '${place}' as _at,
    true as embedded, ${quotedView(quoted)} as v${embeds === undefined ? '' : `, ${embeds} as embeds`}
  from ${source} where ${quoted}.value.createdAt is not null and ${quoted}.uri like '%/app.bsky.feed.post/%'`;

const items = `item as (
  select _row, _line, _at, ${ownView}::${view} as v, null as reason, null as reply from record as line
  where line.post is null and line.posts is null and line.feed is null
  union all by name
  select _row, _line, _at, line.post as v, reason, reply from record as line where line.post is not null
  union all by name
  select _row, _line, 'posts[' || (i - 1) || ']' as _at, try_cast(posts[i] as ${view}) as v
  from (select *, unnest(range(1, len(posts) + 1)) as i from record where posts is not null)
  union all by name
  select _row, _line, 'feed[' || (i - 1) || ']' as _at, try_cast(feed[i] -> 'post' as ${view}) as v,
    try_cast(feed[i] -> 'reason' as ${reason}) as reason, {'root': feed[i] -> '$.reply.root', 'parent': feed[i] -> '$.reply.parent'} as reply
  from (select *, unnest(range(1, len(feed) + 1)) as i from record where feed is not null)
), told as (
  select *, reason."$type" = 'app.bsky.feed.defs#reasonRepost' as is_repost from item
), given_view as (
  select _row, _line, _at, coalesce(is_repost, false) as embedded, v from told
  union all by name
  select _row, _line, coalesce(_at || '.', '') || 'reply.parent' as _at, true as embedded, try_cast(reply.parent as ${view}) as v
  from told where json_exists(reply.parent, '$.record.createdAt')
  union all by name
  select _row, _line, coalesce(_at || '.', '') || 'reply.root' as _at, true as embedded, try_cast(reply.root as ${view}) as v
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
)`;

const posts = `
with ${items}, located as (
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

/** Handles and names of quoted and answered authors come with their posts. */
const accounts = `
with page_author as (
  select _row, try_cast(p -> 'author' as ${author}) as a, p ->> 'indexedAt' as indexed from (select _row, unnest(posts) as p from record where posts is not null)
  union all by name
  select _row, try_cast(p -> '$.post.author' as ${author}) as a, p ->> '$.post.indexedAt' as indexed from (select _row, unnest(feed) as p from record where feed is not null)
), seen as (
  select _row, coalesce(line.author, line.post.author) as a, coalesce(line.indexedAt, line.post.indexedAt) as indexed from record as line
  union all by name select _row, reason."by" as a, reason.indexedAt as indexed from record where reason."by" is not null
  union all by name select * from page_author
)
select _row, 'bluesky' as platform, a.did as account_id, nullif(a.handle, 'handle.invalid') as handle, given(a.displayName) as name,
  iso_time(a.createdAt) as created_at, a.followersCount as followers, a.followsCount as following, a.postsCount as posts,
  given(a.description) as description, iso_time(indexed) as seen_at
from seen where a.did is not null`;

interface MaybeView {
  uri?: unknown;
  author?: unknown;
  record?: unknown;
  post?: unknown;
  posts?: unknown;
  feed?: unknown;
}

function isView(value: unknown): boolean {
  const { uri, author, record } = (value ?? {}) as MaybeView;
  return typeof uri === 'string' && uri.startsWith('at://') && typeof author === 'object' && typeof record === 'object';
}

function holdsView(value: MaybeView): boolean {
  if (isView(value) || isView(value.post)) return true;
  if (Array.isArray(value.posts)) return value.posts.some(isView);
  return Array.isArray(value.feed) && value.feed.some((item) => isView((item as MaybeView | null)?.post));
}

/** Post views of the Bluesky API, with feed items, reposts, and the quoted and answered posts that they carry. */
export const blueskyPosts: Importer = {
  id: 'bluesky-posts',
  title: 'Bluesky API posts (searchPosts, getAuthorFeed, getPosts)',
  about:
    'Answers of the Bluesky API, whole or one post a line; a feed item with a repost becomes the repost and, embedded, the post. Times that cannot be true are replaced as for Jetstream.',
  platforms: ['bluesky'],
  sniff: (head: FileHead) => (recordsInHead(head).some(holdsView) ? 0.95 : 0),
  container: (head) => jsonContainer(head, columns, ['posts[]', 'feed[]', '[]']),
  posts,
  accounts,
};
