import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyCase, postIds, startCollecting, until } from '../support/collecting.ts';
import { fakeMastodon } from '../support/fakes/mastodon-server.ts';
import { fakeX } from '../support/fakes/x-server.ts';
import { hurriedWorld } from '../support/hurried-world.ts';

const world = hurriedWorld(60);

async function mastodonServer() {
  const fake = fakeMastodon(world.now);
  await fake.http.listen();
  onTestFinished(() => fake.http.close());
  return fake;
}

async function xServer() {
  const fake = fakeX(world.now);
  await fake.http.listen();
  onTestFinished(() => fake.http.close());
  return fake;
}

describe('the stream of Mastodon', () => {
  it('says what is missing where the server wants a token, and keeps the token out of case and notes', async () => {
    const fake = await mastodonServer();
    const spilloverCase = await emptyCase();
    const options = { options: { server: 'social.example' }, baseUrl: fake.http.baseUrl() };
    await expect(
      startCollecting(spilloverCase, 'mastodon', world, {
        ...options,
        environment: { SPILLOVER_MASTODON_TOKEN: 'a-wrong-secret' },
      }).done,
    ).rejects.toMatchObject({ name: 'UserError', hint: expect.stringContaining('SPILLOVER_MASTODON_TOKEN') });
    expect([...fake.tokensSeen]).toEqual(['Bearer a-wrong-secret']);
  });
});

describe('the filtered stream of X', () => {
  const rule = 'macron leak';

  it('makes its rules the same, leaves those of others, and mends a break by the search', async () => {
    const fake = await xServer();
    fake.rules.push({ id: '2', value: 'an old wish', tag: 'spillover' });
    const spilloverCase = await emptyCase();
    const run = startCollecting(spilloverCase, 'x', world, {
      options: { rule: [rule] },
      environment: { ...fake.environment },
      baseUrl: fake.http.baseUrl(),
    });
    await until(() => fake.listeners() === 1, 'a listener');
    expect(fake.rules.map(({ value }) => value).toSorted()).toEqual(['cats', rule]);
    const ids = [fake.publish('one'), fake.publish('two')];
    fake.raw('{"data": {"id": "1", "text": "a cat"}, "matching_rules": [{"id": "1", "tag": "somebody else"}]}');
    fake.raw('{"data": {"id": "broken"');
    await world.sleep(20_000);
    fake.cut({
      errors: [
        { title: 'operational-disconnect', detail: 'This stream has been disconnected for operational reasons.' },
      ],
    });
    await world.sleep(1_000);
    ids.push(fake.publish('in the break'));
    await until(() => fake.listeners() === 1, 'a listener again');
    await world.sleep(40_000);
    ids.push(fake.publish('after'));
    await world.sleep(20_000);
    const report = await run.stop();
    expect(report.imported.problems).toBe(1);
    expect(report.passedOver).toBe(1);
    const found = await postIds(spilloverCase);
    expect(found.filter((id) => !ids.includes(id))).toEqual([]);
    expect(report.gapList.every((gap) => gap.flag === 'late')).toBe(true);
    expect(found).toContain(ids[3]);
  });

  it('ends at the stated maximum of posts and says so in the coverage', async () => {
    const fake = await xServer();
    const spilloverCase = await emptyCase();
    const run = startCollecting(spilloverCase, 'x', world, {
      options: { rule: [rule], maxPosts: 10 },
      environment: { ...fake.environment },
      baseUrl: fake.http.baseUrl(),
    });
    await until(() => fake.listeners() === 1, 'a listener');
    for (let count = 0; count < 15; count++) fake.publish(`post ${count}`);
    const report = await run.done;
    expect(report).toMatchObject({ records: 10, ended: 'finished' });
    expect(report.gapList).toMatchObject([{ flag: 'capped', cause: expect.stringContaining('maximum of 10 posts') }]);
  });

  it('names the rule that X does not take', async () => {
    const fake = await xServer();
    const run = startCollecting(await emptyCase(), 'x', world, {
      options: { rule: ['((broken'] },
      environment: { ...fake.environment },
      baseUrl: fake.http.baseUrl(),
    });
    await expect(run.done).rejects.toThrow(/\(\(broken: Unbalanced parentheses/);
  });

  it('reads the archive once, up to the maximum that was stated', async () => {
    const fake = await xServer();
    const spilloverCase = await emptyCase();
    fake.flood();
    await world.sleep(30_000);
    const options = {
      search: 'flood',
      archive: true,
      from: new Date(world.now() - 3_600_000).toISOString(),
      to: new Date(world.now() - 12_000).toISOString(),
    };
    const collecting = { environment: { ...fake.environment }, baseUrl: fake.http.baseUrl() };
    const capped = await startCollecting(spilloverCase, 'x', world, {
      ...collecting,
      name: 'capped',
      options: { ...options, maxPosts: 50 },
    }).done;
    expect(fake.paidFor()).toBe(50);
    expect(capped.gapList).toMatchObject([{ flag: 'capped' }]);
    const whole = await startCollecting(spilloverCase, 'x', world, { ...collecting, options }).done;
    expect(whole).toMatchObject({ ended: 'finished', gapList: [] });
    expect(await postIds(spilloverCase)).toHaveLength(150);
  });
});
