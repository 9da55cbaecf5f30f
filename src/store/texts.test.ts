import { expect, it } from 'vitest';
import { Database } from './database.ts';

it('gives texts in the order of their keys, over blocks, and also where one is missing or holds the separator', async () => {
  const database = await Database.open(':memory:');
  await database.run(
    `create table named as select (9999 - i)::integer as key, 'n' || (9999 - i) as text from range(10000) as t(i)`,
  );
  const sql = 'select key, text from named';
  const expected: (string | null)[] = Array.from({ length: 10_000 }, (_, key) => `n${key}`);
  expect(await database.texts(sql)).toEqual(expected);
  await database.run(`update named set text = 'a' || chr(31) || 'b' where key = 5`);
  await database.run('update named set text = null where key = 6000');
  expected[5] = 'a\x1fb';
  expected[6000] = null;
  expect(await database.texts(sql)).toEqual(expected);
  database.close();
});
