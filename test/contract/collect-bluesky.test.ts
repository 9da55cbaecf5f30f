import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyCase, postIds, startCollecting, until } from '../support/collecting.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { packer } from '../support/fakes/packer.ts';
import { hurriedWorld } from '../support/hurried-world.ts';

const world = hurriedWorld(60);
const dictionaryFile = fileURLToPath(new URL('../data/jetstream.zdict', import.meta.url));

async function jetstream(): Promise<FakeJetstream> {
  const fake = new FakeJetstream(world.now);
  await fake.listen();
  onTestFinished(() => fake.stop());
  return fake;
}

describe('the stream of Bluesky', () => {
  it('names itself, marks posts of deleted accounts, and passes over what nobody knows', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const run = startCollecting(spilloverCase, 'bluesky', world, { options: {}, baseUrl: fake.baseUrl });
    await until(() => fake.listeners === 1, 'a listener');
    fake.identity('did:plc:nobody');
    fake.delete('at://did:plc:stranger/app.bsky.feed.post/3kunknown');
    fake.post('of a doomed account', { did: 'did:plc:doomed' });
    fake.deleteAccount('did:plc:doomed');
    fake.close(1000, 'maintenance');
    await until(() => fake.cursors.length === 2, 'the second connection');
    await world.sleep(3_000);
    const report = await run.stop();
    expect(report.imported).toMatchObject({ postsAdded: 1, problems: 0, markedDeleted: 1 });
    expect(report.gapList).toEqual([]);
    expect(fake.agents.every((agent) => agent.startsWith('Spillover/'))).toBe(true);
  });

  it('keeps what holds a term, and counts the rest', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const options = { options: { match: ['#MacronLeaks', 'example.org'] }, baseUrl: fake.baseUrl };
    const run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.listeners === 1, 'a listener');
    const wanted = [fake.post('news of #macronleaks'), fake.post('see EXAMPLE.org/x')];
    fake.post('something else');
    await world.sleep(5_000);
    const report = await run.stop();
    expect(await postIds(spilloverCase)).toEqual(wanted.sort());
    expect(report).toMatchObject({ records: 2, passedOver: 1, scope: expect.stringContaining('#MacronLeaks') });
  });

  it('goes on where a run with a small maximum stopped, though the last seconds are replayed', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const wanted: string[] = [];
    for (let count = 1; count <= 3; count++) {
      const run = startCollecting(spilloverCase, 'bluesky', world, { options: {}, baseUrl: fake.baseUrl, max: 2 });
      await until(() => fake.cursors.length === count, 'a listener');
      wanted.push(...[1, 2, 3].map((post) => fake.post(`${count}: ${post}`)));
      expect((await run.done).ended).toBe('maximum reached');
    }
    expect(fake.cursors.slice(1).every((cursor) => cursor !== null)).toBe(true);
    const found = await postIds(spilloverCase);
    expect(found.length).toBeGreaterThanOrEqual(6);
    expect(wanted.slice(0, found.length).sort()).toEqual(found);
  });

  it('forgets what is deleted, if asked to', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const run = startCollecting(spilloverCase, 'bluesky', world, {
      options: {},
      baseUrl: fake.baseUrl,
      respectDeletions: true,
    });
    await until(() => fake.listeners === 1, 'a listener');
    const kept = fake.post('stays https://example.org/a');
    const gone = fake.post('a secret https://example.org/b');
    fake.delete(gone);
    await world.sleep(5_000);
    await run.stop();
    const rows = await spilloverCase.database.rows(
      `select post_id as id, text, urls, deleted_at is not null as deleted, (select count(*) from share where share.post_key = post.post_key) > 0 as shares
       from post order by deleted`,
    );
    expect(rows).toEqual([
      { id: kept, text: 'stays https://example.org/a', urls: ['https://example.org/a'], deleted: false, shares: true },
      { id: gone, text: null, urls: null, deleted: true, shares: false },
    ]);
  });

  it('reads the stream compressed, goes on over it, and changes to it within a collection', async () => {
    const fake = await jetstream();
    fake.compress = await packer(dictionaryFile);
    const spilloverCase = await emptyCase();
    const options = { options: {}, baseUrl: fake.baseUrl };
    let run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.listeners === 1, 'a listener');
    const ids = Array.from({ length: 50 }, (_, index) => fake.post(`plain ${index}`));
    await world.sleep(5_000);
    await run.stop();
    const plainBytes = fake.bytesSent / 50;
    fake.bytesSent = 0;
    ids.push(fake.post('sent while the collector was down'));
    run = startCollecting(spilloverCase, 'bluesky', world, { ...options, options: { zstdDictionary: dictionaryFile } });
    await until(() => fake.listeners === 1, 'a listener of packed messages');
    ids.push(...Array.from({ length: 50 }, (_, index) => fake.post(`packed ${index}`)));
    fake.cut();
    ids.push(fake.post('sent in a break'));
    await until(() => fake.cursors.length === 3 && fake.listeners === 1, 'the third connection');
    await world.sleep(10_000);
    const report = await run.stop();
    expect(await postIds(spilloverCase)).toEqual(ids.sort());
    expect(report.gapList).toEqual([]);
    expect(report.coverage).toHaveLength(1);
    expect(fake.bytesSent / report.records).toBeLessThan(0.5 * plainBytes);
  });

  it('says which dictionary is wanted, and where to get it', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const start = (zstdDictionary: string) =>
      startCollecting(spilloverCase, 'bluesky', world, { options: { zstdDictionary }, baseUrl: fake.baseUrl }).done;
    const hint = expect.stringContaining('github.com/bluesky-social/jetstream');
    await expect(start('/nowhere/at/all')).rejects.toMatchObject({ name: 'UserError', hint });
    await expect(start(fileURLToPath(import.meta.url))).rejects.toMatchObject({ name: 'UserError', hint });
    const other = Buffer.from(readFileSync(dictionaryFile));
    other.writeUInt32LE(1_612_007_021, 4);
    const otherFile = join(spilloverCase.directory, 'other.zdict');
    writeFileSync(otherFile, other);
    fake.compress = await packer(dictionaryFile);
    const wrong = start(otherFile);
    await until(() => fake.listeners === 1, 'a listener');
    fake.post('packed with the dictionary of the server');
    await expect(wrong).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('made with dictionary 7, this one is 1612007021'),
      hint,
    });
    expect(fake.cursors).toHaveLength(1);
  });
});
