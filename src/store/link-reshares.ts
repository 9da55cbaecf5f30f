import type { Database } from './database.ts';

/**
 * Finds the reshared post where a file names only its author ("RT @x: …"): the earliest post of that author with the same
 * fingerprint. Until it is found, reshares of one author and text share a derived identity `platform/@author:fingerprint`.
 */
export async function linkReshares(database: Database): Promise<void> {
  await database.run(`create or replace temp table linked as
    select reshare.post_key, arg_min(original.post_id, original.time) as parent_id
    from post as reshare
      join post as original on original.platform = reshare.platform and original.text_hash = reshare.text_hash and original.kind <> 'reshare'
      join account on account.account_key = original.account_key and lower(account.handle) = lower(reshare.parent_handle)
    where reshare.kind = 'reshare' and reshare.parent_id is null and reshare.parent_handle is not null
    group by all`);
  await database.run(`update post set parent_id = linked.parent_id from linked where linked.post_key = post.post_key`);
  await database.run(`delete from share where post_key in (select post_key from linked)
    and artifact_key in (select artifact_key from artifact where kind = 'reshared')`);
  await database.run(`create or replace temp table reshared as
    select post_key, account_key, time,
      platform || '/' || coalesce(parent_id, '@' || lower(parent_handle) || ':' || text_hash) as value
    from post where kind = 'reshare' and (post_key in (select post_key from fresh where is_new or is_upgrade) or post_key in (select post_key from linked))`);
  await database.run(`insert into artifact
    select (select coalesce(max(artifact_key), 0) from artifact) + row_number() over (order by value), 'reshared', value, null
    from (select distinct value from reshared where value is not null) as r
    where not exists (select 1 from artifact where artifact.kind = 'reshared' and artifact.value = r.value)`);
  await database.run(`insert into share
    select post_key, artifact_key, account_key, time
    from reshared join artifact on artifact.kind = 'reshared' and artifact.value = reshared.value
    order by artifact_key, time, post_key`);
  await database.run('drop table linked; drop table reshared');
}
