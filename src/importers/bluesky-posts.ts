import {
  viewAuthor as author,
  blueskyViewPosts,
  reasonType as reason,
  viewType as view,
  viewFields,
} from './bluesky-view-sql.ts';
import type { FileHead, Importer } from './importer.ts';
import { jsonContainer, onlyValueInHead, recordsInHead } from './json-container.ts';

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
)`;

const posts = blueskyViewPosts(items);

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

/** Servers give threads to this depth unless asked for more; what lies deeper is a conversation of its own. */
const threadDepth = 40;
const threadPlaces = [
  ...Array.from({ length: threadDepth }, (_, depth) => `thread${'.replies[]'.repeat(depth)}.post`),
  ...Array.from({ length: threadDepth }, (_, depth) => `thread${'.parent'.repeat(depth + 1)}.post`),
  'thread[].value.post',
];

/** An answer of getPostThread, or of its second version, where the thread is a flat list. */
function holdsThread(value: unknown): boolean {
  const { thread } = (value ?? {}) as { thread?: unknown };
  const nodes = Array.isArray(thread) ? thread.map((one) => (one as { value?: unknown } | null)?.value) : [thread];
  return nodes.some((node) => isView((node as MaybeView | null | undefined)?.post));
}

/** Post views of the Bluesky API, with feed items, reposts, and the quoted and answered posts that they carry. */
export const blueskyPosts: Importer = {
  id: 'bluesky-posts',
  title: 'Bluesky API posts (searchPosts, getAuthorFeed, getPosts, getPostThread)',
  about:
    'Answers of the Bluesky API, whole or one post a line; a feed item with a repost becomes the repost and, embedded, the post. Times that cannot be true are replaced as for Jetstream.',
  obtain:
    'Save answers of the Bluesky API (app.bsky.feed.searchPosts, getAuthorFeed, getPosts, getPostThread), for example with curl.',
  platforms: ['bluesky'],
  sniff: (head: FileHead) => (recordsInHead(head).some(holdsView) || holdsThread(onlyValueInHead(head)) ? 0.95 : 0),
  container: (head) =>
    holdsThread(onlyValueInHead(head))
      ? { kind: 'document', patterns: threadPlaces, columns }
      : jsonContainer(head, columns, ['posts[]', 'feed[]', '[]']),
  posts,
  accounts,
};
