import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type GuideBlock,
  type GuideDirectory,
  guideBlocks,
  guidePages,
  matchesOutput,
  openGuideDirectory,
  removeBuilt,
  secondsPerBlock,
} from '../support/run-guide.ts';

afterAll(removeBuilt);

describe.each(guidePages().map((path) => [basename(path), path] as const))('%s', (name, path) => {
  const blocks = guideBlocks(readFileSync(path, 'utf8'));
  let directory: GuideDirectory;
  let broken: string | null = null;
  beforeAll(() => {
    directory = openGuideDirectory(path);
  });
  afterAll(() => directory?.remove());

  it('parses', () => {
    if (name !== 'README.md' && blocks.length > 0) expect(blocks.some((block) => block.expected !== null)).toBe(true);
  });

  it.each(blocks.map((block) => [block.line, titleOf(block), block] as const))(
    'line %i: %s',
    { timeout: (secondsPerBlock + 5) * 1000 },
    async (line, _title, block) => {
      if (broken) throw new Error(`not run: ${broken} failed before`);
      broken = `the block of line ${line}`;
      const { stdout, stderr, exitCode } = await directory.run(block);
      if (exitCode !== 0) throw new Error(`exit code ${exitCode}\n${stderr}\n${stdout}`);
      if (block.expected !== null && !matchesOutput(block.expected, stdout)) expect(stdout).toBe(block.expected);
      broken = null;
    },
  );
});

function titleOf(block: GuideBlock): string {
  const lines = block.code.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('import ')) ?? lines.at(-1)!).slice(0, 80);
}

describe('guideBlocks', () => {
  const page = [
    '```sh',
    'echo one',
    '```',
    'prints',
    '```text',
    'one',
    '```',
    '```sh no-run',
    'npm ci',
    '```',
    '```text',
    'nothing of this is compared',
    '```',
    '```ts',
    'console.log(2);',
    '```',
    '````md',
    '```sh',
    'exit 1',
    '```',
    '````',
    '```text',
    '3',
    '```',
  ].join('\n');

  it('takes blocks in order, each with the text block right after it', () => {
    expect(guideBlocks(page)).toEqual([
      { language: 'sh', code: 'echo one', line: 1, expected: 'one' },
      { language: 'ts', code: 'console.log(2);', line: 14, expected: null },
    ]);
  });
  it('refuses what it would pass over in silence', () => {
    expect(() => guideBlocks('```sh\necho one')).toThrow('line 1: the block is never closed');
    expect(() => guideBlocks('text\n```sh norun\necho one\n```')).toThrow('line 2: a block is marked "sh norun"');
  });
});

describe('matchesOutput', () => {
  it.each([
    ['a\nb', 'a\nb\n', true],
    ['a  b', '  a b  \n\n', true],
    ['a', 'a\nb', false],
    ['a', 'b\na', false],
    ['a … d', 'a b c d', true],
    ['a … d', 'a b\nc d', false],
    ['a\n…', 'a', true],
    ['…\nc', 'a\nb\nc', true],
    ['…\nc\n…', 'a\nb\ncd', false],
    ['1.5 (a|b)', '1x5 (a|b)', false],
    ['1.5 (a|b)', '1.5 (a|b)', true],
  ])('%j against %j: %j', (expected, output, matches) => {
    expect(matchesOutput(expected, output)).toBe(matches);
  });
});

describe('openGuideDirectory', () => {
  it('shows a failing block as failed', async () => {
    const directory = openGuideDirectory(guidePages().at(-1)!);
    try {
      const block = { code: 'false\necho done', line: 1, expected: null };
      expect(await directory.run({ ...block, language: 'sh' })).toMatchObject({ exitCode: 1, stdout: '' });
      const thrown = await directory.run({ ...block, language: 'ts', code: "throw new Error('told')" });
      expect(thrown.exitCode).not.toBe(0);
      expect(thrown.stderr).toContain('told');
    } finally {
      directory.remove();
    }
  });
});
