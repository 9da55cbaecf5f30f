import type { Database } from '../../store/database.ts';
import type { CitedPost } from './trace-result.ts';

/** Names and words of posts, looked up only for those that a result cites. */
export interface PostNames {
  /** `platform/post_id` of a story post by index. */
  post: (index: number) => string;
  /** `platform/account_id` of an account by its index; null for none. */
  account: (index: number) => string | null;
  handle: (index: number) => string | null;
  displayName: (index: number) => string | null;
  cited: CitedPost[];
}

/** Reads the names of the given posts (indices of `trace_post`) and of every account of `trace_account`. */
export async function namePosts(database: Database, indices: Iterable<number>): Promise<PostNames> {
  const wanted = [...new Set(indices)].sort((a, b) => a - b);
  const rows = await database.rows<CitedPost & { i: number }>(
    `select i, trace_post.platform || '/' || trace_post.post_id as post, trace_post.platform, account.platform || '/' || account.account_id as account,
       account.handle, account.name, strftime(post.time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, trace_post.precision as precisionMs,
       coalesce(left(post.text, 1000), '') as text, permalink, source.file, post.line
     from trace_post join post using (post_key) join source using (source_key)
       left join account on account.account_key = post.account_key
     where i in (select unnest($wanted::bigint[])) order by i`,
    { wanted: `[${wanted.join(',')}]` },
  );
  const names = new Map(rows.map((row) => [row.i, row.post]));
  const [ids = [], handles = [], display = []] = await database.columns(
    `select account.platform || '/' || account_id, handle, name from trace_account join account using (account_key) order by a`,
  );
  return {
    post: (index) => names.get(index) ?? '',
    account: (index) => (ids[index] as string | undefined) ?? null,
    handle: (index) => (handles[index] as string | null | undefined) ?? null,
    displayName: (index) => (display[index] as string | null | undefined) ?? null,
    cited: rows.map(({ i: _, ...rest }) => rest),
  };
}
