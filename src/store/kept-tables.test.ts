import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { KeptTables } from './kept-tables.ts';
import { closeCaseDatabase, openCaseDatabase } from './open-case-database.ts';

const directory = mkdtempSync(join(tmpdir(), 'spillover-kept-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function opened<T>(readOnly: boolean, work: (database: Database, tables: KeptTables) => Promise<T>): Promise<T> {
  const database = await openCaseDatabase(directory, { readOnly });
  try {
    return await work(database, await KeptTables.open(database, readOnly));
  } finally {
    closeCaseDatabase(database, directory, readOnly);
  }
}

let made = 0;
const make = async () => {
  made++;
  return { sql: `select range::integer as n from range(${10 * made})`, note: { made } };
};
const count = (database: Database, tables: KeptTables) =>
  tables.use(database, 'numbers', { of: "it's" }, make, async ({ name, note }) => {
    const row = await database.first<{ n: number }>(`select count(*) as n from ${name}`);
    return [row!.n, note.made];
  });
const names = (database: Database) =>
  database.rows<{ name: string }>(`select table_name as name from duckdb_tables() where schema_name = 'kept'`);
const addSource = (database: Database) =>
  database.run(
    `insert into source select coalesce(max(source_key), 0) + 1, 'f', 'f', 's', 0, 'x', '{}', now()::timestamp, now()::timestamp, 0, 0, 0, 0, 0, [], 'v' from source`,
  );

it('keeps a table over connections and openings until posts come, and drops the old one then', async () => {
  await opened(false, async (database, tables) => {
    const [one, other] = await Promise.all([database.connect(), database.connect()]);
    expect(await Promise.all([count(one, tables), count(other, tables)])).toEqual([
      [10, 1],
      [10, 1],
    ]);
    for (const reader of [one, other]) reader.close();
  });
  expect(made).toBe(1);
  expect(await opened(true, count)).toEqual([10, 1]);
  await opened(false, async (database, tables) => {
    expect(await count(database, tables)).toEqual([10, 1]);
    await addSource(database);
    expect(await count(database, tables)).toEqual([10, 1]);
    tables.forget();
    expect(await count(database, tables)).toEqual([20, 2]);
    expect((await names(database)).length).toBe(1);
    await addSource(database);
  });
  expect(await opened(true, count)).toEqual([30, 3]);
  expect(await opened(true, count)).toEqual([40, 4]);
});

it('finds what another holder made meanwhile, and tells of a table that cannot be made', async () => {
  await opened(false, async (database, tables) => {
    const other = await KeptTables.open(database, false);
    expect(await count(database, other)).toEqual([50, 5]);
    expect(await count(database, tables)).toEqual([50, 5]);
    const broken = () =>
      tables.use(
        database,
        'broken',
        1,
        async () => ({ sql: 'select nothing', note: {} }),
        async () => 1,
      );
    await expect(broken()).rejects.toThrow(/nothing/);
    expect((await names(database)).length).toBe(1);
  });
});
