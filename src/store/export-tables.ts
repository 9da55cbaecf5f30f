import { QueryError, UserError } from '../base/errors.ts';
import { type Database, fileLiteral } from './database.ts';

export interface TableSelect {
  table: string;
  sql: string;
}

/** Tables that an export may hold; with a mask not all of them leave the case. */
export const exportedTables = [
  'source',
  'problem',
  'account',
  'post',
  'artifact',
  'share',
  'raw_url',
  'story',
  'coverage',
  'text_cluster',
  'result',
] as const;

/** Platforms whose posts have no author that a mask could hide. */
const boards = `('4chan', '8chan', '8kun', 'endchan')`;

/**
 * One SELECT for each table of a case, of all rows or of those that belong to the posts of `story_post`. With `masked` (after
 * `loadMaskFunctions`) ids, handles, names and texts are masked, and columns that cannot be masked are NULL: addresses and mentions
 * of posts (the artifacts keep the addresses), samples of problems, paths, places; results are left out. The table `setting` never
 * leaves the case: it holds the key of the mask.
 */
export function tableSelects(options: { story: boolean; masked: boolean }): TableSelect[] {
  const { story, masked } = options;
  const posts = story ? 'post semi join story_post using (post_key)' : 'post';
  const artifacts = story
    ? 'artifact where artifact_key in (select artifact_key from share semi join story_post using (post_key))'
    : 'artifact';
  const accounts = story
    ? 'account where account_key in (select account_key from post semi join story_post using (post_key))'
    : 'account';
  const shares = story ? 'share semi join story_post using (post_key)' : 'share';
  const clusters = story
    ? 'text_cluster where text_hash in (select text_hash from post semi join story_post using (post_key))'
    : 'text_cluster';
  const urls = story
    ? 'raw_url where url_key in (select artifact_key from share semi join story_post using (post_key))'
    : 'raw_url';
  const plain = [
    { table: 'source', sql: 'select * from source order by source_key' },
    { table: 'problem', sql: 'select * from problem' },
    { table: 'account', sql: `select * from ${accounts} order by account_key` },
    { table: 'post', sql: `select post.* from ${posts} order by post_key` },
    { table: 'artifact', sql: `select * from ${artifacts} order by artifact_key` },
    { table: 'share', sql: `select share.* from ${shares} order by artifact_key, time, post_key` },
    { table: 'raw_url', sql: `select * from ${urls} order by url_key, raw` },
    { table: 'story', sql: 'select * from story order by name' },
    { table: 'coverage', sql: 'select * from coverage' },
    { table: 'text_cluster', sql: `select * from ${clusters} order by text_hash` },
  ];
  if (!masked) return [...plain, { table: 'result', sql: 'select * from result order by story, analysis' }];
  const replaced: Record<string, string> = {
    source: `select * replace (mask_text(file) as file, '' as path, []::varchar[] as notes) from source order by source_key`,
    problem: 'select * replace (null::varchar as detail, null::varchar as sample, null::varchar as place) from problem',
    account: `select account_key, platform, mask_account.shown_id as account_id, mask_account.shown_handle as handle,
        case when is_open then name end as name, created_at, followers, following, posts, likes_given, listed, verified,
        default_profile, default_image, case when is_open then mask_text(description) end as description, seen_at
      from (select * from ${accounts}) join mask_account using (account_key) order by account_key`,
    post: `with chosen as (select post.* from ${posts}),
      shown as (
        select chosen.*, coalesce(own.is_open, chosen.platform in ${boards}) as is_open,
          coalesce(of_parent.is_open, chosen.platform in ${boards}) as parent_open,
          coalesce(of_root.is_open, chosen.platform in ${boards}) as root_open
        from chosen left join mask_account as own on own.account_key = chosen.account_key
          left join post as parent on parent.platform = chosen.platform and parent.post_id = chosen.parent_id
          left join mask_account as of_parent on of_parent.account_key = parent.account_key
          left join post as root on root.platform = chosen.platform and root.post_id = chosen.root_id
          left join mask_account as of_root on of_root.account_key = root.account_key
      )
      select * exclude (is_open, parent_open, root_open) replace (
        case when is_open then post_id else 'post-' || mask_code(post_id) end as post_id,
        case when parent_open then parent_id else 'post-' || mask_code(parent_id) end as parent_id,
        case when root_open then root_id else 'post-' || mask_code(root_id) end as root_id,
        substr(mask_text('@' || parent_handle), 2) as parent_handle, null as other_parents, mask_text(text) as text,
        mask_code(text_hash) as text_hash, case when is_open then permalink end as permalink,
        null::varchar[] as urls, null::varchar[] as hashtags, null::varchar[] as mentions,
        case when is_open then line end as line, case when is_open then place end as place
      ) from shown order by post_key`,
    artifact: `with chosen as (select * from ${artifacts}),
      reshared as (
        select chosen.artifact_key, coalesce(mask_account.is_open, post.platform in ${boards}) as is_open
        from chosen left join post on chosen.value = post.platform || '/' || post.post_id left join mask_account using (account_key)
        where chosen.kind = 'reshared'
      )
      select artifact_key, kind, case
          when kind in ('thread', 'media') then value
          when kind = 'text' then mask_code(value)
          when kind <> 'reshared' then mask_text(value)
          when is_open then value
          else split_part(value, '/', 1) || '/post-' || mask_code(substr(value, strpos(value, '/') + 1)) end as value,
        case when kind in ('thread', 'media') then display when kind in ('reshared', 'text') then null else mask_text(display) end as display
      from chosen left join reshared using (artifact_key) order by artifact_key`,
    raw_url: `select mask_text(raw) as raw, url_key, domain_key, thread_values from ${urls} order by url_key`,
    story: 'select * replace (mask_text(query) as query) from story order by name',
    text_cluster: `select mask_code(text_hash) as text_hash, mask_code(cluster_hash) as cluster_hash from ${clusters} order by 1`,
  };
  return plain.map(({ table, sql }) => ({ table, sql: replaced[table] ?? sql }));
}

/**
 * Writes a SELECT as a Parquet file with zstd compression and returns the number of rows.
 * @throws UserError where the file cannot be written.
 */
export async function copyToParquet(database: Database, sql: string, file: string): Promise<number> {
  try {
    const [row] = await database.rows<{ Count: number }>(
      `copy (${sql}) to ${fileLiteral(file)} (format parquet, compression zstd)`,
    );
    return row?.Count ?? 0;
  } catch (error) {
    if (!(error instanceof QueryError) || !error.message.startsWith('IO Error')) throw error;
    throw new UserError(`${file} cannot be written: ${error.message}`, 'Name another file or folder.', {
      cause: error,
    });
  }
}
