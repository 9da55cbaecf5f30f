import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { until } from '../support/collecting.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { smallDisk } from '../support/small-disk.ts';
import { alertsIn, signal, startWatch } from '../support/watching.ts';

async function jetstream(): Promise<FakeJetstream> {
  const fake = new FakeJetstream(Date.now);
  await fake.listen();
  onTestFinished(() => fake.stop());
  return fake;
}

const yaml = (fake: FakeJetstream) => `case: case
schedule: {check: 1s}
collectors:
  - {source: bluesky, baseUrl: "${fake.baseUrl}", importEvery: 1s, options: {}}
`;

it.for<[string, number, RegExp]>([
  ['segments', 0, /^bluesky: The disk is full .*starting again/],
  [
    'the case, while segments still fit,',
    400_000,
    /^the check failed and is tried again: The disk of the case is full/,
  ],
])(
  'a disk too full for %s is told in plain words; the watch goes on when there is room, with every post and every alert',
  {
    timeout: 120_000,
  },
  async ([, left, says], context) => {
    const disk = smallDisk(24);
    if (disk === null) return context.skip('SKIPPED: this process may not mount a small disk');
    const fake = await jetstream();
    const due = ['before'];
    const watching = await startWatch(disk, yaml(fake), { evaluate: async () => due.map((key) => signal(key)) });
    await until(() => fake.listeners === 1, 'a listener');
    const ids = Array.from({ length: 50 }, (_, index) => fake.post(`before ${index}`));
    await until(() => watching.printed.join('').includes('headline of before'), 'the first alert');
    await until(() => (watching.state()?.sources[0]?.postsAdded ?? 0) >= 50, 'the first posts');
    let size = 1 << 20;
    for (let n = 0; size >= 4096; n++) {
      try {
        writeFileSync(join(disk, `filler-${n}`), Buffer.alloc(size));
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
        size >>= 1;
      }
    }
    writeFileSync(join(disk, 'filler-0'), Buffer.alloc((1 << 20) - left));
    due.push('on a full disk');
    for (let index = 0; index < 50; index++) ids.push(fake.post(`full ${index} ${'x'.repeat(300)}`));
    await until(() => watching.notes.some((note) => says.test(note)), 'the note');
    const told = [...watching.notes];
    for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name));
    await until(() => watching.printed.join('').includes('headline of on a full disk'), 'the second alert', 60_000);
    await until(() => fake.listeners === 1, 'a listener again', 60_000);
    ids.push(fake.post('with room again'));
    await until(() => (watching.state()?.sources[0]?.postsAdded ?? 0) >= ids.length, 'all posts', 60_000);
    const state = await watching.stop();
    expect(state.stopped).not.toBeNull();
    for (const note of told) expect(note).not.toMatch(/\n\s+at /);
    expect((await alertsIn(disk)).map(({ headline }) => headline)).toEqual([
      'headline of before',
      'headline of on a full disk',
    ]);
    const spilloverCase = await openCase(join(disk, 'case'), { readOnly: true });
    const rows = await spilloverCase.database.rows<{ id: string }>('select post_id as id from post');
    spilloverCase.close();
    expect(rows.map((row) => row.id).toSorted()).toEqual(ids.toSorted());
  },
);

it('a case that cannot be written is refused before anything is collected', async (context) => {
  const disk = smallDisk(24);
  if (disk === null) return context.skip('SKIPPED: this process may not mount a small disk');
  const fake = await jetstream();
  mkdirSync(join(disk, 'case'));
  (await openCase(join(disk, 'case'))).close();
  writeFileSync(join(disk, 'watch.yaml'), yaml(fake));
  expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
  await expect((await startWatch(disk, null)).done).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/cannot be written/),
  });
  expect(fake.cursors).toEqual([]);
});
