import type { Database } from './database.ts';

const settingName = 'removed-sources';

interface Removed {
  /** The highest key that a removed source had: keys are never given twice. */
  highestKey: number;
  sources: number;
}

async function removedSources(database: Database): Promise<Removed> {
  const row = await database.first<{ value: string }>('select value from setting where name = $name', {
    name: settingName,
  });
  return row ? (JSON.parse(row.value) as Removed) : { highestKey: 0, sources: 0 };
}

/** The key of the next source. */
export async function nextSourceKey(database: Database): Promise<number> {
  const row = (await database.first<{ key: number }>('select coalesce(max(source_key), 0) as key from source'))!;
  return Math.max(row.key, (await removedSources(database)).highestKey) + 1;
}

/** Revision of the case: grows with every source that is added or removed. Results are stored with it. */
export async function caseRevision(database: Database): Promise<number> {
  return (await nextSourceKey(database)) - 1 + (await removedSources(database)).sources;
}

/** Notes that sources are going; within the transaction that removes them. */
export async function countRemoved(database: Database, keys: readonly number[]): Promise<void> {
  const before = await removedSources(database);
  const value: Removed = {
    highestKey: Math.max(before.highestKey, ...keys),
    sources: before.sources + keys.length,
  };
  await database.run('delete from setting where name = $name', { name: settingName });
  await database.run('insert into setting values ($name, $value)', { name: settingName, value: JSON.stringify(value) });
}
