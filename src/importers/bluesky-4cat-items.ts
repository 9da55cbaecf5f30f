import { blueskyViewPosts, reasonType, viewAuthor, viewType } from './bluesky-view-sql.ts';
import type { FileHead, Importer } from './importer.ts';

const columns: Record<string, string> = {
  uri: 'varchar',
  author: 'struct(did varchar, handle varchar, display_name varchar, created_at varchar)',
  record: 'json',
  embed: 'json',
  reply_count: 'bigint',
  repost_count: 'bigint',
  like_count: 'bigint',
  quote_count: 'bigint',
  indexed_at: 'varchar',
  '4CAT_metadata': 'struct(collected_at varchar, mentions struct(did varchar, handle varchar)[])',
};

/** Names that the Python library of Bluesky writes, and those of the network. A name before a colon is never part of a text: there its quotes are escaped. */
const networkNames: Readonly<Record<string, string>> = {
  py_type: '$type',
  link: '$link',
  created_at: 'createdAt',
  display_name: 'displayName',
  indexed_at: 'indexedAt',
  reply_count: 'replyCount',
  repost_count: 'repostCount',
  like_count: 'likeCount',
  quote_count: 'quoteCount',
};
const asNetwork = (json: string) =>
  Object.entries(networkNames).reduce(
    (sql, [python, network]) => `regexp_replace(${sql}, '"${python}"\\s*:', '"${network}":', 'g')`,
    `${json}::varchar`,
  );

const author = `{'did': author.did, 'handle': author.handle, 'displayName': author.display_name, 'createdAt': author.created_at,
  'description': null, 'followersCount': null, 'followsCount': null, 'postsCount': null}::${viewAuthor}`;

const told = `told as (
  select _row, _line, _at, null::${reasonType} as reason, {'root': null::json, 'parent': null::json} as reply, false as is_repost,
    try_cast(json_object('uri', uri, 'author', ${author}, 'record', try_cast(${asNetwork('record')} as json), 'embed', try_cast(${asNetwork('embed')} as json),
      'replyCount', reply_count, 'repostCount', repost_count, 'likeCount', like_count, 'quoteCount', quote_count, 'indexedAt', indexed_at) as ${viewType}) as v
  from record
)`;

const posts = `
with mapped as (
  ${blueskyViewPosts(told)}
), collection as (
  select _row, unix_time("4CAT_metadata".collected_at) as seen_by_tool from record
)
select mapped.*, case when not embedded then seen_by_tool end as collected_at from mapped left join collection using (_row)`;

const accounts = `
select _row, 'bluesky' as platform, author.did as account_id, nullif(author.handle, 'handle.invalid') as handle, given(author.display_name) as name,
  iso_time(author.created_at) as created_at, coalesce(unix_time("4CAT_metadata".collected_at), iso_time(indexed_at)) as seen_at
from record where author.did is not null
union all by name
select _row, 'bluesky' as platform, m.did as account_id, m.handle as handle, seen as seen_at
from (select _row, unnest("4CAT_metadata".mentions) as m, unix_time("4CAT_metadata".collected_at) as seen from record)
where m.did is not null and contains(m.handle, '.')`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isPythonView(line: unknown): boolean {
  if (!isObject(line) || typeof line.uri !== 'string' || !line.uri.startsWith('at://') || !isObject(line.record))
    return false;
  return '4CAT_metadata' in line || ('created_at' in line.record && 'indexed_at' in line);
}

/** Post views as 4CAT stores them: the objects of Bluesky's Python library, with what 4CAT adds. */
export const bluesky4catItems: Importer = {
  id: 'bluesky-4cat-items',
  title: '4CAT NDJSON of Bluesky',
  about:
    'One post a line with the names that the Python library atproto writes (created_at, py_type); quoted posts become embedded posts, the time of collection is 4CAT’s.',
  obtain: '4CAT: data source Bluesky, download the data set as NDJSON.',
  platforms: ['bluesky'],
  sniff: (head: FileHead) => (head.jsonLines.some(isPythonView) ? 0.97 : 0),
  container: () => ({ kind: 'lines', columns }),
  posts,
  accounts,
  notes: ['4CAT collects posts by search or profile: reposts are not in the file.'],
};
