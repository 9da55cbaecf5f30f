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
  it('gives every post once, over cuts, restarts, repeated and late events, with deletions', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const options = { options: {}, baseUrl: fake.baseUrl };
    let run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.listeners === 1, 'a listener');
    const ids = [fake.post('one'), fake.post('two')];
    fake.repeatLast();
    fake.identity('did:plc:nobody');
    fake.raw('{"did": "did:plc:broken", "time_us":');
    fake.cut();
    ids.push(fake.post('sent while nobody listened'));
    await until(() => fake.listeners === 1 && fake.cursors.length === 2, 'the second connection');
    ids.push(fake.post('four', { agoMs: 20_000 }));
    fake.delete(ids[0]!);
    fake.delete('at://did:plc:stranger/app.bsky.feed.post/3kunknown');
    ids.push(fake.post('of a doomed account', { did: 'did:plc:doomed' }));
    fake.deleteAccount('did:plc:doomed');
    fake.close(1000, 'maintenance');
    await until(() => fake.cursors.length === 3, 'the third connection');
    await world.sleep(3_000);
    const first = await run.stop();
    expect(first.imported).toMatchObject({ postsAdded: 5, problems: 1, markedDeleted: 2 });
    expect(first.gapList).toEqual([]);
    ids.push(fake.post('sent while the collector was down'));
    run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.cursors.length === 4, 'the fourth connection');
    ids.push(fake.post('last'));
    await world.sleep(10_000);
    const second = await run.stop();
    expect(await postIds(spilloverCase)).toEqual([...ids].sort());
    expect(second.gapList).toEqual([]);
    expect(second.coverage).toHaveLength(1);
    expect(fake.agents.every((agent) => agent.startsWith('Spillover/'))).toBe(true);
    const deleted = await spilloverCase.database.rows<{ text: string }>(
      'select text from post where deleted_at is not null order by text',
    );
    expect(deleted).toEqual([{ text: 'of a doomed account' }, { text: 'one' }]);
  });

  it('records the hole that a replay leaves when the server forgot', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    const options = { options: {}, baseUrl: fake.baseUrl };
    let run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.listeners === 1, 'a listener');
    fake.post('before');
    await world.sleep(5_000);
    await run.stop();
    fake.post('forgotten');
    fake.forget();
    await world.sleep(120_000);
    run = startCollecting(spilloverCase, 'bluesky', world, options);
    await until(() => fake.listeners === 1, 'a listener again');
    fake.post('after');
    await world.sleep(5_000);
    const report = await run.stop();
    expect(report.gapList).toMatchObject([{ flag: 'gap', cause: expect.stringContaining('cursor') }]);
    expect(report.coverage).toHaveLength(2);
  });

  it('gives up a connection that is half open, and one that is refused, and comes back', async () => {
    const fake = await jetstream();
    const spilloverCase = await emptyCase();
    fake.mute = true;
    const run = startCollecting(spilloverCase, 'bluesky', world, { options: {}, baseUrl: fake.baseUrl });
    await until(() => fake.cursors.length === 1, 'a mute connection');
    await until(() => run.notes.some((note) => note.includes('nothing heard')), 'the end of patience');
    fake.mute = false;
    await until(() => fake.listeners >= 1 && fake.cursors.length >= 2, 'a new connection');
    const id = fake.post('at last');
    await world.sleep(5_000);
    await run.stop();
    expect(await postIds(spilloverCase)).toEqual([id]);
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
