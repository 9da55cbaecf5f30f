import {
  almostText,
  bareHtml,
  boardCitations,
  boardPermalink,
  boardPostColumns,
  boardText,
  isReply,
  quotedNumbers,
  quotedPosts,
} from './board-posts.ts';
import type { Container, FileHead, Importer } from './importer.ts';
import { isOneDocument } from './json-container.ts';
import { hashtagsIn, textOfHtml, urlsIn } from './text-parts-sql.ts';
import { unixSeconds } from './wall-clock-sql.ts';

const postFields: Record<string, string> = {
  ...Object.fromEntries(
    'no resto time name id extracted_poster_id capcode sub com md5 replies board collected_at edited_at'
      .split(' ')
      .map((name) => [name, 'varchar']),
  ),
  extra_files: 'struct(md5 varchar)[]',
};
const struct = (fields: Record<string, string>) =>
  `struct(${Object.entries(fields)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')})`;
const onePost = struct(postFields);
const oneThread = struct({ ...postFields, posts: `${onePost}[]`, last_replies: `${onePost}[]` });
const columns: Record<string, string> = {
  ...postFields,
  posts: `${onePost}[]`,
  last_replies: `${onePost}[]`,
  threads: `${oneThread}[]`,
};

const fieldsOf = (source: string) =>
  `{${Object.keys(postFields)
    .map((name) => `'${name}': ${source}."${name}"`)
    .join(', ')}}`;
const members = (list: string, path: string, source: string) =>
  `select _row, _line, ${path} || '${list}[' || (i - 1) || ']' as _at, ${list}[i] as item
  from (select *, unnest(range(1, len(${list}) + 1)) as i from ${source})`;

const posts = `
with whole_line as (
  select * from record where _at is null
), board_thread as (
  ${members('threads', `''`, 'whole_line').replace('as item', 'as thread')}
), inside_thread as (
  select _row, _line, _at || '.' as prefix, thread.posts as posts, thread.last_replies as last_replies from board_thread
), item as (
  select _row, _line, _at, ${fieldsOf('line')} as item from record as line where _at is not null or (posts is null and threads is null)
  union all by name ${members('posts', `''`, 'whole_line')}
  union all by name ${members('last_replies', `''`, 'whole_line')}
  union all by name select _row, _line, _at, ${fieldsOf('thread')} as item from board_thread where thread.posts is null
  union all by name ${members('posts', 'prefix', 'inside_thread')}
  union all by name ${members('last_replies', 'prefix', 'inside_thread')}
), told as (
  select _row, _line, _at, coalesce($platform::varchar, '4chan') as platform,
    coalesce(filled(item.board), nullif(trim($board::varchar, '/ '), ''), 'unknown') as board,
    nullif(regexp_extract(trim(item.no), '^\\d+$'), '') as number,
    case when coalesce(filled(item.resto), '0') = '0' then filled(item.no) else filled(item.resto) end as thread,
    coalesce(filled(item.id), filled(item.extracted_poster_id)) as poster, ${unixSeconds('item."time"')} as stated,
    item, item.com as com, ${bareHtml('item.com')} as bare
  from item
), decoded as (
  select *, ${almostText} as almost from told
), readable as (
  select *, ${boardText('com')} as body,
    case when contains(regexp_replace(com, '<a [^>]*class="quotelink"', '', 'g'), '<a ') then html_outside_links(com) end as links
  from decoded
), quoting as (
  select *, ${quotedNumbers('body')} as quotes from readable
), post as (
  select *, ${quotedPosts} as quoted,
    case when len(links) > 0 then list_filter(list_transform(links, lambda u: case when u like '//%' then 'https:' || u else u end),
      lambda u: regexp_matches(u, '^(?i:https?)://')) end as outside
  from quoting
)
select _row, _line, _at, false as embedded,
  case when coalesce(item.no, item."time", item.com, item.resto) is null then 'not-a-post' when number is null then 'missing-id' when filled(item."time") is null then 'missing-time'
    when stated is null then 'bad-time' end as problem,
  platform, ${boardPostColumns}, nullif(${textOfHtml('item.name')}, 'Anonymous') as name,
  stated as time, 1000 as time_precision_ms,
  nullif(concat_ws(e'\\n', ${textOfHtml('filled(item.sub)')}, filled(body)), '') as text, ${boardPermalink} as permalink,
  try_cast(item.replies as bigint) as replies,
  list_concat(outside, ${urlsIn('body')}) as urls, ${hashtagsIn('body')} as hashtags,
  case when item.extra_files is null then case when item.md5 is not null then [item.md5] end
    else list_filter(list_concat([item.md5], list_transform(item.extra_files, lambda f: f.md5)), lambda m: m is not null) end as media,
  ${boardCitations('body', 'platform')} as cites,
  ${unixSeconds('item.collected_at')} as collected_at, ${unixSeconds('item.edited_at')} as edited_at,
  list_filter([case when board = 'unknown' then 'board-unknown' end, case when filled(item.capcode) is not null then 'capcode-' || lower(item.capcode) end], lambda w: w is not null) as warnings
from (select *, ${isReply} as is_reply from post)`;

