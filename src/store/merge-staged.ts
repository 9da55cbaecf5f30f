import { type Database, unordered } from './database.ts';
import { linkReshares } from './link-reshares.ts';
import { writeAccounts } from './write-accounts.ts';
import { writeArtifacts } from './write-artifacts.ts';

export interface ImportCounts {
  recordsRead: number;
  postsAdded: number;
  duplicates: number;
  problems: number;
  embedded: number;
}

export interface SourceEntry {
  file: string;
  path: string;
  sha256: string;
  bytes: number;
  format: string;
  options: string;
  started: Date;
  notes: string[];
  softwareVersion: string;
}

export interface ProblemEntry {
  line: number | null;
  place: string | null;
  reason: string;
  detail: string;
  sample: string;
}

const latestTime = '2100-01-01';

/**
 * Decides what becomes of each staged row: a problem, the record that a post is taken from, or a duplicate.
 * `platform` stands in where a file names none.
 */
async function classify(database: Database, platform: string): Promise<void> {
  await database.run(
    `create or replace temp table item as
    select rowid as rid, coalesce(embedded, false) as embedded,
      _row * 1000000 + case when _at is null then 0 else coalesce(try_cast(regexp_extract(_at, '\\[(\\d+)\\]$', 1) as bigint), 0) end as place, coalesce(update_only, false) as update_only,
      coalesce(staged.platform, $platform) as platform, post_id,
      case
        when problem is not null then problem
        when post_id is null or trim(post_id) = '' then 'missing-id'
        when coalesce(update_only, false) then null
        when time is null and time_local is null then 'bad-time'
        when time < timestamp '1970-01-01' or time >= timestamp '${latestTime}' then 'bad-time'
      end as problem
    from staged`,
    { platform },
  );
  await database.run(`create or replace temp table winner as
    select platform, post_id, arg_min(rid, case when embedded then place + 1000000000000000000 else place end) as rid,
      min(case when embedded then place + 1000000000000000000 else place end) as place, bool_and(embedded) as embedded
    from item where problem is null and not update_only group by all`);
  await database.run(`create or replace temp table fresh as
    with met as (
      select winner.*, post.post_key as old_key, post.embedded as old_embedded
      from winner left join post on post.platform = winner.platform and post.post_id = winner.post_id
    )
    select platform, post_id, rid, embedded, old_key is null as is_new,
      old_key is not null and old_embedded and not embedded as is_upgrade,
      coalesce(old_key, (select coalesce(max(post_key), 0) from post)
        + row_number() over (partition by old_key is null order by place, platform, post_id))::integer as post_key
    from met`);
  await database.run(`create or replace temp table carrier as
    select item.rid, fresh.post_key, item.rid = fresh.rid and (fresh.is_new or fresh.is_upgrade) as main, fresh.is_new or fresh.is_upgrade as added
    from item join fresh on fresh.platform = item.platform and fresh.post_id = item.post_id
    where item.problem is null and not item.update_only and (not item.embedded or (item.rid = fresh.rid and fresh.is_new))`);
}

