import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { writeXApiV2Records } from '../../bench/x-api-v2-records.ts';
import { openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { caseContent } from '../support/case-content.ts';

const spillover = fileURLToPath(new URL('../../bin/spillover', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'spillover-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command line; with `killAfterMs` the process gets SIGKILL then. Resolves to its output. */
function run(args: string[], killAfterMs: number | null): Promise<{ stderr: string; code: number | null; ms: number }> {
  return new Promise((resolve) => {
    const began = Date.now();
    const child = spawn(process.execPath, [spillover, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('close', (code) => {
      if (timer) clearTimeout(timer);
      resolve({ stderr, code, ms: Date.now() - began });
    });
  });
}

/** The next run, in this process: only the first must be one that can be killed. */
async function importAll(directory: string, files: readonly string[]): Promise<void> {
  const spilloverCase = await openCase(directory);
  try {
    expect((await importFiles(spilloverCase, files, {}, quietEffects)).failed).toEqual([]);
  } finally {
    spilloverCase.close();
  }
}

async function content(directory: string): Promise<unknown> {
  const spilloverCase = await openCase(directory, { readOnly: true });
  try {
    return await caseContent(spilloverCase);
  } finally {
    spilloverCase.close();
  }
}

describe('an import that is killed', () => {
  it('leaves whole sources only, and the next run ends with the same tables as an undisturbed one', {
    timeout: 600_000,
  }, async () => {
    const files: string[] = [];
    for (let part = 1; part <= 3; part++) {
      const file = join(folder, `part-${part}.jsonl`);
      await writeXApiV2Records(file, 2000, part);
      files.push(file);
    }
    writeFileSync(
      join(folder, 'broken.jsonl'),
      '{"id":"1","author_id":"2","text":"x","created_at":"2026-04-01T00:00:00.000Z"}\n{"id":"2","author_\n',
    );
    files.push(join(folder, 'broken.jsonl'));
    const calm = join(folder, 'calm');
    const undisturbed = await run(['import', ...files, '--case', calm], null);
    expect(undisturbed.code, undisturbed.stderr).toBe(0);
    const expected = await content(calm);

    let state = 20261123;
    const random = () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state / 2 ** 32;
    };
    let killed = 0;
    let longest = undisturbed.ms;
    for (let round = 0; killed < 10 && round < 30; round++) {
      const directory = join(folder, `killed-${round}`);
      const first = await run(['import', ...files, '--case', directory], 250 + random() * Math.max(100, longest - 300));
      if (first.code === null) killed++;
      else longest *= 0.8;
      await importAll(directory, files);
      expect(await content(directory), `round ${round}`).toEqual(expected);
      rmSync(directory, { recursive: true, force: true });
    }
    expect(killed).toBe(10);
  });

  it('tells a second process who holds the case', async () => {
    const directory = join(folder, 'held');
    const spilloverCase = await openCase(directory, { purpose: 'spillover import long.jsonl' });
    try {
      const second = await run(['import', join(folder, 'broken.jsonl'), '--case', directory], null);
      expect(second.code).toBe(2);
      expect(second.stderr).toContain('spillover import long.jsonl');
      expect(second.stderr).toContain(`process ${process.pid}`);
    } finally {
      spilloverCase.close();
    }
  });
});
