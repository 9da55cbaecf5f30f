import { noPostReasons } from '../domain/problem-reasons.ts';
import { classifyStaged, markUnknownUpdates } from './classify-staged.ts';
import { type Database, unordered } from './database.ts';
import { linkReshares } from './link-reshares.ts';
import { noteReplaced, noteSightings } from './sightings.ts';
import { anyStaged } from './staging.ts';
import { fillUnknownTimes, updateDuplicates } from './update-duplicates.ts';
import { writeAccounts } from './write-accounts.ts';
import { writeArtifacts } from './write-artifacts.ts';
import { neverPost, type ProblemEntry, writeProblems } from './write-problems.ts';

export interface ImportCounts {
  recordsRead: number;
  postsAdded: number;
  duplicates: number;
  problems: number;
  /** Of the problems, records that never were posts. */
  notPosts: number;
  embedded: number;
}

export interface SourceEntry {
  /** As `part` names it. */
  key: number;
  file: string;
  path: string;
  sha256: string;
  bytes: number;
  format: string;
  options: string;
  started: Date;
  notes: string[];
  softwareVersion: string;
  /** Records that never became staged rows. */
  faults: readonly ProblemEntry[];
}

async function writePosts(database: Database): Promise<void> {
  await noteReplaced(database);
  await database.run(`delete from share where post_key in (select post_key from fresh where is_upgrade)`);
  await database.run(`delete from post where post_key in (select post_key from fresh where is_upgrade)`);
  await database.run(
    `insert into post by name
    with chosen as (
      select fresh.post_key, fresh.platform, fresh.post_id, fresh.embedded, fresh.source_key, staged.* exclude (platform, post_id, embedded),
        case when fresh.platform = 'x' and staged.time_precision_ms > 1 then snowflake_time(fresh.post_id) end as id_time
      from fresh join staged on staged.rowid = fresh.rid
      where is_new or is_upgrade
    ), timed as (
      select * replace (some_list(urls) as urls, some_list(hashtags) as hashtags, some_list(mentions) as mentions), id_time >= time - interval 1 second and id_time < time + to_milliseconds(time_precision_ms) + interval 1 second as id_agrees
      from chosen
    ), fingerprint as materialized (
      select text, left(md5(nullif(normalised_text(text), '')), 16) as text_hash
      from (select distinct staged.text from fresh join staged on staged.rowid = fresh.rid where (is_new or is_upgrade) and staged.text is not null)
    )
    select post_key, timed.platform, post_id, account_key,
      case when id_agrees then id_time else time end as time,
      case when id_agrees then 1 else coalesce(time_precision_ms, 1000) end as time_precision_ms,
      time_local, coalesce(kind, 'original') as kind, parent_id, parent_handle, root_id, other_parents, timed.text, text_hash,
      lang, permalink, reach, likes, reshares, replies, views,
      distinct_in_order(urls) as urls, distinct_in_order(hashtags) as hashtags, distinct_in_order(mentions) as mentions,
      collected_at, edited_at, deleted_at,
      case when id_time is not null and not id_agrees then some_list(list_append(coalesce(warnings, []::varchar[]), 'time-conflict')) else some_list(warnings) end as warnings,
      embedded, source_key, _line as line, _at as place
    from timed left join fingerprint on fingerprint.text = timed.text left join account
      on account.platform = timed.platform and account.account_id = coalesce(timed.account_id, timed.handle)`,
  );
}

/** A post that a source carried inside another record counts for it although a later source brought the full record. */
async function writeCoverage(database: Database): Promise<void> {
  await database.run(`insert into coverage by name
    with seen as (
      select platform, source_key, time from post where source_key in (select source_key from part)
      union all
      select post.platform, fresh.first_source, post.time from fresh join post using (post_key)
      where fresh.is_new and fresh.first_source <> fresh.source_key
    )
    select platform, source_key, min(time) as from_time, max(time) as to_time, count(*) as posts
    from seen group by platform, source_key order by source_key, platform`);
  if (await anyStaged(database, 'missed is not null'))
    await database.run(`insert into coverage by name
    select item.platform, item.source_key, time as from_time, time as to_time, 0 as posts, missed, 'limit-notice' as flag
    from staged join item on item.rid = staged.rowid where missed is not null`);
}

/**
 * Writes one staged import of one or several sources into the case as one transaction: all of it is there afterwards or nothing.
 * `samples` gives the raw text of staged rows that are problems. Returns the counts of each source, in their order.
 */