interface MaybePost {
  no?: unknown;
  resto?: unknown;
  com?: unknown;
  time?: unknown;
  posts?: unknown;
  threads?: unknown;
}

function isPost(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'no' in value && ('resto' in value || 'com' in value || 'tim' in value) && ('time' in value || 'now' in value);
}

function holdsPosts(value: unknown): boolean {
  if (isPost(value)) return true;
  const { posts, threads } = (value ?? {}) as MaybePost;
  if (Array.isArray(posts)) return posts.some(isPost);
  return Array.isArray(threads) && threads.some(holdsPosts);
}

/** Where posts lie in a document that begins like this one. */
function placesIn(document: unknown): string[] {
  if (!Array.isArray(document)) return ['posts[*]', 'threads[*].posts[*]'];
  const first = (document.find((member) => holdsPosts(member)) ?? {}) as MaybePost;
  if (Array.isArray(first.posts)) return ['[*].posts[*]'];
  const thread = Array.isArray(first.threads) ? '[*].threads[*]' : '[*]';
  return [thread, `${thread}.last_replies[*]`];
}

/** The record with null for every member of its lists that is no object, so that one odd member does not cost the thread. */
function withoutOddMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const lists = ['posts', 'threads', 'last_replies', 'extra_files'].filter((name) => name in value);
  const record = value as Record<string, unknown>;
  return {
    ...record,
    ...Object.fromEntries(
      lists.map((name) => [
        name,
        Array.isArray(record[name]) ? (record[name] as unknown[]).map(withoutOddMembers) : null,
      ]),
    ),
  };
}

/** Answers of the 4chan API (thread, catalog, board index) and dumps with one thread or post a line. */
export const fourchanApi: Importer = {
  id: 'fourchan-api',
  title: '4chan API JSON (thread, catalog, index; threads or posts as lines)',
  about:
    'Threads, catalogs and board indexes as the API of 4chan and of boards built like it gives them, whole or one thread or post a line; the board is taken from the folder 4chan/<board>/ or --board.',
  obtain: 'spillover collect fourchan, or save https://a.4cdn.org/BOARD/thread/NUMBER.json, in a folder 4chan/BOARD.',
  platforms: ['4chan', '8chan', '8kun'],
  sniff: (head: FileHead) => {
    const values = isOneDocument(head) ? [head.document].flat() : head.jsonLines.flat();
    return values.some(holdsPosts) ? 0.95 : 0;
  },
  container: (head: FileHead): Container =>
    isOneDocument(head) ? { kind: 'document', patterns: placesIn(head.document), columns } : { kind: 'lines', columns },
  posts,
  reshape: withoutOddMembers,
  markNotes: {
    'board-unknown':
      'The board is not written in such files, and neither the folder nor the file name tells it: ids begin with "unknown/". Take the file back (spillover source remove) and import it with --board.',
  },
};
