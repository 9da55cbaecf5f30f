import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';
import { openCase } from '../../src/case/case.ts';
import { caseStatus } from '../../src/case/status.ts';
import { storedTrace } from '../../src/case/stored-trace.ts';
import { until } from '../support/collecting.ts';
import { FakeBoard } from '../support/fakes/fourchan-server.ts';
import { httpFake } from '../support/fakes/http-fake.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { FakeWebhook } from '../support/fakes/webhook-server.ts';
import { alertsIn, startWatch, watchFolder } from '../support/watching.ts';

describe('a watch on live sources', () => {
  it('collects, traces and warns when a leak of a board is carried to Bluesky, and says what it cannot see', {
    timeout: 120_000,
  }, async () => {
    const [stream, hook, boards] = [new FakeJetstream(Date.now), new FakeWebhook(), httpFake(Date.now)];
    const board = new FakeBoard(Date.now);
    board.serve(boards.app, 'pol');
    for (const one of [stream, hook, boards]) await one.listen();
    onTestFinished(async () => {
      for (const close of [() => stream.stop(), () => hook.close(), boards.close]) await close();
    });
    const folder = watchFolder();
    const yaml = `case: case
collectors:
  - {source: fourchan, importEvery: 1s, baseUrl: "${boards.baseUrl()}", options: {board: pol, listEverySeconds: 10}}
  - {source: bluesky, importEvery: 1s, baseUrl: "${stream.baseUrl}", options: {}}
  - {source: fourchan, name: lost, baseUrl: "http://127.0.0.1:1", options: {board: q, listEverySeconds: 10}}
stories:
  - {name: ferry, match: '#FerryPapers OR "ferry papers"'}
schedule: {check: 1s, retrace: 1s}
limits: {blindAfter: 3s}
outputs:
  - {type: webhook, url: "${hook.url}", secretFrom: HOOK}
  - {type: atom, file: alerts.xml}
`;
    const thread = board.open('the ferry papers are out: https://leak.example/ferry.zip');
    board.reply(thread, '&gt;&gt;1000<br>reading the ferry papers now https://leak.example/ferry.zip');
    const watching = await startWatch(folder, yaml, { environment: { HOOK: hook.secret } });
    await until(
      () => (watching.state()?.sources[0]?.postsAdded ?? 0) >= 2 && stream.listeners === 1,
      'the board',
      60_000,
    );
    for (let serial = 0; serial < 5; serial++)
      stream.post(`#FerryPapers https://leak.example/ferry.zip ${serial}`, { did: `did:plc:carrier${serial}` });
    const rules = () => hook.received.flatMap(({ body }) => body.alerts.map(({ rule }) => rule));
    await until(
      () => rules().includes('higher-tier') && JSON.stringify(hook.received).includes('(board /q/)'),
      'the alerts',
      60_000,
    ).catch((error) => {
      throw new Error(`${rules()} ${JSON.stringify(watching.state(), null, 1)}`, { cause: error });
    });
    await until(() => readFileSync(join(folder, 'alerts.xml'), 'utf8').includes('higher-tier'), 'the feed');
    const state = await watching.stop();
    expect(state.sources.map((one) => [one.name, one.state === 'stopped'])).toEqual([
      ['4chan-pol', true],
      ['bluesky', true],
      ['lost', true],
    ]);
    const alerts = await alertsIn(folder);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length);
    const [blind] = alerts.filter(({ subject }) => subject === 'lost');
    expect(blind).toMatchObject({
      rule: 'blind',
      headline: expect.stringMatching(/blind: nothing from 4chan \(board \/q\/\)/),
    });
    const [told] = alerts.filter(({ rule }) => rule === 'higher-tier');
    expect(told).toMatchObject({ story: 'ferry' });
    expect(told!.posts.some((post) => post.startsWith('bluesky/'))).toBe(true);
    expect(hook.received.every(({ isSigned }) => isSigned)).toBe(true);
    const spilloverCase = await openCase(join(folder, 'case'), { readOnly: true });
    try {
      const trace = await storedTrace(spilloverCase, 'ferry');
      expect(trace!.result.stages.find(({ id }) => id === 'first-seen')!.post).toBe(`4chan/pol/${thread}`);
      const collected = trace!.result.coverage.filter(({ platform }) => ['4chan', 'bluesky'].includes(platform));
      expect(new Set(collected.map(({ platform }) => platform))).toEqual(new Set(['4chan', 'bluesky']));
      const { sources } = await caseStatus(spilloverCase, 'test');
      expect(new Set(sources.map(({ collection }) => collection))).toEqual(new Set(['4chan-pol', 'bluesky']));
    } finally {
      spilloverCase.close();
    }
    const again = await startWatch(folder, yaml.replace('check: 1s', 'check: 1s, once: 2s'), {
      environment: { HOOK: hook.secret },
      once: { collectMs: 2_000 },
    });
    await again.done;
    expect((await alertsIn(folder)).filter(({ rule }) => rule === 'higher-tier')).toHaveLength(
      alerts.filter(({ rule }) => rule === 'higher-tier').length,
    );
  });
});
