import type { CitedPost } from '../analyses/trace/trace-result.ts';
import type { Case } from './case.ts';

/** Posts of the case by `platform/post_id`, in order of time; those that the case does not hold are left out. */
export async function citedPosts(spilloverCase: Case, posts: readonly string[]): Promise<CitedPost[]> {
  if (posts.length === 0) return [];
  return spilloverCase.database.rows<CitedPost>(
    `with wanted as (select distinct unnest(from_json($wanted, '["varchar"]')) as ref)
     select ref as post, post.platform, account.platform || '/' || account.account_id as account, account.handle, account.name,
       strftime(post.time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, coalesce(time_precision_ms, 1000) as precisionMs,
       coalesce(left(post.text, 1000), '') as text, permalink, source.file, post.line
     from wanted join post on post.platform = split_part(ref, '/', 1) and post.post_id = substr(ref, strpos(ref, '/') + 1)
       join source using (source_key) left join account on account.account_key = post.account_key
     where post.time is not null order by post.time, ref`,
    { wanted: JSON.stringify(posts) },
  );
}
