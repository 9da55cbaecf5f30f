import { type Database, unordered } from './database.ts';
import { anyStaged } from './staging.ts';

/** Shortest normalised text, in characters, that can be an artifact: shorter ones ("lol") coincide by chance. */
export const shortestTextArtifact = 20;

/** Turns what the staged posts carry into artifacts (each distinct raw address and hashtag is brought to its form once) and shares. */
export async function writeArtifacts(database: Database): Promise<void> {
  await resolveUrls(database);
  await database.run(`create or replace temp table tag_value as
    select tag, hashtag_key(tag) as value from (
      select distinct unnest(staged.hashtags) as tag from carrier join staged on staged.rowid = carrier.rid where staged.hashtags is not null
    )`);
  await database.run(`create or replace temp table carried as
    with row_of as (
      select carrier.post_key, staged.urls, staged.media, staged.objects, staged.cites
      from carrier join staged on staged.rowid = carrier.rid
    )
    select distinct post_key, kind, value from (
      select post_key, 'thread' as kind, unnest(thread_values) as value
        from (select post_key, unnest(urls) as raw from row_of where urls is not null) join (from raw_url where thread_values is not null) using (raw)
      union all select post_key, 'media', unnest(media) from row_of where media is not null
      union all select post_key, 'object', unnest(objects) from row_of where objects is not null
      union all select post_key, 'thread', unnest(cites) from row_of where cites is not null
    ) where value is not null and value <> ''`);
  await database.run(`create or replace temp view text_carrier as
    select post.post_key, text_hash from post join fresh using (post_key)
    where (is_new or is_upgrade) and text_hash is not null and length(text) >= ${shortestTextArtifact}`);
  await database.run(`insert into artifact
    with met as (
      select kind, value, null as display from (select distinct kind, value from carried)
      union all select 'hashtag', value, min('#' || tag) from tag_value where value <> '' group by value
      union all select 'text', text_hash, null from (select distinct text_hash from text_carrier)
    )
    select (select coalesce(max(artifact_key), 0) from artifact) + row_number() over (order by kind, value), kind, value, display
    from met where not exists (select 1 from artifact where artifact.kind = met.kind and artifact.value = met.value)`);
  await unordered(database, () => shareArtifacts(database));
  await database.run(`insert into share
    select * from new_share where not exists (
      select 1 from share where share.post_key = new_share.post_key and share.artifact_key = new_share.artifact_key)
    order by artifact_key, time, post_key`);
  await keepRepeats(database);
  await database.run('drop table carried; drop view text_carrier; drop table tag_value; drop table new_share');
}

/** Makes `new_share` of what the posts carry. */
async function shareArtifacts(database: Database): Promise<void> {
  await database.run(`create or replace temp table new_share as
    with listed as (
      select carrier.post_key, staged.urls, staged.hashtags from carrier join staged on staged.rowid = carrier.rid
      where staged.urls is not null or staged.hashtags is not null
    ), tag_key as (
      select tag, artifact_key from tag_value join artifact on artifact.kind = 'hashtag' and artifact.value = tag_value.value
    ), listed_key as (
      select post_key, artifact_key from (select post_key, unnest(hashtags) as tag from listed) join tag_key using (tag)
      union all
      select post_key, unnest([url_key, domain_key]) from (select post_key, unnest(urls) as raw from listed) join raw_url using (raw)
    ), key_of as (
      select distinct post_key, artifact_key from listed_key where artifact_key is not null
      union all select post_key, artifact_key from carried join artifact using (kind, value)
      union all select post_key, artifact_key from text_carrier join artifact on kind = 'text' and value = text_hash
    )
    select key_of.post_key, key_of.artifact_key, post.account_key, post.time from key_of join post using (post_key)`);
}

/**
 * A table of shares may give the same row twice, and tools that count rows count both: each further row for an object of a new post is
 * kept in `repeated_share`. The same file again adds none, because its posts are not new.
 */
async function keepRepeats(database: Database): Promise<void> {
  if (!(await anyStaged(database, 'objects is not null'))) return;
  await database.run(`insert into repeated_share
    with row_of as (
      select fresh.post_key, unnest(staged.objects) as value
      from carrier join staged on staged.rowid = carrier.rid join fresh on fresh.post_key = carrier.post_key
      where fresh.is_new and staged.objects is not null
    ), repeat as (
      select post_key, value, count(*) as copies from row_of group by all having count(*) > 1
    )
    select post_key, unnest(list_transform(range(1, copies), lambda copy: artifact_key)) as artifact_key
    from repeat join artifact on artifact.kind = 'object' and artifact.value = repeat.value`);
}

async function resolveUrls(database: Database): Promise<void> {
  await database.run(`create or replace temp table new_raw as
    with met as (
      select distinct unnest(staged.urls) as raw from carrier join staged on staged.rowid = carrier.rid where staged.urls is not null
    )
    select raw, url_parts(raw) as parts from met where not exists (select 1 from raw_url where raw_url.raw = met.raw)`);
  await database.run(`insert into artifact
    with part as (
      select 'url' as kind, parts[1] as value, raw as display from new_raw where parts is not null
      union all select 'domain', parts[2], null from new_raw where parts[2] <> ''
    )
    select (select coalesce(max(artifact_key), 0) from artifact) + row_number() over (order by kind, value), kind, value, min(display)
    from part where not exists (select 1 from artifact where artifact.kind = part.kind and artifact.value = part.value)
    group by kind, value`);
  await database.run(`insert into raw_url
    select raw, address.artifact_key, domain.artifact_key, some_list(parts[3:])
    from new_raw
      join artifact as address on address.kind = 'url' and address.value = parts[1]
      left join artifact as domain on domain.kind = 'domain' and domain.value = parts[2]`);
  await database.run('drop table new_raw');
}