async function writePosts(database: Database, sourceKey: number): Promise<void> {
  await database.run(`delete from share where post_key in (select post_key from fresh where is_upgrade)`);
  await database.run(`delete from post where post_key in (select post_key from fresh where is_upgrade)`);
  await database.run(
    `insert into post by name
    with chosen as (
      select fresh.post_key, fresh.platform, fresh.post_id, fresh.embedded, staged.* exclude (platform, post_id, embedded),
        case when fresh.platform = 'x' and staged.time_precision_ms > 1 then snowflake_time(fresh.post_id) end as id_time
      from fresh join staged on staged.rowid = fresh.rid
      where is_new or is_upgrade
    ), timed as (
      select *, id_time >= time - interval 1 second and id_time < time + to_milliseconds(time_precision_ms) + interval 1 second as id_agrees
      from chosen
    )
    select post_key, timed.platform, post_id, account_key,
      case when id_agrees then id_time else time end as time,
      case when id_agrees then 1 else coalesce(time_precision_ms, 1000) end as time_precision_ms,
      time_local, coalesce(kind, 'original') as kind, parent_id, parent_handle, root_id, other_parents, text,
      left(md5(nullif(normalised_text(text), '')), 16) as text_hash,
      lang, permalink, reach, likes, reshares, replies, views,
      distinct_in_order(some_list(urls)) as urls, distinct_in_order(some_list(hashtags)) as hashtags, distinct_in_order(some_list(mentions)) as mentions,
      collected_at, edited_at, deleted_at,
      some_list(list_concat(coalesce(warnings, []::varchar[]), case when id_time is not null and not id_agrees then ['time-conflict'] else []::varchar[] end)) as warnings,
      embedded, $source as source_key, _line as line, _at as place
    from timed left join account
      on account.platform = timed.platform and account.account_id = coalesce(timed.account_id, timed.handle)`,
    { source: sourceKey },
  );
}

