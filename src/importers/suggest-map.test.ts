import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importedCase } from '../../test/support/imported-case.ts';
import { UserError } from '../base/errors.ts';
import { withScratchDatabase } from '../spool/parquet-head.ts';
import { loadColumnMap } from './column-map.ts';
import type { ColumnMap } from './column-map-schema.ts';
import { suggestMap } from './suggest-map.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-suggest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The suggestion, written out and read back as the user would, imports the file without a problem. */
async function tried(
  map: ColumnMap,
  file: string,
): Promise<{ posts: number; problems: number; timed: number; urls: number }> {
  const importer = await loadColumnMap(write('suggested.json', JSON.stringify(map, null, 2)), file);
  const { spilloverCase, report, remove } = await importedCase([file], { mapped: importer });
  try {
    expect(report.failed).toEqual([]);
    const counts = await spilloverCase.database.first<{ timed: number; urls: number }>(
      'select count(time) as timed, coalesce(sum(len(urls)), 0)::integer as urls from post',
    );
    return {
      posts: report.totals.postsAdded,
      problems: report.totals.problems,
      timed: counts!.timed,
      urls: counts!.urls,
    };
  } finally {
    remove();
  }
}

const words = [
  'Am Ufer liegt ein Boot',
  'Die Rampe ist gesperrt',
  'Heute wird gefeiert am Steg',
  'Wer hat den Plan gesehen',
];

test('German CSV with two counts, a link column and a clock without a zone', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, i) =>
      `${5000 + i};nutzer_${i % 7};${String((i % 27) + 1).padStart(2, '0')}.03.2021 10:${10 + i};${words[i % 4]} https://example.org/${i};${i % 3 ? '' : 5000 + i - 1};${i * 3};${i};https://example.com/a${i}|https://example.net/b`,
  );
  const file = write(
    'beitraege.csv',
    `Beitrags-ID;Nutzername;Veröffentlicht am;Inhalt;Antwort auf;Gefällt mir;Kommentare;Verweise\n${rows.join('\n')}\n`,
  );
  const map = await suggestMap(file);
  expect(map).toMatchObject({
    post_id: 'Beitrags-ID',
    handle: 'Nutzername',
    time: { column: 'Veröffentlicht am', format: '%d.%m.%Y %H:%M' },
    text: 'Inhalt',
    parent_id: 'Antwort auf',
    counts: { likes: 'Gefällt mir', replies: 'Kommentare' },
    urls: [{ column: 'Verweise', split: '|' }, 'from text'],
    hashtags: 'from text',
  });
  for (const field of ['post_id', 'time', 'text', 'urls', 'platform'])
    expect(map._why?.[field], field).toMatch(/\w{3}/);
  expect(map._why?.zone).toContain('zone');
  expect(await tried(map, file)).toEqual({ posts: 30, problems: 0, timed: 0, urls: 90 });
  expect(
    await tried(
      { ...map, time: { column: 'Veröffentlicht am', format: '%d.%m.%Y %H:%M', zone: 'Europe/Berlin' } },
      file,
    ),
  ).toMatchObject({ timed: 30 });
});

test('nested NDJSON with a kind and addresses of one site', async () => {
  const lines = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({
      data: {
        id: String(1370000000000000000n + BigInt(i)),
        created_at: `2021-03-14T09:${10 + i}:00Z`,
        type: i % 2 ? 'RT' : 'post',
      },
      user: { id: i % 5, screen_name: `synth_${i % 5}`, followers_count: 12 },
      full_text: `Some longer text number ${i} with words`,
      permalink: `https://twitter.com/synth_${i % 5}/status/${1370000000000000000n + BigInt(i)}`,
      links: [`https://example.org/${i}`],
    }),
  );
  const file = write('nested.ndjson', lines.join('\n'));
  const map = await suggestMap(file);
  expect(map).toMatchObject({
    platform: 'x',
    post_id: 'data.id',
    account_id: 'user.id',
    handle: 'user.screen_name',
    time: { column: 'data.created_at', format: 'iso' },
    text: 'full_text',
    kind: { column: 'data.type', values: { rt: 'reshare' }, otherwise: 'original' },
    permalink: 'permalink',
    urls: 'links',
    counts: { reach: 'user.followers_count' },
  });
  expect(await tried(map, file)).toEqual({ posts: 20, problems: 0, timed: 20, urls: 20 });
});

