import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { collectBesideOthers } from '../../src/case/collect.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { realWorld } from '../../src/collectors/world.ts';
import { segmentText, startBesideHeldCase, until } from '../support/collecting.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { smallDisk } from '../support/small-disk.ts';

async function jetstream(): Promise<FakeJetstream> {
  const fake = new FakeJetstream(Date.now);
  await fake.listen();
  onTestFinished(() => fake.stop());
  return fake;
}

function start(directory: string, fake: FakeJetstream) {
  const controller = new AbortController();
  const notes: string[] = [];
  const done = collectBesideOthers(
    directory,
    'bluesky',
    { options: {}, baseUrl: fake.baseUrl, environment: {}, importEveryMs: 3_600_000 },
    { ...quietEffects, signal: controller.signal, onNote: (note) => notes.push(note) },
  );
  done.catch(() => undefined);
  return { done, notes, stop: () => controller.abort(new Error('the test ends it')) };
}

const segmentsIn = (directory: string) => join(directory, 'collected', 'bluesky', 'segments');

describe('a full disk', () => {
  it('stops with a clear message, loses no whole record, and goes on when there is room again', async (context) => {
    const disk = smallDisk(16);
    if (disk === null) return context.skip('SKIPPED: this process may not mount a small disk');
    const fake = await jetstream();
    const directory = join(disk, 'case');
    mkdirSync(directory);
    let run = start(directory, fake);
    await until(() => fake.listeners === 1, 'a listener');
    const ids = Array.from({ length: 200 }, (_, index) => fake.post(`before ${index}`));
    const file = join(segmentsIn(directory), 'bluesky-000001.ndjson');
    await until(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length === 201, 'the first records');
    await until(() => existsSync(join(directory, 'collected', 'bluesky', 'state.json')), 'the first cursor');
    const filler = join(disk, 'filler');
    expect(() => {
      for (let megabyte = 0; ; megabyte++) writeFileSync(`${filler}-${megabyte}`, Buffer.alloc(1 << 20));
    }).toThrow(/ENOSPC/);
    for (let index = 0; index < 400; index++) ids.push(fake.post(`on a full disk ${index} ${'x'.repeat(200)}`));
    await expect(run.done).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('disk is full'),
      hint: expect.stringContaining('goes on where it stopped'),
    });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(200);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name));
    run = start(directory, fake);
    await until(() => fake.cursors.length === 2 && fake.listeners === 1, 'the second run');
    ids.push(fake.post('with room again'));
    await until(
      () =>
        readdirSync(segmentsIn(directory)).some((name) =>
          readFileSync(join(segmentsIn(directory), name), 'utf8').includes('with room again'),
        ),
      'the last post',
    );
    run.stop();
    const report = await run.done;
    expect(report.waitingSegments).toBe(0);
    const spilloverCase = await openCase(directory, { readOnly: true });
    const rows = await spilloverCase.database.rows<{ id: string }>('select post_id as id from post');
    spilloverCase.close();
    expect(rows.map((row) => row.id).toSorted()).toEqual(ids.toSorted());
  });
});

describe('a case that cannot be written', () => {
  it('is refused with a clear message before anything is collected', async (context) => {
    const disk = smallDisk(16);
    if (disk === null) return context.skip('SKIPPED: this process may not mount a small disk');
    const fake = await jetstream();
    const directory = join(disk, 'case');
    (await openCase(directory)).close();
    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
    await expect(start(directory, fake).done).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/cannot be written \(EROFS\)/),
      hint: expect.stringContaining('--case'),
    });
    expect(fake.cursors).toEqual([]);
  });

  it('keeps the segments while another process holds it', async () => {
    const fake = await jetstream();
    const directory = mkdtempSync(join(tmpdir(), 'spillover-held-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    (await openCase(directory)).close();
    const script = `import { DuckDBInstance } from '@duckdb/node-api'; await DuckDBInstance.create(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, join(directory, 'case.duckdb')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill();
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    let run = start(directory, fake);
    await until(() => fake.listeners === 1, 'a listener');
    const id = fake.post('while the case is held');
    const segments = segmentsIn(directory);
    const written = () =>
      (existsSync(segments) ? readdirSync(segments) : []).map((name) => readFileSync(join(segments, name)));
    await until(() => written().some((bytes) => bytes.includes('while the case is held')), 'the post in a segment');
    run.stop();
    const report = await run.done;
    expect(report.waitingSegments).toBe(1);
    expect(run.notes.join('\n')).toContain('in use');
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill();
    await gone;
    run = start(directory, fake);
    await until(() => fake.cursors.length === 2, 'the second run');
    run.stop();
    expect((await run.done).imported.postsAdded).toBe(1);
    const spilloverCase = await openCase(directory, { readOnly: true });
    expect(await spilloverCase.database.rows('select post_id as id from post')).toEqual([{ id }]);
    spilloverCase.close();
  });

  it('takes secrets from a file only where nobody else can read it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spillover-secret-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const secrets = join(directory, 'secrets.json');
    writeFileSync(secrets, JSON.stringify({ SPILLOVER_X_BEARER: 'top-secret' }));
    const fake = await jetstream();
    const options = {
      options: { search: 'leak' },
      baseUrl: fake.baseUrl.replace('ws', 'http'),
      environment: {},
      credentialsFile: secrets,
      forMs: 300,
    };
    const caseDirectory = join(directory, 'case');
    chmodSync(secrets, 0o644);
    await expect(collectBesideOthers(caseDirectory, 'x', options, quietEffects)).rejects.toMatchObject({
      message: expect.stringContaining('can be read by others'),
      hint: expect.stringContaining('chmod 600'),
    });
    chmodSync(secrets, 0o600);
    await collectBesideOthers(caseDirectory, 'x', options, quietEffects).catch(() => undefined);
    const { stdout } = spawnSync('grep', ['-rl', 'top-secret', caseDirectory], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(existsSync(join(caseDirectory, 'collected'))).toBe(true);
  });
});

describe('the name of a collection', () => {
  it('is free for other options until something came under it, and then names what differs', async () => {
    const fake = await jetstream();
    const directory = mkdtempSync(join(tmpdir(), 'spillover-name-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const start = (match: string, baseUrl: string) =>
      startBesideHeldCase(directory, 'bluesky', realWorld, { name: 'one', options: { match: [match] }, baseUrl });
    let run = start('lek', 'http://127.0.0.1:1');
    await until(() => run.notes.some((note) => note.includes('nobody answers at this address')), 'a refusal');
    await run.stop();
    run = start('leak', fake.baseUrl);
    await until(() => fake.listeners === 1, 'a listener');
    fake.post('a leak');
    await until(() => segmentText(directory).includes('a leak'), 'the post');
    await run.stop();
    await expect(start('leaks', fake.baseUrl).done).rejects.toThrow(
      'started with other options: match was ["leak"] and is now ["leaks"].',
    );
  });
});
