import type { Case } from '../../src/case/case.ts';

/** Everything in a case that must not depend on how its files came in: in one go, one by one, or after a kill. */
export async function caseContent({ database }: Case): Promise<Record<string, unknown>> {
  const rows = (sql: string) => database.rows(sql);
  return {
    sources: await rows(
      'select source_key, file, sha256, format, records_read, posts_added, duplicates, problems, embedded from source order by source_key',
    ),
    posts: await rows(
      `select post_key, md5(concat_ws('|', post.platform, post_id, account_key, account_id, time, post.kind, parent_id, text, text_hash, likes, urls, hashtags,
        deleted_at, embedded, post.source_key, line, place)) as digest
      from post left join account using (account_key) order by post_key`,
    ),
    accounts: await rows(
      'select account_key, platform, account_id, handle, name, followers, seen_at::varchar as seen from account order by account_key',
    ),
    shares: await rows(
      `select md5(string_agg(concat_ws('|', post_key, kind, value, time), ' ' order by post_key, kind, value)) as digest, count(*) as n
      from share join artifact using (artifact_key)`,
    ),
    problems: await rows('select source_key, line, place, reason, detail, sample from problem order by all'),
    coverage: await rows(
      'select platform, source_key, from_time::varchar as f, to_time::varchar as t, posts from coverage order by all',
    ),
  };
}
