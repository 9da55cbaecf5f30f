import { boardCitations, boardPermalink, boardPostColumns, isReply, quotedNumbers } from './board-posts.ts';
import type { Container, FileHead, Importer } from './importer.ts';
import { isOneDocument } from './json-container.ts';

const postFields: Record<string, string> = {
  ...Object.fromEntries(
    [
      'no',
      'resto',
      'time',
      'name',
      'trip',
      'id',
      'extracted_poster_id',
      'capcode',
      'sub',
      'com',
      'md5',
      'replies',
      'board',
    ].map((name) => [name, 'varchar']),
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
with board_thread as (
  ${members('threads', `''`, 'record').replace('as item', 'as thread')}
), inside_thread as (
  select _row, _line, _at || '.' as prefix, thread.posts as posts, thread.last_replies as last_replies from board_thread
), item as (
  select _row, _line, _at, ${fieldsOf('line')} as item from record as line where posts is null and threads is null
  union all by name ${members('posts', `''`, 'record')}
  union all by name ${members('last_replies', `''`, 'record')}
  union all by name select _row, _line, _at, ${fieldsOf('thread')} as item from board_thread where thread.posts is null
  union all by name ${members('posts', 'prefix', 'inside_thread')}
  union all by name ${members('last_replies', 'prefix', 'inside_thread')}
), told as (
  select _row, _line, _at, coalesce($platform::varchar, '4chan') as platform,
    coalesce(filled(item.board), nullif(trim($board::varchar, '/ '), ''), 'unknown') as board,
    nullif(regexp_extract(trim(item.no), '^\\d+$'), '') as number, case when coalesce(filled(item.resto), '0') = '0' then filled(item.no) else filled(item.resto) end as thread,
    coalesce(filled(item.id), filled(item.extracted_poster_id)) as poster, item, html_text(item.com) as body
  from item
), post as (
  select *, list_filter(${quotedNumbers('body')}, lambda n: n <> number) as quoted from told
)
select _row, _line, _at, false as embedded,
  case when coalesce(item.no, item."time", item.com, item.resto) is null then 'not-a-post' when number is null then 'missing-id' when filled(item."time") is null then 'missing-time'
    when unix_time(item."time") is null then 'bad-time' end as problem,
  platform, ${boardPostColumns}, nullif(html_text(item.name), 'Anonymous') as name,
  unix_time(item."time") as time, 1000 as time_precision_ms,
  nullif(concat_ws(e'\\n', html_text(filled(item.sub)), filled(body)), '') as text, ${boardPermalink} as permalink,
  count_of(item.replies) as replies,
  distinct_in_order(list_concat(
    list_filter(list_transform(coalesce(html_outside_links(item.com), []), lambda u: case when u like '//%' then 'https:' || u else u end),
      lambda u: regexp_matches(u, '^(?i:https?)://')),
    coalesce(urls_in(body), []))) as urls,
  hashtags_in(body) as hashtags,
  some_list(list_concat([item.md5], coalesce(list_transform(item.extra_files, lambda f: f.md5), []))) as media,
  ${boardCitations('body', 'platform')} as cites,
  some_list([case when board = 'unknown' then 'board-unknown' end, case when filled(item.capcode) is not null then 'capcode-' || lower(item.capcode) end]) as warnings
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
  platforms: ['4chan', '8chan', '8kun'],
  sniff: (head: FileHead) => {
    const values = isOneDocument(head) ? [head.document].flat() : head.jsonLines.flat();
    return values.some(holdsPosts) ? 0.95 : 0;
  },
  container: (head: FileHead): Container =>
    isOneDocument(head)
      ? { kind: 'document', patterns: ['posts[]', 'threads[].posts[]', '[].threads[]', '[].posts[]', '[]'], columns }
      : { kind: 'lines', columns },
  posts,
  reshape: withoutOddMembers,
  notes: [
    'The board is not written in such files: it is taken from the folder or --board; without it ids begin with "unknown/" and posts carry the warning board-unknown.',
  ],
};
