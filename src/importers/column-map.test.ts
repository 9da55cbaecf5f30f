import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importedCase } from '../../test/support/imported-case.ts';
import { UserError } from '../base/errors.ts';
import type { ImportOptions } from '../case/import-files.ts';
import { withScratchDatabase } from '../spool/parquet-head.ts';
import { loadColumnMap } from './column-map.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-map-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const mapFile = (map: unknown) =>
  write(
    `map-${Math.floor(performance.now() * 1000)}.json`,
    typeof map === 'string' ? map : JSON.stringify(map, null, 2),
  );

interface Found {
  posts: Record<string, unknown>[];
  problems: { line: number | null; reason: string; detail: string }[];
  totals: { recordsRead: number; postsAdded: number; duplicates: number; problems: number; embedded: number };
}

async function imported(map: unknown, file: string, options: ImportOptions = {}): Promise<Found> {
  const importer = await loadColumnMap(mapFile(map), file);
  const { spilloverCase, report, remove } = await importedCase([file], { ...options, mapped: importer });
  try {
    expect(report.failed).toEqual([]);
    const { totals } = report;
    expect(totals.recordsRead).toBe(totals.postsAdded + totals.duplicates + totals.problems);
    return {
      totals,
      posts: await spilloverCase.database.rows(`
        select post.*, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as utc, handle, account_id, account.name as name
        from post left join account using (account_key) order by post_id`),
      problems: await spilloverCase.database.rows('select line, reason, detail from problem order by line'),
    };
  } finally {
    remove();
  }
}

