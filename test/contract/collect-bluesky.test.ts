import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyCase, postIds, startCollecting, until } from '../support/collecting.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { hurriedWorld } from '../support/hurried-world.ts';

const world = hurriedWorld(60);

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
});
