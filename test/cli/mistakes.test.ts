import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import {
  expectUserError,
  fresh,
  inOwnProcess,
  sample,
  spillover,
  stories,
  storyCase,
  storyQuery,
  written,
} from './run-spillover.ts';

const isRoot = process.getuid?.() === 0;

describe('a mistake of the user', () => {
  it('an analysis takes a story alone or behind its flag, not two', async () => {
    const directory = fresh('case');
    cpSync(await storyCase(), directory, { recursive: true });
    for (const words of [['ledger'], ['--story', 'ledger'], ['ledger', '--story', 'ledger']]) {
      const run = await spillover('analyse', 'bursts', ...words, '--case', directory, '--json');
      expect(run.code, run.err).toBe(0);
      expect(JSON.parse(run.out)).toMatchObject({ story: 'ledger' });
    }
    const both = await spillover('analyse', 'bursts', 'ledger', '--story', 'other', '--case', directory);
    expectUserError(both, /Two stories are named: ledger and other/);
  });

  const inCase = async (...argv: string[]) => spillover('import', ...argv, '--case', fresh('case'));

  it.each<[string, () => string[], RegExp[]]>([
    ['a file that is not there', () => ['nowhere.jsonl'], [/nowhere\.jsonl/]],
    ['an empty file', () => [written('empty.jsonl', '')], [/empty/]],
    [
      'random bytes',
      () => [written('junk.bin', Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)))],
      [/not a text file/],
    ],
    ['text of no format', () => [written('prose.txt', 'Once upon a time\nthere was a lighthouse\n')], [/--suggest/]],
    ['an unknown format', () => [sample('x.jsonl'), '--format', 'x-api-v9'], [/x-api-v9/, /spillover formats/]],
    ['an unknown time zone', () => [sample('x.jsonl'), '--zone', 'Mars/Base'], [/Mars\/Base/, /Europe\/Paris/]],
    ['no file at all', () => [], [/--help/]],
    ['a map that is not there', () => [sample('survey.csv'), '--map', 'no-map.json'], [/no-map\.json/]],
    [
      'a map that is not JSON',
      () => [sample('survey.csv'), '--map', written('bad.json', '{"time": "sent_on"')],
      [/not JSON/],
    ],
    [
      'a map with a column that the file lacks',
      () => [sample('survey.csv'), '--map', written('wrong.json', '{"time":"when"}')],
      [/"when"/, /"sent_on"/],
    ],
    [
      'a map with a key that means nothing',
      () => [sample('survey.csv'), '--map', written('key.json', '{"time":"sent_on","txt":"text"}')],
      [/txt/],
    ],
    [
      'a suggestion that cannot be written',
      () => ['--suggest', sample('survey.csv'), '--out', '/no/such/map.json'],
      [/\/no\/such/],
    ],
    ['/dev/null', () => ['/dev/null'], [/not a regular file/]],
  ])('%s', async (_name, argv, says) => {
    expectUserError(await inCase(...argv()), ...says);
  });

  it('a folder without files', async () => {
    const empty = fresh('empty');
    mkdirSync(empty);
    expectUserError(await inCase(empty), /no file/i);
  });

  it('a dangling link and a link to itself beside a good file', async () => {
    const inside = fresh('links');
    mkdirSync(inside);
    cpSync(sample('news.xml'), join(inside, 'news.xml'));
    symlinkSync('nowhere', join(inside, 'dangling'));
    symlinkSync('self', join(inside, 'self'));
    const run = await spillover('import', inside, '--case', fresh('case'), '--json');
    expectUserError(run);
    expect(JSON.parse(run.out)).toMatchObject({ totals: { postsAdded: 2 } });
    expect(JSON.parse(run.out).failed).toHaveLength(2);
  });

  it('a pipe is named, not waited for', ({ skip }) => {
    const pipe = fresh('pipe');
    if (spawnSync('mkfifo', [pipe]).status !== 0) skip('no mkfifo on this machine');
    expectUserError(inOwnProcess(['import', pipe, '--case', fresh('case')]), /not a regular file/);
  });

  it.each<[string, string, RegExp[]]>([
    ['an open parenthesis', 'harbour OR (ledger', [/column 12/, /^ {11}\^$/m]],
    ['a missing term', 'harbour OR', [/column 11/]],
    ['a field that is none', 'harbour foo:bar', [/column 9/, /domain:/]],
  ])('a story query with %s, with its column', async (_name, query, says) => {
    const directory = await storyCase();
    expectUserError(await spillover('story', 'add', 'bad', '--match', query, '--case', directory), ...says);
  });

  it('a story that does not exist; the message names those that do', async () => {
    const directory = await storyCase();
    for (const argv of [['trace'], ['story', 'show'], ['story', 'remove'], ['story', 'suggest']])
      expectUserError(await spillover(...argv, 'nosuch', '--case', directory), /nosuch/, /ledger/);
  });

  it('a story of that name, a name that cannot be, times that are none or in the wrong order', async () => {
    const add = async (name: string, ...more: string[]) =>
      spillover('story', 'add', name, '--match', 'ledger', ...more, '--case', await storyCase());
    expectUserError(await add('ledger'), /--replace/);
    expectUserError(await add('a/b'), /a\/b/);
    expectUserError(await add('late', '--from', 'tomorrow-ish'), /tomorrow-ish/, /2017-05-05/);
    expectUserError(await add('late', '--from', '2026-05-02', '--to', '2026-05-01'), /before it begins/);
  });

  it('a story without posts, a report that cannot be written', async () => {
    const directory = fresh('case');
    await spillover('import', ...stories, '--case', directory);
    await spillover('story', 'add', 'nothing', '--match', 'zeppelin', '--case', directory);
    expectUserError(await spillover('trace', 'nothing', '--case', directory), /no post/);
    await spillover('story', 'add', 'ledger', '--match', storyQuery, '--case', directory);
    const report = ['--report', '/no/such/report.html'];
    expectUserError(await spillover('trace', 'ledger', ...report, '--case', directory), /\/no\/such\/report\.html/);
  });

  it('an unknown command or option is met with the one that was meant; a missing argument is named', async () => {
    expectUserError(await spillover('imprt'), /Did you mean import\?/);
    expectUserError(await spillover('story', 'lst'), /Did you mean list\?/);
    expectUserError(await spillover('import', '--frmat', 'x'), /Did you mean --format\?/);
    expectUserError(await spillover('trace'), /missing required argument 'story'/);
    expectUserError(await spillover('story', 'add', 'x'), /--match/);
    expectUserError(await spillover('problems', '--limit', 'many'), /"many"/);
    expectUserError(
      await spillover('story', 'suggest', 'ledger', '--limit', 'many', '--case', await storyCase()),
      /"many"/,
    );
    expectUserError(await spillover('formats', 'nosuch'), /nosuch/);
  });

  it('a case that is not there is not made by a command that only asks', async () => {
    for (const argv of [
      ['status'],
      ['problems'],
      ['story', 'list'],
      ['story', 'show', 'ledger'],
      ['trace', 'ledger'],
      ['context', 'show'],
    ]) {
      const directory = fresh('nowhere');
      expectUserError(await spillover(...argv, '--case', directory), /no case/);
      expect(existsSync(directory), argv.join(' ')).toBe(false);
    }
  });

  it('a case directory that is a file, or below a file', async () => {
    const file = written('file', 'not a directory');
    for (const directory of [file, join(file, 'case')])
      expectUserError(await spillover('import', sample('news.xml'), '--case', directory), /--case/);
    expect(readFileSync(file, 'utf8')).toBe('not a directory');
  });

  it('a case database that is damaged: not one, cut short, overwritten inside', async () => {
    const good = await storyCase();
    const damage: [string, (path: string) => void][] = [
      ['noise', (path) => writeFileSync(path, 'this is no database at all '.repeat(1000))],
      ['empty', (path) => truncateSync(path, 0)],
      ['cut', (path) => truncateSync(path, 100_000)],
      [
        'overwritten',
        (path) => {
          const bytes = readFileSync(path);
          bytes.fill(0x5a, 20_000, bytes.length - 20_000);
          writeFileSync(path, bytes);
        },
      ],
    ];
    for (const [name, spoil] of damage) {
      const directory = fresh(`damaged-${name}`);
      cpSync(good, directory, { recursive: true });
      spoil(join(directory, 'case.duckdb'));
      for (const argv of [['status'], ['import', sample('news.xml')]])
        expectUserError(await spillover(...argv, '--case', directory), /case\.duckdb/);
    }
  });

  it('a case of a newer version', async () => {
    const directory = fresh('newer');
    const newer = await openCase(directory);
    await newer.database.run('insert into schema_version values (99, now()::timestamp)');
    newer.close();
    for (const argv of [['status'], ['import', sample('news.xml')], ['story', 'list']])
      expectUserError(await spillover(...argv, '--case', directory), /newer version/, /schema 99/);
  });

  it.skipIf(isRoot || process.platform === 'win32')('what may not be read or written', async () => {
    const locked = fresh('locked');
    mkdirSync(join(locked, 'sub'), { recursive: true });
    cpSync(sample('news.xml'), join(locked, 'sub', 'news.xml'));
    chmodSync(join(locked, 'sub'), 0o000);
    chmodSync(locked, 0o500);
    try {
      expectUserError(await spillover('import', locked, '--case', fresh('case')), /sub/);
      expectUserError(await spillover('import', sample('news.xml'), '--case', join(locked, 'case')), /--case/);
    } finally {
      chmodSync(locked, 0o700);
      chmodSync(join(locked, 'sub'), 0o700);
    }
  });
});
