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

const images = 'struct(file varchar, name varchar)[]';
const columns: Record<string, string> = {
  post_metadata: `struct(author varchar, author_id varchar, tripcode varchar, "time" varchar, id varchar, post_id varchar,
    source struct(board varchar, site varchar, link varchar))`,
  text: 'varchar',
  images,
  referenced_posts: `struct(reference varchar, text varchar, author_id varchar, post_id varchar, "time" varchar, link varchar, images ${images})[]`,
};

const siteOf = (site: string) => `case ${site} when '4ch' then '4chan' when '8ch' then '8chan' else ${site} end`;
const boardIn = (link: string) => `nullif(regexp_extract(${link}, '^https?://[^/]+/+(\\w+)/', 1), '')`;
const threadIn = (link: string) => `nullif(regexp_extract(${link}, '/(?:res|thread)/(\\d+)', 1), '')`;

const posts = `
with signed as (
  select _row, _line, _at, false as embedded, ${siteOf('m.source.site')} as platform,
    coalesce(nullif(trim(m.source.board, '/ '), ''), ${boardIn('m.source.link')}, 'unknown') as board,
    m.post_id as number, ${threadIn('m.source.link')} as thread, filled(m.author_id) as poster,
    nullif(trim(m.author), 'Anonymous') as name, m."time" as clock, text, images
  from (select *, post_metadata as m from record)
), quoted_post as (
  select _row, _line, coalesce(_at, '') || '.referenced_posts[' || (i - 1) || ']' as _at, true as embedded, signed.platform,
    coalesce(${boardIn('r.link')}, board) as board, r.post_id as number,
    ${threadIn('r.link')} as thread, filled(r.author_id) as poster, null as name, r."time" as clock, r.text, r.images
  from (select _row, i, referenced_posts[i] as r from (select _row, referenced_posts, unnest(range(1, len(referenced_posts) + 1)) as i from record))
    join signed using (_row)
  where r.post_id is not null and unix_time(r."time") is not null
), post as (
  select *, ${quotedPosts} as quoted
  from (select *, ${quotedNumbers('text')} as quotes from (select * from signed union all by name select * from quoted_post))
)
select _row, _line, _at, embedded,
  case when number is null then 'missing-id' when clock is null then 'missing-time' end as problem,
  platform, ${boardPostColumns}, name,
  unix_time(clock) as time, 1000 as time_precision_ms, text, ${boardPermalink} as permalink,
  ${urlsIn('text')} as urls, ${hashtagsIn('text')} as hashtags,
  list_transform(images, lambda i: coalesce(nullif(regexp_extract(i.file, '^[0-9a-f]{32,}'), ''), platform || ':' || i.file)) as media,
  ${boardCitations('text', 'platform')} as cites
from (select *, ${isReply} as is_reply from post)`;

/** The collection JSON-QAnon: posts of one signature on 4chan, 8chan and 8kun, with the posts they quote. */
export const qanonPosts: Importer = {
  id: 'qanon-posts',
  title: 'JSON-QAnon posts.json',
  about:
    'Posts of one signature on three boards, with the posts that they quote inside (these become embedded posts); sites 4ch, 8ch and 8kun are 4chan, 8chan and 8kun.',
  obtain: 'github.com/jkingsman/JSON-QAnon: posts.json.',
  platforms: ['4chan', '8chan', '8kun'],
  sniff: (head: FileHead) => {
    const { posts: list } = (head.document ?? {}) as { posts?: unknown };
    const first = Array.isArray(list) ? (list[0] as { post_metadata?: { source?: { site?: unknown } } } | null) : null;
    return typeof first?.post_metadata?.source?.site === 'string' ? 0.98 : 0;
  },
  container: () => ({ kind: 'document', patterns: ['posts[]'], columns }),
  posts,
  notes: ['Only posts of one signature and what they quote are in such a file, not whole threads.'],
};
