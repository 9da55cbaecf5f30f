import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../base/errors.ts';
import { readParquet, readParquetHead, withScratchDatabase } from './parquet-head.ts';
import { prepareParquet } from './prepare-parquet.ts';

let folder = '';
const at = (name: string) => join(folder, name);

async function write(name: string, select: string): Promise<string> {
  await withScratchDatabase((connection) =>
    connection.run(`copy (${select}) to '${at(name).replaceAll("'", "''")}' (format parquet)`),
  );
  return at(name);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-parquet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a flat file stays where it is, with columns, rows and hash', async () => {
  const file = await write('flat.parquet', `select i as "post id", 'text ' || i as text from range(1000) t(i)`);
  const steps: number[] = [];
  const prepared = await prepareParquet(file, { spoolDir: folder, onProgress: (done) => steps.push(done) });
  const content = readFileSync(file);
  expect(prepared).toEqual({
    path: file,
    spooled: false,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    records: 1000,
    faults: [],
    notes: [],
    columns: ['post id', 'text'],
  });
  expect(steps.at(-1)).toBe(content.length);
});

test('nested columns become JSON texts in a copy, in the order of the file', async () => {
  const file = await write(
    'nested.parquet',
    `select i, {'name': 'n' || i, 'of': ['a,b', null]} as who, ['x'] as tags from range(3) t(i)`,
  );
  const prepared = await prepareParquet(file, { spoolDir: folder });
  expect(prepared.spooled).toBe(true);
  expect(prepared.columns).toEqual(['i', 'who', 'tags']);
  const { rows } = await readParquetHead(prepared.path, 10);
  expect(rows.map((row) => row.i)).toEqual([0, 1, 2]);
  expect(rows[2]).toEqual({ i: 2, who: '{"name":"n2","of":["a,b",null]}', tags: '["x"]' });
});

test('an empty table and a name with pattern characters', async () => {
  const file = await write(`a[1]*'s.parquet`, 'select 1 as i where false');
  expect((await prepareParquet(file, { spoolDir: folder })).records).toBe(0);
  expect(readParquet('/x/a[1].parquet')).toBe(`read_parquet('/x/a[[]1].parquet')`);
});

test('what is no whole Parquet file is the user’s to mend', async () => {
  const file = await write('whole.parquet', 'select i from range(5000) t(i)');
  const content = readFileSync(file);
  writeFileSync(at('cut.parquet'), content.subarray(0, content.length - 20));
  writeFileSync(at('packed.parquet.gz'), gzipSync(content));
  writeFileSync(at('text.parquet'), 'PAR1 but not really');
  writeFileSync(at('empty.parquet'), '');
  for (const name of ['cut.parquet', 'packed.parquet.gz', 'text.parquet', 'empty.parquet', 'absent.parquet']) {
    await expect(prepareParquet(at(name), { spoolDir: folder }), name).rejects.toBeInstanceOf(UserError);
  }
});
