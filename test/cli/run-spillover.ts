import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

export const executable = fileURLToPath(new URL('../../bin/spillover', import.meta.url));
export const samples = fileURLToPath(new URL('../data/lighthouse/', import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), 'spillover-command-line-'));
export const storyQuery = '#lighthouseledger OR "lighthouse ledger" OR url:ledger.example/pages/1';

let made = 0;
export const fresh = (name: string) => join(folder, `${++made}-${name}`);
export const sample = (name: string) => join(samples, name);
export const stories = ['4chan', 'x.jsonl', 'news.xml'].map(sample);

export function written(name: string, content: string | Buffer): string {
  const path = fresh(name);
  writeFileSync(path, content);
  return path;
}

export interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line in this process and catches what it writes. */
export async function spillover(...argv: string[]): Promise<Run> {
  const text = { out: '', err: '' };
  const into = (key: 'out' | 'err') => (chunk: string | Uint8Array) => {
    text[key] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out') as typeof process.stdout.write),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err') as typeof process.stderr.write),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    return { code: await main(argv), ...text };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

export function inOwnProcess(argv: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = folder): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [executable, ...argv], {
    cwd,
    encoding: 'utf8',
    timeout: 150_000,
    env: { ...process.env, SPILLOVER_CASE: undefined, NO_COLOR: '1', ...env },
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

let storyCaseMade: Promise<string> | null = null;

/** A case with the sample story in it, made once; only for tests that do not change it. */
export function storyCase(): Promise<string> {
  storyCaseMade ??= (async () => {
    const directory = fresh('story-case');
    const imported = await spillover('import', ...stories, '--case', directory);
    expect(imported.code, imported.err).toBe(0);
    const added = await spillover('story', 'add', 'ledger', '--match', storyQuery, '--case', directory);
    expect(added.code, added.err).toBe(0);
    return directory;
  })();
  return storyCaseMade;
}

export function expectUserError({ code, out, err }: Run, ...says: RegExp[]): void {
  expect(`${out}${err}`).not.toMatch(/This is a bug|\n {4}at .*:\d+/);
  expect(code, `${out}${err}`).toBe(2);
  for (const pattern of says) expect(`${out}${err}`).toMatch(pattern);
}

export const zeroes = { recordsRead: 0, postsAdded: 0, duplicates: 0, problems: 0, embedded: 0 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));
