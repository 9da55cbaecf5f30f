import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../src/cli/main.ts';
import { importers } from '../../src/importers/registry.ts';
import {
  executable,
  expectUserError,
  fresh,
  inOwnProcess,
  sample,
  samples,
  spillover,
  stories,
  storyCase,
  storyQuery,
  written,
  zeroes,
} from './run-spillover.ts';

afterEach(() => vi.unstubAllEnvs());

describe('results', () => {
  it.each<[string, string[], (value: ReturnType<typeof JSON.parse>) => void]>([
    [
      'status',
      ['status'],
      (value) => expect(value.platforms.map((p: { platform: string }) => p.platform)).toEqual(['x', '4chan', 'news']),
    ],
    [
      'problems',
      ['problems'],
      (value) => expect(value).toMatchObject({ total: 1, problems: [{ line: 6, reason: 'invalid-json' }] }),
    ],
    [
      'formats',
      ['formats'],
      (value) => expect(value.map((f: { id: string }) => f.id)).toEqual(importers.map((f) => f.id)),
    ],
    ['context', ['context', 'show'], (value) => expect(value).toMatchObject({ coverage: [], watch: [] })],
    [
      'stories',
      ['story', 'list'],
      (value) => expect(value).toEqual([{ name: 'ledger', query: storyQuery, from: null, to: null }]),
    ],
    ['a story', ['story', 'show', 'ledger'], (value) => expect(value).toMatchObject({ posts: 7, withoutTime: 0 })],
    [
      'suggestions',
      ['story', 'suggest', 'ledger'],
      (value) => expect(value).toMatchObject({ story: 'ledger', suggestions: [] }),
    ],
    [
      'a trace',
      ['trace', 'ledger'],
      (value) => {
        for (const key of [
          'story',
          'version',
          'options',
          'window',
          'coverage',
          'stages',
          'origin',
          'bridges',
          'roles',
          'groups',
          'absent',
          'breakout',
          'volume',
        ])
          expect(value).toHaveProperty(key);
        expect(value.stages[0]).toMatchObject({
          id: 'first-seen',
          time: '2026-05-04T10:00:00.000Z',
          post: '4chan/pol/880000101',
          platform: '4chan',
        });
        expect(value.stages.map((stage: { id: string }) => stage.id)).toContain('mainstream');
      },
    ],
  ])('%s: exactly one JSON document with --json, text without', async (_name, argv, check) => {
    const directory = await storyCase();
    const json = await spillover(...argv, '--case', directory, '--json');
    expect(json.code, json.err).toBe(0);
    check(JSON.parse(json.out));
    const first = await spillover('--json', '--case', directory, ...argv);
    expect(JSON.parse(first.out)).toEqual(JSON.parse(json.out));
    const text = await spillover(...argv, '--case', directory);
    expect(text.code).toBe(0);
    expect(text.out.trim()).not.toBe('');
    expect(`${text.out}${text.err}`).not.toMatch(/[\u001b\r]/);
    if (argv[0] !== 'context') expect(() => JSON.parse(text.out)).toThrow();
  });

  it('a story is added as JSON, too', async () => {
    const directory = fresh('case');
    await spillover('import', ...stories, '--case', directory);
    const { out } = await spillover(
      'story',
      'add',
      's',
      '--match',
      'herring',
      '--from',
      '2026-05-04',
      '--case',
      directory,
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      name: 's',
      query: 'herring',
      from: '2026-05-04T00:00:00Z',
      to: null,
      posts: 2,
    });
  });

  it('a trace writes one page and says where; the same trace gives the same bytes', async () => {
    const directory = await storyCase();
    const page = fresh('report.html');
    const one = await spillover('trace', 'ledger', '--report', page, '--case', directory);
    expect(one.code, one.err).toBe(0);
    expect(one.out).toContain(`report: ${page}`);
    const bytes = readFileSync(page, 'utf8');
    expect(bytes).toMatch(/^<!doctype html>/i);
    const two = await spillover('trace', 'ledger', '--report', page, '--case', directory);
    expect(two.out).toBe(one.out);
    expect(readFileSync(page, 'utf8')).toBe(bytes);
  });

  it('posts cannot move the cursor or colour the terminal', async () => {
    const directory = fresh('case');
    const evil = '\u001b[31mred\u001b[2J\u0007';
    const file = written(
      `evil.jsonl`,
      `{"id":"1","author_id":"2","text":"${evil.replaceAll('\u001b', '\\u001b')}"\n{"id":"2051250482181046273","author_id":"2","created_at":"2026-05-04T10:40:00.000Z","text":"ledger"}\n${evil}\n`,
    );
    const imported = await spillover('import', file, '--format', 'x-api-v2', '--case', directory);
    const problems = await spillover('problems', '--case', directory);
    expect(problems.out).toContain('red');
    expect(`${imported.out}${imported.err}${problems.out}`).not.toMatch(/[\u001b\u0007]/);
  });
});

