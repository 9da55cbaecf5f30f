import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { snowflakeTimeMs, snowflakeTimeSql } from './snowflake.ts';

const times: [id: string, ms: number | null][] = [
  ['860567142965575681', 1494010170104],
  ['860577607670276096', 1494012665084],
  ['29700000000', 1288834981738],
  ['29699999999', null],
  ['9223372036854775807', 3487858230208],
  ['9223372036854775808', null],
  ['99999999999999999999', null],
  ['8.605671e+17', null],
  ['1e18', null],
  ['-860567142965575681', null],
  [' 860567142965575681', null],
  ['0x860567142965575', null],
  ['٨٦٠٥٦٧١٤٢٩٦٥٥٧٥', null],
  ['abc', null],
  ['', null],
];

it.each(times)('%j holds %j', (id, ms) => {
  expect(snowflakeTimeMs(id)).toBe(ms);
});

it('is the same in DuckDB, for text, numbers and NULL', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const list = times.map(([id]) => `('${id}')`).join(',');
  const read = async (sql: string) => (await connection.runAndReadAll(sql)).getColumnsJS()[0] as (Date | null)[];
  const fromText = await read(`select ${snowflakeTimeSql('id')} from (values ${list}) as ids(id)`);
  expect(fromText.map((time) => time?.getTime() ?? null)).toEqual(times.map(([, ms]) => ms));
  const fromNumber = await read(
    `select ${snowflakeTimeSql('id')} from (values (860567142965575681::bigint), (null), (12)) as ids(id)`,
  );
  expect(fromNumber.map((time) => time?.getTime() ?? null)).toEqual([1494010170104, null, null]);
  connection.closeSync();
});
