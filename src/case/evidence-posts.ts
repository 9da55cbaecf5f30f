import type { EvidencePost } from '../reports/analysis-report.ts';
import type { Case } from './case.ts';

/** Posts by `platform/post_id` with their words and where they stand in which file, in the order asked; those not in the case are left out. */
export async function evidencePosts(spilloverCase: Case, wanted: readonly string[]): Promise<EvidencePost[]> {
  if (wanted.length === 0) return [];
  const rows = await spilloverCase.database.rows<EvidencePost>(
    `with wanted as (select unnest(from_json($wanted, '["VARCHAR"]')) as name)
     select post.platform || '/' || post.post_id as post, post.platform, coalesce(handle, account_id) as author,
       strftime(post.time, '%Y-%m-%d %H:%M:%S UTC') as time, coalesce(left(text, 1000), '') as text, permalink, source.file, post.line
     from post join source using (source_key) left join account using (account_key)
     where post.platform || '/' || post.post_id in (select name from wanted)`,
    { wanted: JSON.stringify(wanted) },
  );
  const byName = new Map(rows.map((row) => [row.post, row]));
  return wanted.flatMap((name) => byName.get(name) ?? []);
}