async function failure(map: unknown, file: string): Promise<UserError> {
  const error: unknown = await loadColumnMap(mapFile(map), file).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

const german = `Beitrags-ID;Benutzername;Datum;Beitrag;Antwort auf;Gefällt mir;Verweise;Art
101;erle;28.03.2021 01:59:59;"Die Brücke ist offen; #Steg";;1.204;https://example.org/plan|https://example.com/a|b;Beitrag
102;birke;28.03.2021 03:00:00;Wo ist die Rampe? @erle;101;NA;;Antwort
103;;31.10.2021 02:30:00;geteilt;101;2;https://example.org/plan;Geteilt
104;eiche;irgendwann;ohne Datum;;1;;Beitrag
105;eiche;;ohne Zeit;;1;;Beitrag
;eiche;28.03.2021 04:00:00;ohne Nummer;;1;;Beitrag
101;erle;28.03.2021 01:59:59;"noch einmal";;1;;Beitrag
`;
const germanMap = {
  _about: 'an invented table',
  platform: 'forum',
  post_id: 'Beitrags-ID',
  handle: 'Benutzername',
  time: { column: 'Datum', format: '%d.%m.%Y %H:%M:%S', zone: 'Europe/Berlin' },
  kind: { column: 'Art', values: { Antwort: 'reply', Geteilt: 'reshare' }, otherwise: 'original' },
  parent_id: 'antwort auf',
  text: 'Beitrag',
  counts: { likes: 'Gefällt mir' },
  urls: { column: 'Verweise', split: '|' },
  hashtags: 'from text',
  mentions: 'from text',
};

describe('CSV', () => {
  test('German names, semicolons, a clock of Berlin through both changes, duplicates and problems', async () => {
    const { posts, problems, totals } = await imported(germanMap, write('beitraege.csv', german));
    expect(totals).toEqual({ recordsRead: 7, postsAdded: 3, duplicates: 1, problems: 3, embedded: 0 });
    expect(posts.map((post) => [post.post_id, post.utc, post.kind, post.parent_id, post.handle])).toEqual([
      ['101', '2021-03-28T00:59:59.000Z', 'original', null, 'erle'],
      ['102', '2021-03-28T01:00:00.000Z', 'reply', '101', 'birke'],
      ['103', '2021-10-31T00:30:00.000Z', 'reshare', '101', null],
    ]);
    expect(posts[0]).toMatchObject({
      platform: 'forum',
      text: 'Die Brücke ist offen; #Steg',
      urls: ['https://example.org/plan', 'https://example.com/a|b'],
      hashtags: ['Steg'],
      time_precision_ms: 1000,
    });
    expect(posts[1]).toMatchObject({ likes: null, urls: null, mentions: ['erle'] });
    expect(posts[2]).toMatchObject({ time_precision_ms: 3_600_000, warnings: ['time-ambiguous', 'missing-account'] });
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'bad-time'],
      [6, 'missing-time'],
      [7, 'missing-id'],
    ]);
    expect(problems[0]!.detail).toContain('irgendwann');
  });

  test('an unknown column is answered with the columns of the file', async () => {
    const error = await failure({ ...germanMap, text: 'Inhalt' }, write('beitraege.csv', german));
    expect(error.message).toContain('no column "Inhalt"');
    for (const name of german.split('\n')[0]!.split(';')) expect(error.message).toContain(`"${name}"`);
  });

  test('a zone or a time pattern that does not exist', async () => {
    const file = write('beitraege.csv', german);
    expect((await failure({ ...germanMap, time: { column: 'Datum', zone: 'Mars/Olympus' } }, file)).message).toContain(
      'time zone "Mars/Olympus"',
    );
    expect((await failure({ ...germanMap, time: { column: 'Datum', format: 'dd.mm.yyyy' } }, file)).message).toContain(
      'time.format',
    );
    expect((await failure({ ...germanMap, time: { column: 'Datum', format: '%d.%q' } }, file)).message).toContain(
      'time.format',
    );
  });

  test('bad JSON names its line, a wrong field its place', async () => {
    const file = write('beitraege.csv', german);
    expect((await failure('{\n  "time": "Datum",\n  "text": "Beitrag",,\n}', file)).message).toContain(
      'line 3, column 21',
    );
    expect((await failure('{\n  "time": "Datum"', file)).message).toContain('line 2');
    expect((await failure({ text: 'Beitrag' }, file)).message).toContain('time');
    expect((await failure({ ...germanMap, tiem: 'Datum' }, file)).message).toContain('tiem');
    expect((await failure({ ...germanMap, kind: { column: 'Art', values: { x: 'tweet' } } }, file)).message).toContain(
      'kind.values.x',
    );
  });

  test('an empty file, a missing map, a file of another kind', async () => {
    expect((await failure(germanMap, write('leer.csv', ''))).message).toContain('empty');
    await expect(loadColumnMap(join(folder, 'no-such-map.json'), write('b.csv', german))).rejects.toBeInstanceOf(
      UserError,
    );
    const importer = await loadColumnMap(mapFile(germanMap), write('b.csv', german));
    const { report, remove } = await importedCase([write('other.ndjson', '{"Datum":"x"}\n')], { mapped: importer });
    remove();
    expect(report.failed[0]?.error).toContain('another kind');
  });

  test('without an id posts are told apart by author, time and text; names and constants cannot break out of the SQL', async () => {
    const file = write(
      'odd.csv',
      `who,"when ""x""; drop table post",what\na,2021-01-01T00:00:00Z,'); select 1 --\na,2021-01-01T00:00:00Z,'); select 1 --\nb,2021-01-01T00:00Z,other\n`,
    );
    const { posts, totals } = await imported(
      { platform: "it's", time: 'when "x"; drop table post', handle: { column: 'who', prefix: "o'" }, text: 'what' },
      file,
    );
    expect(totals).toMatchObject({ recordsRead: 3, postsAdded: 2, duplicates: 1 });
    expect(
      posts.every((post) => /^derived:[0-9a-f]{32}$/.test(post.post_id as string) && post.platform === "it's"),
    ).toBe(true);
    expect(posts.map((post) => post.handle).sort()).toEqual(["o'a", "o'b"]);
    expect(posts.map((post) => post.text).sort()).toEqual(["'); select 1 --", 'other']);
  });

  test('a clock without a zone stays unknown until a zone is given', async () => {
    const file = write('naive.csv', 'id,time,text\n1,2021-07-01 12:00,hello\n2,2021-07-01,day\n');
    const map = { platform: 'forum', post_id: 'id', time: 'time', text: 'text' };
    const without = await imported(map, file);
    expect(without.posts[0]).toMatchObject({ utc: null, warnings: ['zone-unknown'] });
    const given = await imported(map, file, { zone: 'America/New_York' });
    expect(given.posts.map((post) => [post.utc, post.time_precision_ms])).toEqual([
      ['2021-07-01T16:00:00.000Z', 60_000],
      ['2021-07-01T04:00:00.000Z', 86_400_000],
    ]);
  });
});

