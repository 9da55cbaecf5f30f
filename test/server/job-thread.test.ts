import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkCase, networkStory } from '../../bench/network-case.ts';
import { type Case, openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { JobThread } from '../../src/case/job-thread.ts';
import { layOutStory } from '../../src/case/lay-out-story.ts';
import { packedExport } from '../../src/case/packed-export.ts';
import { trace } from '../../src/case/trace.ts';

const directory = mkdtempSync(join(tmpdir(), 'spillover-thread-'));
let spilloverCase: Case;
let thread: JobThread;
beforeAll(async () => {
  await networkCase(800, 3200, directory);
  spilloverCase = await openCase(directory);
  thread = new JobThread(spilloverCase);
}, 120_000);
afterAll(async () => {
  await thread.close();
  spilloverCase.close();
  rmSync(directory, { recursive: true, force: true });
});

/** How long the work took and the longest time for which this thread could do nothing else. */
async function watched(work: () => Promise<unknown>) {
  const began = performance.now();
  let last = began;
  let longest = 0;
  const note = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const beat = setInterval(note, 5);
  await work();
  note();
  clearInterval(beat);
  return { took: performance.now() - began, longest };
}

const stored = (analysis: string) =>
  spilloverCase.database.first<{ json: string }>('select json from result where analysis = $analysis', { analysis });
const network = { kind: 'network', story: networkStory, network: 'reshare' } as const;

describe('a thread of jobs', () => {
  it('stores the same bytes as work in the main thread, which it leaves free', async () => {
    const blocked = await watched(() => layOutStory(spilloverCase, networkStory, 'reshare', quietEffects));
    const alone = (await stored('network-reshare'))!.json;
    await thread.run({ kind: 'analysis', id: 'bursts', story: networkStory, options: {} }, quietEffects);
    const free = await watched(() => thread.run(network, quietEffects));
    expect((await stored('network-reshare'))!.json).toBe(alone);
    expect(blocked.longest).toBeGreaterThan(blocked.took / 2);
    expect(free.longest).toBeLessThan(blocked.longest / 2);

    await trace(spilloverCase, networkStory, {}, quietEffects);
    const traced = (await stored('trace'))!.json;
    await thread.run({ kind: 'trace', story: networkStory, options: {} }, quietEffects);
    expect((await stored('trace'))!.json).toBe(traced);

    const request = { story: networkStory, form: 'gexf', mask: true, network: 'reshare', dynamic: true } as const;
    const [here, there] = ['here', 'there'].map((name) => mkdtempSync(join(directory, name))) as [string, string];
    const { path } = await packedExport(spilloverCase, request, here, quietEffects);
    const [made] = await thread.run({ kind: 'export', request, folder: there }, quietEffects);
    expect(readFileSync(made!.path)).toEqual(readFileSync(path));
  });

  it('can be stopped at any step: the result before stays, the connection is free, and work goes on in a new thread', async () => {
    const before = (await stored('trace'))!.json;
    const steps: string[] = [];
    await thread.run(
      { kind: 'trace', story: networkStory, options: {} },
      { ...quietEffects, onProgress: ({ step }) => steps.push(step) },
    );
    expect(steps.length).toBeGreaterThan(5);
    for (const stop of [steps[2], steps.at(-1)]) {
      const controller = new AbortController();
      const run = thread.run(
        { kind: 'trace', story: networkStory, options: {} },
        {
          ...quietEffects,
          signal: controller.signal,
          onProgress: ({ step }) => {
            if (step === stop) controller.abort();
          },
        },
      );
      await expect(run).rejects.toThrow('stopped by the user');
      await spilloverCase.database.transaction(() => spilloverCase.database.run('select 1'));
      expect((await stored('trace'))!.json).toBe(before);
    }
  });

  it('tells what the user can mend from bugs', async () => {
    await expect(thread.run({ kind: 'trace', story: 'nothing', options: {} }, quietEffects)).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.any(String),
    });
    const { database } = spilloverCase;
    await database.run('alter table artifact rename to elsewhere');
    const bug = await thread.run(network, quietEffects).catch((error: unknown) => error);
    await database.run('alter table elsewhere rename to artifact');
    expect(bug).toBeInstanceOf(Error);
    expect(bug).not.toMatchObject({ name: 'UserError' });
    await thread.run(network, quietEffects);
  });
});
