import type { Database } from './database.ts';
import { anyStaged } from './staging.ts';

/** Later snapshots of a post that is there may bring new counts, an edit time, a deletion and further artifacts; never a text. */
export async function updateDuplicates(database: Database): Promise<void> {
  await database.run(`create or replace temp table snapshot as
    select carrier.post_key, max(collected_at) as collected_at, arg_max(likes, carrier.place) as likes, arg_max(reshares, carrier.place) as reshares,
      arg_max(replies, carrier.place) as replies, arg_max(views, carrier.place) as views, max(edited_at) as edited_at, min(deleted_at) as deleted_at,
      list_distinct(flatten(list(coalesce(urls, [])))) as urls, list_distinct(flatten(list(coalesce(hashtags, [])))) as hashtags,
      list_distinct(flatten(list(coalesce(mentions, [])))) as mentions
    from carrier join staged on staged.rowid = carrier.rid where not main group by all`);
  if (await anyStaged(database, 'update_only'))
    await database.run(`insert into snapshot by name
      select post.post_key, staged.deleted_at, [] as urls, [] as hashtags, [] as mentions
      from staged join item on item.rid = staged.rowid
        join post on post.platform = item.platform and post.post_id = item.post_id
      where item.update_only and item.problem is null`);
  if ((await database.first<{ n: number }>('select count(*) as n from snapshot'))?.n === 0) return;
  await database.run(`create or replace temp table snapshot as
    select post_key, max(collected_at) as collected_at, max(likes) as likes, max(reshares) as reshares, max(replies) as replies,
      max(views) as views, max(edited_at) as edited_at, min(deleted_at) as deleted_at, flatten(list(urls)) as urls,
      flatten(list(hashtags)) as hashtags, flatten(list(mentions)) as mentions
    from snapshot group by post_key`);
  await database.run(`update post set
      likes = case when newer then coalesce(s.likes, post.likes) else post.likes end,
      reshares = case when newer then coalesce(s.reshares, post.reshares) else post.reshares end,
      replies = case when newer then coalesce(s.replies, post.replies) else post.replies end,
      views = case when newer then coalesce(s.views, post.views) else post.views end,
      collected_at = coalesce(post.collected_at, s.collected_at),
      edited_at = coalesce(s.edited_at, post.edited_at),
      deleted_at = coalesce(post.deleted_at, s.deleted_at),
      urls = union_of(post.urls, s.urls), hashtags = union_of(post.hashtags, s.hashtags), mentions = union_of(post.mentions, s.mentions)
    from (
      select snapshot.*, snapshot.collected_at is null or was.collected_at is null or snapshot.collected_at >= was.collected_at as newer
      from snapshot join post as was using (post_key)
    ) as s
    where s.post_key = post.post_key`);
}

/** A file that comes again with its zone gives the times that were not known the first time. */
export async function fillUnknownTimes(database: Database): Promise<void> {
  await database.run(`create or replace temp table late_time as
    select carrier.post_key, min(staged.time) as time, min(staged.time_precision_ms) as precision
    from carrier join staged on staged.rowid = carrier.rid join post on post.post_key = carrier.post_key
    where not main and post.time is null and staged.time is not null group by carrier.post_key`);
  if ((await database.first<{ n: number }>('select count(*) as n from late_time'))!.n > 0) await setLateTimes(database);
  await database.run('drop table late_time');
}

async function setLateTimes(database: Database): Promise<void> {
  await database.run(`update post set time = late_time.time, time_precision_ms = coalesce(late_time.precision, 1000),
      warnings = some_list(list_filter(warnings, lambda w: w <> 'zone-unknown'))
    from late_time where late_time.post_key = post.post_key`);
  await database.run('update share set time = late_time.time from late_time where late_time.post_key = share.post_key');
  await database.run(`update coverage set from_time = seen.from_time, to_time = seen.to_time
    from (
      select platform, source_key, min(time) as from_time, max(time) as to_time from post
      where source_key in (select source_key from post join late_time using (post_key)) group by all
    ) as seen
    where seen.platform = coverage.platform and seen.source_key = coverage.source_key and coverage.flag is null`);
}