/** Later snapshots of a post that is there may bring new counts, an edit time, a deletion and further artifacts; never a text. */
async function updateDuplicates(database: Database): Promise<void> {
  await database.run(`create or replace temp table snapshot as
    select carrier.post_key, max(collected_at) as collected_at, arg_max(likes, rid) as likes, arg_max(reshares, rid) as reshares,
      arg_max(replies, rid) as replies, arg_max(views, rid) as views, max(edited_at) as edited_at, min(deleted_at) as deleted_at,
      list_distinct(flatten(list(coalesce(urls, [])))) as urls, list_distinct(flatten(list(coalesce(hashtags, [])))) as hashtags,
      list_distinct(flatten(list(coalesce(mentions, [])))) as mentions
    from carrier join staged on staged.rowid = carrier.rid where not main group by all`);
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
async function fillUnknownTimes(database: Database): Promise<void> {
  await database.run(`create or replace temp table late_time as
    select carrier.post_key, min(staged.time) as time, min(staged.time_precision_ms) as precision
    from carrier join staged on staged.rowid = carrier.rid join post on post.post_key = carrier.post_key
    where not main and post.time is null and staged.time is not null group by carrier.post_key`);
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
  await database.run('drop table late_time');
}

async function markUnknownUpdates(database: Database): Promise<void> {
  await database.run(`update item set problem = 'unknown-post'
    where update_only and problem is null and not exists (
      select 1 from post where post.platform = item.platform and post.post_id = item.post_id)`);
}

async function writeCoverage(database: Database, sourceKey: number): Promise<void> {
  await database.run(
    `insert into coverage by name
    select platform, $source as source_key, min(time) as from_time, max(time) as to_time, count(*) as posts
    from post where source_key = $source group by platform`,
    { source: sourceKey },
  );
  await database.run(
    `insert into coverage by name
    select item.platform, $source as source_key, time as from_time, time as to_time, 0 as posts, missed, 'limit-notice' as flag
    from staged join item on item.rid = staged.rowid where missed is not null`,
    { source: sourceKey },
  );
}

/**
 * Writes one staged import into the case as one transaction: either the whole source is there afterwards or nothing of it.
 * `samples` gives the raw text of staged rows that are problems; `faults` are records that never became staged rows.
 */
export async function mergeStaged(
  database: Database,
  source: SourceEntry,
  faults: readonly ProblemEntry[],
  options: {
    platform: string;
    samples: (rows: { row: number; line: number | null }[]) => Promise<Map<number, string>>;
    onStep: (step: string) => void;
    /** Called before anything is kept; throws to undo it all. */
    check: (counts: ImportCounts) => void;
  },
): Promise<ImportCounts> {
  await database.run(
    `create or replace temp macro union_of(a, b) as some_list(distinct_in_order(list_concat(coalesce(a, []::varchar[]), coalesce(b, []::varchar[]))))`,
  );
  return database.transaction(async () => {
    options.onStep('comparing with the case');
    await classify(database, options.platform);
    const key = (await database.first<{ k: number }>('select coalesce(max(source_key), 0) + 1 as k from source'))!.k;
    options.onStep('accounts');
    await writeAccounts(database);
    options.onStep('posts');
    await unordered(database, () => writePosts(database, key));
    options.onStep('artifacts and shares');
    await writeArtifacts(database);
    await markUnknownUpdates(database);
    await fillUnknownTimes(database);
    await updateDuplicates(database);
    await linkReshares(database);
    await writeCoverage(database, key);
    const counts = await count(database, faults.length);
    options.check(counts);
    await writeProblems(database, key, faults, options.samples);
    await database.run(
      `insert into source values ($key, $file, $path, $sha256, $bytes, $format, $options, $started::timestamp, now()::timestamp,
        $recordsRead, $postsAdded, $duplicates, $problems, $embedded, from_json($notes, '["varchar"]'), $version)`,
      {
        key,
        file: source.file,
        path: source.path,
        sha256: source.sha256,
        bytes: BigInt(source.bytes),
        format: source.format,
        options: source.options,
        started: source.started.toISOString().replace('Z', ''),
        notes: JSON.stringify(source.notes),
        version: source.softwareVersion,
        ...counts,
      },
    );
    await database.run(
      'drop table staged; drop table staged_account; drop table item; drop table winner; drop table fresh; drop table carrier; drop table snapshot',
    );
    return counts;
  });
}

async function count(database: Database, faults: number): Promise<ImportCounts> {
  const n = (await database.first<{ records: number; problems: number; updates: number }>(`
    select count(*) filter (not embedded) as records, count(*) filter (not embedded and problem is not null) as problems,
      count(*) filter (update_only and problem is null) as updates from item`))!;
  const added = (await database.first<{ posts: number; embedded: number }>(`
    select count(*) filter (not embedded and (is_new or is_upgrade)) as posts, count(*) filter (embedded and is_new) as embedded from fresh`))!;
  return {
    recordsRead: n.records + faults,
    postsAdded: added.posts,
    duplicates: n.records - n.problems - added.posts,
    problems: n.problems + faults,
    embedded: added.embedded,
  };
}

async function writeProblems(
  database: Database,
  sourceKey: number,
  faults: readonly ProblemEntry[],
  samples: (rows: { row: number; line: number | null }[]) => Promise<Map<number, string>>,
): Promise<void> {
  const found = await database.rows<{
    row: number;
    line: number | null;
    place: string | null;
    reason: string;
    detail: string | null;
  }>(`
    select _row as row, _line as line, _at as place, item.problem as reason, staged.detail
    from item join staged on staged.rowid = item.rid where item.problem is not null and not item.embedded order by _row`);
  const texts = await samples(found);
  const appender = await database.connection.createAppender('problem');
  const append = (problem: ProblemEntry) => {
    appender.appendInteger(sourceKey);
    if (problem.line === null) appender.appendNull();
    else appender.appendBigInt(BigInt(problem.line));
    for (const text of [problem.place, problem.reason, problem.detail, problem.sample]) {
      if (text === null) appender.appendNull();
      else appender.appendVarchar(text);
    }
    appender.endRow();
  };
  for (const fault of faults) append(fault);
  for (const row of found)
    append({
      ...row,
      detail: row.detail ?? describe(row.reason),
      sample: (texts.get(row.row) ?? '').slice(0, 500).toWellFormed(),
    });
  appender.closeSync();
}

const descriptions: Record<string, string> = {
  'missing-id': 'the record has no post id',
  'bad-time': 'the record has no time, or one that cannot be read',
  'unknown-post': 'a change or deletion of a post that is not in the case',
  'not-a-post': 'the record is not a post',
};

function describe(reason: string): string {
  return descriptions[reason] ?? reason;
}