describe('JSON', () => {
  const records = [
    {
      id: 9007199254740993n,
      user: { 'screen.name': 'alder', id: 7 },
      created: 1616317200,
      body: '<p>Hello <a href="https://example.org/a?x=1&amp;y=2">here</a> #one</p>',
      'metrics.likes': 5,
      entities: { urls: [{ expanded: 'https://example.com/x' }, { expanded: 'not a link' }], tags: ['#A', 'b', null] },
      network: 'Twitter',
    },
    {
      id: 2,
      user: { 'screen.name': 'birch' },
      created: 1616317260123,
      reply: { to: 9007199254740993n },
      body: 'plain',
      network: 'Gab',
      entities: { tags: 'single' },
    },
    { id: 3, created: 'soon', body: 'no' },
  ].map((record) =>
    JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? `#${value}#` : value)).replace(
      /"#(\d+)#"/g,
      '$1',
    ),
  );
  const map = {
    platform: { column: 'network', values: { Gab: 'gab-social' } },
    post_id: 'id',
    handle: 'user.screen.name',
    time: { column: 'created', format: 'unix' },
    parent_id: 'reply.to',
    text: { column: 'body', html: true },
    counts: { likes: 'metrics.likes' },
    urls: ['entities.urls[].expanded', 'from text'],
    hashtags: 'entities.tags',
  };
  const check = ({ posts, problems, totals }: Found) => {
    expect(totals).toMatchObject({ recordsRead: 3, postsAdded: 2, problems: 1 });
    expect(posts[1]).toMatchObject({
      platform: 'x',
      post_id: '9007199254740993',
      utc: '2021-03-21T09:00:00.000Z',
      text: 'Hello here #one',
      likes: 5,
      urls: ['https://example.com/x', 'https://example.org/a?x=1&y=2'],
      hashtags: ['A', 'b'],
    });
    expect(posts[0]).toMatchObject({
      platform: 'gab-social',
      kind: 'reply',
      parent_id: '9007199254740993',
      utc: '2021-03-21T09:01:00.123Z',
      time_precision_ms: 1,
      hashtags: ['single'],
    });
    expect(problems[0]!.reason).toBe('bad-time');
  };
  const flat = { ...map, handle: { column: 'user.id', optional: true } };

  test('lines with nested fields, names with dots, lists, large numbers', async () => {
    check(await imported(flat, write('nested.ndjson', `${records.join('\n')}\n`)));
  });

  test('an array, and an array inside an object', async () => {
    check(await imported(flat, write('array.json', `[\n${records.join(',\n')}\n]`)));
    check(
      await imported(
        { ...flat, records: 'data.items[]' },
        write('inside.json', `{"meta": {"n": 3},\n"data": {"items": [${records.join(',')}]}}`),
      ),
    );
  });

  test('a field that only later records have must be marked optional', async () => {
    const file = write('nested.ndjson', `${records.join('\n')}\n`);
    expect((await failure({ ...flat, lang: 'language' }, file)).message).toContain('"entities.urls[].expanded"');
    expect((await imported({ ...flat, lang: { column: 'language', optional: true } }, file)).posts[0]!.lang).toBeNull();
  });
});

describe('Parquet', () => {
  test('flat and nested columns', async () => {
    const file = join(folder, 'posts.parquet');
    await withScratchDatabase((connection) =>
      connection.run(`copy (
        select i as "id", 'user' || (i % 3) as who, timestamptz '2021-03-21 09:00:00+00' + to_seconds(i) as at, 'text https://example.org/' || i as body,
          {'shares': i * 10} as stats, ['https://example.com/' || i, 'https://example.com/a,b'] as links
        from range(50) t(i)) to '${file}' (format parquet)`),
    );
    const { posts, totals } = await imported(
      {
        platform: 'forum',
        post_id: 'id',
        handle: 'who',
        time: 'at',
        text: 'body',
        counts: { reshares: 'stats.shares' },
        urls: ['links', 'from text'],
      },
      file,
    );
    expect(totals).toMatchObject({ recordsRead: 50, postsAdded: 50 });
    expect(posts.find((post) => post.post_id === '7')).toMatchObject({
      utc: '2021-03-21T09:00:07.000Z',
      handle: 'user1',
      reshares: 70,
      urls: ['https://example.com/7', 'https://example.com/a,b', 'https://example.org/7'],
    });
  });
});
