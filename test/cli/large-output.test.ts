import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { executable, fresh, sample, spillover, written } from './run-spillover.ts';

/** What a pipe and the buffer of this process hold together. */
const heldBytes = 2 * 65_536;

/** Runs a command whose output goes into a pipe that nobody empties for a while. */
async function readLate(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [executable, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  await once(child.stdout, 'readable');
  await pause(1_000);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  await closed;
  return text;
}

it('a JSON document that is larger than a pipe comes whole to a slow reader', async () => {
  const broken = Array.from({ length: 1200 }, (_, i) => `{"broken": ${i}, "${'x'.repeat(150)}`);
  const file = written('x.jsonl', `${readFileSync(sample('x.jsonl'), 'utf8').trimEnd()}\n${broken.join('\n')}\n`);
  const directory = fresh('case');
  await spillover('import', file, '--case', directory);
  const text = await readLate('problems', '--limit', '1200', '--case', directory, '--json');
  expect(Buffer.byteLength(text)).toBeGreaterThan(heldBytes);
  expect(JSON.parse(text)).toBeTypeOf('object');
});
