import { expect, test } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { csvLine } from '../../src/exports/csv.ts';
import { csvLines } from '../../src/store/csv-lines.ts';
import { Database } from '../../src/store/database.ts';

const pieces = [...'=+-@\uff1d\uff20"\',;|\t\r\n aZ07e.é\u202e\\%/', '\u{1f600}'];

function hostileTexts(count: number): string[] {
  const random = new Random(7);
  return Array.from({ length: count }, () =>
    Array.from(
      { length: Math.floor(9 * random.uniform()) },
      () => pieces[Math.floor(pieces.length * random.uniform())],
    ).join(''),
  );
}

/** A text of digits that a spreadsheet would round, cut or strip of its zeros gets an apostrophe in front. */
const csvId = (text: string) => (/^(?:\d{12,}|0\d+|\d+(?:\.\d+)?[eE]\d+)$/.test(text) ? `'${text}` : text);

test('lines made in the database are the lines that csvLine makes', async () => {
  const texts = [
    ...hostileTexts(5000),
    '861001234567890123',
    '007',
    '1e5',
    '12.5E3',
    '42',
    'anna',
    '12345678901\n',
    '\n=1',
  ];
  const database = await Database.open(':memory:');
  await database.run('create table cell (row integer, text varchar)');
  const appender = await database.connection.createAppender('cell', 'main');
  for (const [row, text] of texts.entries()) {
    appender.appendInteger(row);
    appender.appendVarchar(text);
    appender.endRow();
  }
  appender.closeSync();
  const columns = [
    { name: 'row', sql: 'row', kind: 'number' },
    { name: 'text', sql: 'text', kind: 'text' },
    { name: 'id', sql: 'text', kind: 'id' },
    { name: 'nothing', sql: 'null::varchar', kind: 'text' },
    { name: 'whole', sql: '12345678901234::bigint', kind: 'number' },
    { name: 'flag', sql: 'row = 0', kind: 'text' },
  ] as const;
  const lines: string[] = [];
  for await (const some of csvLines(database, columns, { before: '', from: 'from cell order by row' }))
    lines.push(...some);
  database.close();
  expect(lines.slice(5000, 5006).map((line) => line.split(',')[2])).toEqual([
    "'861001234567890123",
    "'007",
    "'1e5",
    "'12.5E3",
    '42',
    'anna',
  ]);
  expect(lines).toEqual(texts.map((text, row) => csvLine([row, text, csvId(text), null, 12345678901234, row === 0])));
});
