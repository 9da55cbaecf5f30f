import { countRemoved } from './case-revision.ts';
import type { Database } from './database.ts';

/** What goes with sources, and what stays of what they brought. */
export interface Removal {
  posts: number;
  embedded: number;
  shares: number;
  problems: number;
  accounts: number;
  artifacts: number;
  /** Posts that a source which stays holds too: they stay, as the removed source told them, and count for that source. */
  kept: number;
  /** Keys of the sources that hold those. */
  keptBy: number[];
}

/** Thrown to undo a removal that was only tried. */
class OnlyTried extends Error {}

/** Takes sources and what only they brought out of the case, as one transaction. With `tryOnly` nothing is changed. */
export async function removeSources(database: Database, keys: readonly number[], tryOnly: boolean): Promise<Removal> {
  let removal: Removal | null = null;
  try {
    await database.transaction(async () => {
      removal = await remove(database, keys);
      if (tryOnly) throw new OnlyTried();
    });
  } catch (error) {
    if (!(error instanceof OnlyTried)) throw error;
  }
  return removal!;
}

async function remove(database: Database, keys: readonly number[]): Promise<Removal> {
  const list = `(select unnest(from_json('[${keys.map(Math.trunc).join(',')}]', '["integer"]')))`;
  const count = async (sql: string) => (await database.first<{ n: number }>(`select count(*) as n from ${sql}`))!.n;
  await database.run(`delete from sighting where source_key in ${list}`);
  await database.run(`create or replace temp table heir as
    select post_key, post.source_key as was, arg_min(sighting, (sighting.embedded, sighting.source_key)) as record
    from post join sighting using (post_key) where post.source_key in ${list} group by all`);
  await database.run(`create or replace temp table gone as
    select post_key, account_key, embedded from post where source_key in ${list} and post_key not in (select post_key from heir)`);
  const removal = {
    posts: await count('gone where not embedded'),
    embedded: await count('gone where embedded'),
    shares: await count('share where post_key in (select post_key from gone)'),
    problems: await count(`problem where source_key in ${list}`),
    kept: await count('heir'),
    keptBy: (
      await database.rows<{ key: number }>('select distinct record.source_key as key from heir order by key')
    ).map(({ key }) => key),
  };
  await passOn(database);
  for (const table of ['share', 'repeated_share', 'post'])
    await database.run(`delete from ${table} where post_key in (select post_key from gone)`);
  for (const table of ['problem', 'coverage', 'source'])
    await database.run(`delete from ${table} where source_key in ${list}`);
  await recomputeCoverage(database);
  const accounts = await removeAccounts(database, list);
  const artifacts = await removeArtifacts(database);
  await countRemoved(database, keys);
  await database.run('drop table heir; drop table gone');
  return { ...removal, accounts, artifacts };
}

/** A kept post becomes a post of the source that holds it too: there it was a duplicate, or only embedded. */
async function passOn(database: Database): Promise<void> {
  await database.run(`update post set source_key = record.source_key, line = record.line, place = record.place, embedded = record.embedded
    from heir where heir.post_key = post.post_key`);
  await database.run(`update source set posts_added = posts_added + n, duplicates = duplicates - n
    from (select record.source_key as key, count(*) as n from heir where not record.embedded group by all) as passed
    where passed.key = source.source_key`);
  await database.run(`update source set embedded = source.embedded + n
    from (select record.source_key as key, count(*) as n from heir where record.embedded and record.source_key > was group by all) as passed
    where passed.key = source.source_key`);
  await database.run(`delete from sighting using heir
    where sighting.post_key = heir.post_key and sighting.source_key = heir.record.source_key`);
}

async function recomputeCoverage(database: Database): Promise<void> {
  const heirs = '(select distinct record.source_key from heir)';
  await database.run(`delete from coverage where flag is null and source_key in ${heirs}`);
  await database.run(`insert into coverage by name
    select platform, source_key, min(time) as from_time, max(time) as to_time, count(*) as posts
    from post where source_key in ${heirs} group by platform, source_key order by source_key, platform`);
}

/** Accounts that the sources were the first to name go where no post is left of them. */
async function removeAccounts(database: Database, list: string): Promise<number> {
  await database.run(`create or replace temp table idle_account as
    select account_key from account where first_source_key in ${list}
      and not exists (select 1 from post where post.account_key = account.account_key)`);
  const { n } = (await database.first<{ n: number }>('select count(*) as n from idle_account'))!;
  await database.run('delete from account where account_key in (select account_key from idle_account)');
  await database.run(`update account set first_source_key = held.source_key
    from (select account_key, min(source_key) as source_key from post group by all) as held
    where held.account_key = account.account_key and account.first_source_key in ${list}`);
  await database.run('drop table idle_account');
  return n;
}

async function removeArtifacts(database: Database): Promise<number> {
  const before = (await database.first<{ n: number }>('select count(*) as n from artifact'))!.n;
  await database.run(
    'delete from artifact where artifact_key not in (select artifact_key from share where artifact_key is not null)',
  );
  await database.run(`delete from raw_url where url_key not in (select artifact_key from artifact)
    or (domain_key is not null and domain_key not in (select artifact_key from artifact))`);
  return before - (await database.first<{ n: number }>('select count(*) as n from artifact'))!.n;
}
