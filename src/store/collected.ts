import { type Database, fileLiteral } from './database.ts';

export interface CollectedCoverage {
  collection: string;
  platform: string;
  scope: string;
  covers: 'platform' | 'part';
  spans: readonly { from: number; to: number; posts: number }[];
  gaps: readonly { from: number; to: number; cause: string; missed: number | null; flag: string }[];
}

/** Days for which a deletion waits for a post that comes after it, out of order. */
const deletionWaitDays = 2;

/**
 * Replaces what the case knows of the coverage of one collection. The spans of its single segments (sources whose path lies below
 * `directory`) give way to it.
 */
export async function writeCollectedCoverage(
  database: Database,
  coverage: CollectedCoverage,
  directory: string,
): Promise<void> {
  const { collection, platform, scope, covers, spans, gaps } = coverage;
  const flag = covers === 'platform' ? 'collected' : 'collected-part';
  const rows = [
    ...spans.map(({ from, to, posts }) => ({ from, to, posts, missed: null, flag, cause: null })),
    ...gaps.map(({ from, to, missed, flag: kind, cause }) => ({ from, to, posts: 0, missed, flag: kind, cause })),
  ].map((row) => ({ ...row, from: Math.floor(row.from), to: Math.ceil(row.to) }));
  await database.transaction(async () => {
    await database.run('delete from coverage where collection = $collection', { collection });
    await database.run(
      `delete from coverage where flag is null and source_key in (select source_key from source where starts_with(path, $below))`,
      { below: `${directory}/` },
    );
    await database.run(
      `insert into coverage by name
      select $platform as platform, make_timestamp(row."from" * 1000) as from_time, make_timestamp(row."to" * 1000) as to_time,
        row.posts as posts, row.missed as missed, row.flag as flag, $collection as collection, $scope as scope, row.cause as cause
      from (select unnest(from_json($rows, '[{"from":"bigint","to":"bigint","posts":"bigint","missed":"bigint","flag":"varchar","cause":"varchar"}]')) as row)`,
      { platform, collection, scope, rows: JSON.stringify(rows) },
    );
  });
}

/**
 * Marks the posts that a file of deletions names, and keeps those whose post is not there yet for two days. With `forget`, text,
 * links and shares of the deleted posts go; the bare post stays, so that it does not come back.
 * Returns how many posts were marked.
 */
export async function applyDeletions(
  database: Database,
  platform: string,
  file: string | null,
  forget: boolean,
): Promise<number> {
  return database.transaction(async () => {
    if (file !== null) {
      await database.run(
        `insert into deletion
        select distinct $platform, post_id, account_id, make_timestamp(time * 1000)
        from read_ndjson(${fileLiteral(file)}, columns = {'post_id': 'varchar', 'account_id': 'varchar', 'time': 'bigint'})`,
        { platform },
      );
    }
    await database.run(`create or replace temp table gone as
      select post_key, min(deletion.time) as time from deletion
        join post on post.platform = deletion.platform and post.post_id = deletion.post_id group by post_key`);
    await database.run(`insert into gone
      select post_key, min(deletion.time) from deletion
        join account on account.platform = deletion.platform and account.account_id = deletion.account_id
        join post on post.account_key = account.account_key and (post.time is null or post.time <= deletion.time)
      where not exists (select 1 from gone where gone.post_key = post.post_key) group by post_key`);
    const marked = (await database.first<{ n: number }>('select count(*) as n from gone'))!.n;
    if (marked > 0) {
      await database.run(`update post set deleted_at = coalesce(post.deleted_at, gone.time) from gone
        where gone.post_key = post.post_key and (post.deleted_at is null or ${forget})`);
      if (forget) await forgetGone(database);
    }
    await database.run(`delete from deletion where account_id is not null or exists (
      select 1 from post where post.platform = deletion.platform and post.post_id = deletion.post_id)`);
    await database.run(
      `delete from deletion where time < (select max(time) from deletion) - interval ${deletionWaitDays} day`,
    );
    await database.run('drop table gone');
    return marked;
  });
}

async function forgetGone(database: Database): Promise<void> {
  await database.run(`delete from share where post_key in (select post_key from gone)`);
  await database.run(`delete from repeated_share where post_key in (select post_key from gone)`);
  await database.run(`update post set text = null, text_hash = null, urls = null, hashtags = null, mentions = null, permalink = null,
      parent_handle = null, lang = null, warnings = some_list(distinct_in_order(list_concat(coalesce(warnings, []::varchar[]), ['forgotten'])))
    where post_key in (select post_key from gone)`);
}