test('Spanish CSV with unix times and no id', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, i) => `autor${i % 4},${1616317200 + i * 60},"El puente abre hoy, dicen ${i}"`,
  );
  const file = write('mensajes.csv', `Autor,Fecha,Mensaje\n${rows.join('\n')}\n`);
  const map = await suggestMap(file);
  expect(map).toMatchObject({ handle: 'Autor', time: { column: 'Fecha', format: 'unix' }, text: 'Mensaje' });
  expect(map.post_id).toBeUndefined();
  expect(map._why?.post_id).toContain('derived');
  expect(await tried(map, file)).toMatchObject({ posts: 12, problems: 0, timed: 12 });
});

test('a day-first date that could be month-first is said to be doubtful', async () => {
  const file = write('dates.csv', 'id,date,text\n1,03/04/2021,one two three\n2,05/06/2021,four five six\n');
  const map = await suggestMap(file);
  expect(map.time).toEqual({ column: 'date', format: '%d/%m/%Y' });
  expect(map._why?.time).toContain('other way round');
  const sure = await suggestMap(
    write('us.csv', 'id,date,text\n1,03/14/2021 10:15,one two three\n2,05/26/2021 11:00,four five six\n'),
  );
  expect(sure.time).toEqual({ column: 'date', format: '%m/%d/%Y %H:%M' });
});

test('a JSON document and a Parquet file', async () => {
  const items = Array.from({ length: 5 }, (_, i) => ({
    uuid: `m-${i}`,
    sent: `2021-03-14T09:0${i}:00+01:00`,
    sender: `s${i}`,
    message: `words and words ${i}`,
  }));
  const document = write('export.json', JSON.stringify({ about: 'invented', chat: { messages: items } }, null, 1));
  const map = await suggestMap(document);
  expect(map).toMatchObject({
    records: 'chat.messages[]',
    post_id: 'uuid',
    time: { column: 'sent', format: 'iso' },
    handle: 'sender',
    text: 'message',
  });
  const parquet = join(folder, 'table.parquet');
  await withScratchDatabase((connection) =>
    connection.run(
      `copy (select 'p' || i as post_id, timestamptz '2021-03-14 09:00:00+00' + to_seconds(i) as created_at, 'a text of words ' || i as text from range(10) t(i)) to '${parquet}' (format parquet)`,
    ),
  );
  const flat = await suggestMap(parquet);
  expect(flat).toMatchObject({ post_id: 'post_id', time: { column: 'created_at', format: 'iso' }, text: 'text' });
  expect(await tried(flat, parquet)).toMatchObject({ posts: 10, problems: 0, timed: 10 });
});

test('no time, no table, nothing', async () => {
  const map = await suggestMap(write('untimed.csv', 'id,text\n1,hello there you\n2,and you again\n'));
  expect(map.time).toBe('FILL IN');
  expect(map._why?.time).toContain('no column looks like a time');
  await expect(suggestMap(write('empty.csv', ''))).rejects.toBeInstanceOf(UserError);
  await expect(
    suggestMap(write('prose.txt', 'Just a line of prose without a table.\nAnd another one.\n')),
  ).rejects.toBeInstanceOf(UserError);
});

test('finds a time that some rows lack or spoil, and records that one line wraps', async () => {
  const spoiled = write(
    'spoiled.csv',
    'Message;Poster;When\nHello;alice;14/03/2021 09:00\nSecond;bob;15/03/2021 10:30\nThird;carol;not known\n',
  );
  const map = await suggestMap(spoiled);
  expect(map.time).toEqual({ column: 'When', format: '%d/%m/%Y %H:%M' });
  expect(map._why?.time).toContain('67 %');
  const wrapped = write(
    'wrapped.json',
    '{"cursor":"x","items":[{"uid":"a1","body":"one","created":"2021-03-14T09:00:00Z"},{"uid":"a2","body":"two","created":"2021-03-14T09:01:00Z"}]}',
  );
  const found = await suggestMap(wrapped);
  expect(found).toMatchObject({ records: 'items[]', time: { column: 'created' } });
  expect(await tried(found, wrapped)).toMatchObject({ posts: 2, problems: 0, timed: 2 });
});

test('a map that still has a blank says which', async () => {
  const file = write('timeless.csv', 'Message;Poster\nHello;alice\nSecond;bob\n');
  const map = await suggestMap(file);
  const error = await loadColumnMap(write('blank.json', JSON.stringify(map)), file).then(
    () => null,
    (reason: unknown) => reason as UserError,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error?.message).toContain('still says "FILL IN" for time');
});
