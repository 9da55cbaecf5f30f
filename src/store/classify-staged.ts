import type { Database } from './database.ts';
import { anyStaged, inPart } from './staging.ts';

const latestTime = '2100-01-01';

/** Embedded posts yield to full records: they come after all of those of their file. */
const afterFullRecords = '1000000000000000000';

/**
 * Decides what becomes of each staged row: a problem, the record that a post is taken from, or a duplicate.
 * `platform` stands in where a file names none. Makes the temporary tables `item` (every row), `fresh` (every post that was
 * met, with its key) and `carrier` (rows whose artifacts the post carries).
 *
 * A post's record is its first full one, else the first embedded one (of two in one record the one inside the post that refers to it); its key is given in the order of the sources, so that
 * files read together and files read one by one come out alike.
 */
export async function classifyStaged(database: Database, platform: string, sources: number): Promise<void> {
  const parts = sources > 1 ? inPart('staged._row') : 'cross join part';
  await database.run(
    `create or replace temp table item as
    select staged.rowid as rid, coalesce(embedded, false) as embedded, part.source_key,
      _row * 1000000 + case when _at is null then 0 else coalesce(try_cast(regexp_extract(_at, '\\[(\\d+)\\]$', 1) as bigint), 0) + case when starts_with(_at, 'includes.') then 500000 else 0 end end
        + case when embedded then ${afterFullRecords} else 0 end as place, coalesce(update_only, false) as update_only,
      coalesce(staged.platform, $platform) as platform, post_id,
      case
        when problem is not null then problem
        when post_id is null or ltrim(post_id) = '' then 'missing-id'
        when coalesce(update_only, false) then null
        when time is null and time_local is null then 'bad-time'
        when time < timestamp '1970-01-01' or time >= timestamp '${latestTime}' then 'bad-time'
      end as problem
    from staged ${parts}`,
    { platform },
  );
  await database.run(winners(sources));
  await database.run(`create or replace temp table fresh as
    with met as (
      select winner.*, post.post_key as old_key, post.embedded as old_embedded
      from winner left join post on post.platform = winner.platform and post.post_id = winner.post_id
    )
    select platform, post_id, rid, embedded, source_key, first_source, first_embedded, old_key is null as is_new,
      old_key is not null and old_embedded and not embedded as is_upgrade,
      coalesce(old_key, (select coalesce(max(post_key), 0) from post)
        + row_number() over (partition by old_key is null order by first_source, place, platform, post_id))::integer as post_key
    from met`);
  await database.run(`create or replace temp table carrier as
    select item.rid, item.place, fresh.post_key, item.rid = fresh.rid and (fresh.is_new or fresh.is_upgrade) as main, fresh.is_new or fresh.is_upgrade as added
    from item join fresh on fresh.platform = item.platform and fresh.post_id = item.post_id
    where item.problem is null and not item.update_only and (not item.embedded or (item.rid = fresh.rid and fresh.is_new))`);
}

/** One row a post: its record with the source that has it, and the source in which it was first met, there with its `place`. */
function winners(sources: number): string {
  if (sources === 1)
    return `create or replace temp table winner as
    select platform, post_id, arg_min(rid, place) as rid, min(place) as place, bool_and(embedded) as embedded,
      any_value(source_key) as source_key, any_value(source_key) as first_source, bool_and(embedded) as first_embedded
    from item where problem is null and not update_only group by all`;
  return `create or replace temp table winner as
    with in_source as (
      select platform, post_id, source_key, arg_min(rid, place) as rid, min(place) as place, bool_and(embedded) as embedded
      from item where problem is null and not update_only group by all
    )
    select platform, post_id, arg_min(rid, place) as rid, arg_min(place, source_key) as place, bool_and(embedded) as embedded,
      arg_min(source_key, place) as source_key, min(source_key) as first_source, arg_min(embedded, source_key) as first_embedded
    from in_source group by all`;
}

/** Updates of posts that are neither in the case nor in a source up to their own are problems. */
export async function markUnknownUpdates(database: Database): Promise<void> {
  if (!(await anyStaged(database, 'update_only'))) return;
  await database.run(`update item set problem = 'unknown-post'
    where update_only and problem is null and not exists (
      select 1 from post left join fresh using (post_key)
      where post.platform = item.platform and post.post_id = item.post_id
        and (fresh.is_new is null or not fresh.is_new or fresh.first_source <= item.source_key))`);
}