export async function mergeStaged(
  database: Database,
  sources: readonly SourceEntry[],
  options: {
    platform: string;
    samples: (rows: { row: number; line: number | null }[]) => Promise<Map<number, string>>;
    onStep: (step: string) => void;
    /** Called before anything is kept; throws to undo it all. */
    check: (counts: readonly ImportCounts[]) => void;
  },
): Promise<ImportCounts[]> {
  await database.run(
    `create or replace temp macro union_of(a, b) as some_list(distinct_in_order(list_concat(coalesce(a, []::varchar[]), coalesce(b, []::varchar[]))))`,
  );
  return database.transaction(async () => {
    options.onStep('comparing with the case');
    await classifyStaged(database, options.platform, sources.length);
    options.onStep('accounts');
    await writeAccounts(database);
    options.onStep('posts');
    await unordered(database, () => writePosts(database));
    await noteSightings(database, sources.length);
    options.onStep('artifacts and shares');
    await writeArtifacts(database);
    await markUnknownUpdates(database);
    await fillUnknownTimes(database);
    await updateDuplicates(database);
    await linkReshares(database);
    await writeCoverage(database);
    const counts = await countSources(database, sources);
    options.check(counts);
    await writeProblems(database, new Map(sources.map(({ key, faults }) => [key, faults])), options.samples);
    await writeSources(database, sources, counts);
    await database.run(
      'drop table staged; drop table staged_account; drop table part; drop table item; drop table winner; drop table fresh; drop table carrier; drop table snapshot',
    );
    return counts;
  });
}

async function writeSources(
  database: Database,
  sources: readonly SourceEntry[],
  counts: readonly ImportCounts[],
): Promise<void> {
  const entries = sources.map((source, index) => ({
    source_key: source.key,
    file: source.file,
    path: source.path,
    sha256: source.sha256,
    bytes: source.bytes,
    format: source.format,
    options: source.options,
    started: source.started.toISOString().replace('Z', ''),
    records_read: counts[index]!.recordsRead,
    posts_added: counts[index]!.postsAdded,
    duplicates: counts[index]!.duplicates,
    problems: counts[index]!.problems,
    embedded: counts[index]!.embedded,
    notes: source.notes,
    software_version: source.softwareVersion,
  }));
  await database.run(
    `insert into source by name
    with entry as (
      select unnest(from_json($entries, '[{"source_key":"integer","file":"varchar","path":"varchar","sha256":"varchar","bytes":"bigint",
        "format":"varchar","options":"varchar","started":"timestamp","records_read":"bigint","posts_added":"bigint","duplicates":"bigint",
        "problems":"bigint","embedded":"bigint","notes":["varchar"],"software_version":"varchar"}]'), recursive := true)
    )
    select *, now()::timestamp as finished from entry order by source_key`,
    { entries: JSON.stringify(entries) },
  );
}

async function countSources(database: Database, sources: readonly SourceEntry[]): Promise<ImportCounts[]> {
  const counted = await database.rows<{
    key: number;
    records: number;
    problems: number;
    no_posts: number;
    posts: number;
    embedded: number;
  }>(`
    with row_count as (
      select source_key, count(*) filter (not embedded) as records, count(*) filter (not embedded and problem is not null) as problems,
        count(*) filter (not embedded and ${neverPost('problem')}) as no_posts
      from item group by all
    ), full_count as (
      select source_key, count(*) as posts from fresh where not embedded and (is_new or is_upgrade) group by all
    ), embedded_count as (
      select first_source as source_key, count(*) as embedded from fresh where first_embedded and is_new group by all
    )
    select part.source_key as key, coalesce(records, 0) as records, coalesce(problems, 0) as problems, coalesce(no_posts, 0) as no_posts,
      coalesce(posts, 0) as posts, coalesce(embedded, 0) as embedded
    from part left join row_count using (source_key) left join full_count using (source_key) left join embedded_count using (source_key)`);
  const byKey = new Map(counted.map((count) => [count.key, count]));
  return sources.map(({ key, faults }) => {
    const { records, problems, no_posts: noPosts, posts, embedded } = byKey.get(key)!;
    return {
      recordsRead: records + faults.length,
      postsAdded: posts,
      duplicates: records - problems - posts,
      problems: problems + faults.length,
      notPosts: noPosts + faults.filter(({ reason }) => noPostReasons.includes(reason)).length,
      embedded,
    };
  });
}
