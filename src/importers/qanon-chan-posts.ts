import {
  boardCitations,
  boardPermalink,
  boardPostColumns,
  isReply,
  quotedNumbers,
  quotedPosts,
} from './board-posts.ts';
import type { FileHead, Importer } from './importer.ts';
import { hashtagsIn, urlsIn } from './text-parts-sql.ts';

const columns: Record<string, string> = {
  ...Object.fromEntries(
    'id userId timestamp timestampDeletion threadId treadId name text source link'
      .split(' ')
      .map((name) => [name, 'varchar']),
  ),
  images: 'struct(url varchar)[]',
  references: 'json',
};

const posts = `
with recursive nested as (
  select _row, _line, _at, false as embedded, id, "userId" as poster, "timestamp" as clock, "timestampDeletion" as deleted,
    coalesce("threadId", "treadId") as thread, name, text, source, link, list_transform(images, lambda i: i.url) as images, "references" as inner_posts
  from record
  union all
  select _row, _line, coalesce(_at, '') || '.references[' || (i - 1) || ']', true, r->>'id', r->>'userId', r->>'timestamp', r->>'timestampDeletion',
    coalesce(r->>'threadId', r->>'treadId'), r->>'name', r->>'text', coalesce(r->>'source', source), r->>'link',
    r->>'$.images[*].url', r->'references'
  from (
    select _row, _line, _at, source, i, json_extract(inner_posts, '$[' || (i - 1) || ']') as r
    from (select *, unnest(range(1, json_array_length(inner_posts)::bigint + 1)) as i from nested where json_type(inner_posts) = 'ARRAY')
  )
), post as (
  select *, coalesce(nullif(split_part(source, '_', 1), ''), $platform::varchar) as platform,
    coalesce(nullif(regexp_extract(source, '^[^_]+_(\\w+)$', 1), ''), nullif(regexp_extract(link, '^https?://[^/]+/+(\\w+)/', 1), ''), $board::varchar, 'unknown') as board,
    id as number
  from nested
  where not embedded or (id is not null and unix_time(clock) is not null)
), quoting as (
  select * exclude (thread, poster, text), filled(poster) as poster, filled(text) as text,
    coalesce(filled(thread), nullif(regexp_extract(link, '/(?:res|thread)/(\\d+)', 1), '')) as thread,
    ${quotedNumbers('text')} as quotes
  from post
)
select _row, _line, _at, embedded,
  case when number is null then 'missing-id' when clock is null then 'missing-time' end as problem,
  platform, ${boardPostColumns}, nullif(trim(name), 'Anonymous') as name,
  unix_time(clock) as time, 1000 as time_precision_ms, unix_time(deleted) as deleted_at, text, ${boardPermalink} as permalink,
  ${urlsIn('text')} as urls, ${hashtagsIn('text')} as hashtags,
  list_transform(images, lambda u: coalesce(nullif(regexp_extract(u, '/([0-9a-f]{32,})[^/]*$', 1), ''), platform || ':' || regexp_extract(u, '[^/]+$'))) as media,
  ${boardCitations('text', 'platform')} as cites
from (select *, ${isReply} as is_reply from (select *, ${quotedPosts} as quoted from quoting))`;

/** Early posts of one signature by board, from another collection than JSON-QAnon; field names differ between its files. */
export const qanonChanPosts: Importer = {
  id: 'qanon-chan-posts',
  title: 'Board posts of one signature (qcodeintel)',
  about:
    'A list of posts of one board, with the posts that they answer inside (these become embedded posts); the field names differ between files.',
  obtain: 'github.com/qcodeintel: posts of one signature, by board.',
  platforms: ['4chan', '8chan'],
  sniff: (head: FileHead) => {
    const [first] = Array.isArray(head.document) ? (head.document as Record<string, unknown>[]) : [];
    if (typeof first !== 'object' || first === null) return 0;
    const named = ['id', 'timestamp', 'source', 'link'].every((name) => name in first);
    return named && /^\d+chan_\w+$/.test(String(first.source)) ? 0.97 : 0;
  },
  container: () => ({ kind: 'document', patterns: ['[]'], columns }),
  posts,
  notes: [
    'The clock of some boards differs from other archives by an hour; the time of the first file that is imported stays.',
  ],
};
