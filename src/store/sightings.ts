import type { Database } from './database.ts';

/**
 * Notes in `sighting` which further sources hold a post that another source brought, and where: so that a source can be removed
 * without the posts that others hold too. Before posts are replaced by their full record, the record that goes is noted.
 */
export async function noteReplaced(database: Database): Promise<void> {
  await database.run(`insert into sighting
    select post_key, source_key, embedded, line, place from post where post_key in (select post_key from fresh where is_upgrade)`);
}

/** Once the posts are written. */
export async function noteSightings(database: Database, sources: number): Promise<void> {
  const old = sources === 1 ? 'and not fresh.is_new and not fresh.is_upgrade' : '';
  await database.run(`insert into sighting
    with met as (
      select fresh.post_key, item.source_key, item.rid, item.place, item.embedded
      from item join fresh on fresh.platform = item.platform and fresh.post_id = item.post_id
      where item.problem is null and not item.update_only ${old}
    ), first_met as (
      select post_key, source_key, bool_and(embedded) as embedded, arg_min(rid, place) as rid from met group by all
    )
    select first_met.post_key, first_met.source_key, first_met.embedded, staged._line, staged._at
    from first_met join staged on staged.rowid = first_met.rid join post using (post_key)
    where post.source_key <> first_met.source_key
      and not exists (select 1 from sighting where sighting.post_key = first_met.post_key and sighting.source_key = first_met.source_key)`);
}