describe('the case', () => {
  it('is named by --case before or after the command, else by SPILLOVER_CASE, else ./spillover-case', async () => {
    const [byOption, byVariable] = [fresh('option'), fresh('variable')];
    vi.stubEnv('SPILLOVER_CASE', byVariable);
    await spillover('import', sample('news.xml'), '--case', byOption);
    expect([existsSync(byOption), existsSync(byVariable)]).toEqual([true, false]);
    await spillover('--case', byOption, 'import', sample('x.jsonl'));
    expect(existsSync(byVariable)).toBe(false);
    await spillover('import', sample('x.jsonl'));
    expect(existsSync(join(byVariable, 'case.duckdb'))).toBe(true);
    const working = fresh('working');
    mkdirSync(working);
    for (const env of [{}, { SPILLOVER_CASE: '' }]) {
      const { code, err } = inOwnProcess(['import', sample('news.xml')], env, working);
      expect(code, err).toBe(0);
      expect(existsSync(join(working, 'spillover-case', 'case.duckdb'))).toBe(true);
      expect(existsSync(join(working, 'case.duckdb'))).toBe(false);
    }
  });

  it('may be traced by another process than the one that filled it', async () => {
    const directory = await storyCase();
    const { code, out, err } = inOwnProcess(['trace', 'ledger', '--json', '--case', directory]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual(
      JSON.parse((await spillover('trace', 'ledger', '--json', '--case', directory)).out),
    );
  });

  it('stops at SIGINT with exit code 130 and no stack, and the next run completes it', async () => {
    const file = fresh('long.jsonl');
    const lines: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      const id = String((BigInt(1777890000000 + i * 50 - 1288834974657) << 22n) + BigInt(i % 4096));
      const time = new Date(1777890000000 + i * 50).toISOString();
      lines.push(`{"id":"${id}","author_id":"${i % 900}","created_at":"${time}","text":"Entry ${i} of the ledger"}\n`);
    }
    writeFileSync(file, lines.join(''));
    const directory = fresh('case');
    const child = spawn(process.execPath, [executable, 'import', file, '--case', directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    const code = await new Promise<number | null>((resolve) => {
      child.stderr.on('data', (chunk) => {
        if (err === '') child.kill('SIGINT');
        err += chunk;
      });
      child.on('close', resolve);
    });
    expect(err).toContain('stopping');
    expect(err).not.toMatch(/This is a bug|\n {4}at /);
    expect(code).toBe(130);
    const status = JSON.parse((await spillover('status', '--case', directory, '--json')).out);
    expect(status.totals).toEqual(zeroes);
    const again = await spillover('import', file, '--case', directory, '--json');
    expect(JSON.parse(again.out).totals).toEqual({ ...zeroes, recordsRead: 20_000, postsAdded: 20_000 });
  });
});

describe('help', () => {
  const program = buildProgram();
  const names = program.commands.flatMap((command) => [
    [command.name()],
    ...command.commands.map((sub) => [command.name(), sub.name()]),
  ]);

  it.each(names.map((words) => [words.join(' '), words] as const))('of %s has an example', async (name, words) => {
    const { code, out, err } = await spillover(...words, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: spillover ${name}`);
    expect(out).toContain(`$ spillover ${words[0]}`);
  });

  it('lists every command; the version is printed', async () => {
    const { code, out } = await spillover('--help');
    expect(code).toBe(0);
    for (const command of program.commands) expect(out).toMatch(new RegExp(`^  ${command.name()}[ |]`, 'm'));
    expect((await spillover('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expectUserError(await spillover(), /Usage: spillover/);
  });

  it.each(['bash', 'zsh', 'fish'])('completes in %s', (shell) => {
    const { code, out } = inOwnProcess(['complete', shell]);
    expect(code).toBe(0);
    expect(out).toContain('spillover');
    expect(out.split('\n').length).toBeGreaterThan(10);
  });

  it('completes commands, options and file names, one candidate a line', () => {
    const candidates = (...words: string[]) =>
      inOwnProcess(['complete', '--', ...words], {}, samples)
        .out.split('\n')
        .filter((line) => line !== '' && !line.startsWith(':'))
        .map((line) => line.split('\t')[0]!);
    expect(candidates('')).toEqual(expect.arrayContaining(['import', 'status', 'story', 'trace']));
    for (const candidate of candidates('')) expect(candidate).toMatch(/^[a-z]+$/);
    expect(candidates('story', '')).toEqual(expect.arrayContaining(['add', 'list', 'show']));
    expect(candidates('import', '--fo')).toEqual(['--format']);
    expect(candidates('import', 'su')).toEqual(['survey.csv']);
    expect(candidates('import', '--format', 'x-api')).toEqual(['x-api-v1', 'x-api-v2', 'x-api-v2-stream']);
    expect(candidates('analyse', '')).toContain('coordination');
    for (const candidate of candidates('analyse', '')) expect(candidate).toMatch(/^[a-z-]+$/);
  });

  it('completes in a bash without the package bash-completion, also behind a path', () => {
    const { out: script } = inOwnProcess(['complete', 'bash']);
    const tries = [
      ['bin/spillover', 'im'],
      ['spillover', 'import', 'su'],
      ['spillover', 'problems', '--reason', 'not'],
    ].map(
      (words) =>
        `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; __spillover_complete; echo "\${COMPREPLY[*]}"`,
    );
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', [script, script, ...tries].join('\n')], {
      cwd: samples,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual(['import', 'survey.csv', 'not-a-post']);
  });
});
