import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Database } from '../store/database.ts';
import { migrations } from '../store/migrations.ts';
import { openCase } from './case.ts';
import { openCaseToRead } from './open-case-to-read.ts';

/** A case as the version before the last migrations left it: with one story, and without what they made. */
async function olderCase(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-older-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const database = await Database.open(join(directory, 'case.duckdb'));
  await database.run('create table schema_version (version integer not null, applied timestamp not null)');
  for (const [index, sql] of migrations.slice(0, -2).entries()) {
    await database.run(sql);
    await database.run('insert into schema_version values ($version, now()::timestamp)', { version: index + 1 });
  }
  await database.run(`insert into story values ('s', 'herring', null, null, now()::timestamp)`);
  database.close();
  return directory;
}

it('brings an older case up to date once, says so, and reads what was there', async () => {
  const directory = await olderCase();
  const notes: string[] = [];
  for (let times = 0; times < 2; times++) {
    const spilloverCase = await openCaseToRead(directory, (note) => notes.push(note));
    expect(spilloverCase.readOnly).toBe(true);
    expect(await spilloverCase.database.rows('select name, query from story')).toEqual([
      { name: 's', query: 'herring' },
    ]);
    expect(await spilloverCase.database.rows('select max(version) as n from schema_version')).toEqual([
      { n: migrations.length },
    ]);
    spilloverCase.close();
  }
  expect(notes).toEqual([expect.stringContaining('brought up to date')]);
});

it('leaves an older case as it is where it cannot be written, and says what to do', async () => {
  const directory = await olderCase();
  const before = readFileSync(join(directory, 'case.duckdb'));
  writeFileSync(join(directory, 'tmp'), 'in the way');
  await expect(openCaseToRead(directory, () => {})).rejects.toMatchObject({
    message: expect.stringContaining('older schema'),
    hint: expect.stringContaining('Copy the case'),
  });
  expect(before.equals(readFileSync(join(directory, 'case.duckdb')))).toBe(true);
});

it('still refuses where a reader must not change the case', async () => {
  await expect(openCase(await olderCase(), { readOnly: true })).rejects.toThrow(/older schema/);
});
