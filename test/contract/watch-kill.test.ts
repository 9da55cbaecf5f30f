import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../support/collecting.ts';
import { FakeWebhook } from '../support/fakes/webhook-server.ts';
import { alertsIn, signal, watchFolder } from '../support/watching.ts';

const child = fileURLToPath(new URL('../support/watch-child.ts', import.meta.url));

it('an alert that is in the case when the watch is killed goes out after the restart, and stays one', {
  timeout: 180_000,
}, async () => {
  const fake = new FakeWebhook();
  await fake.listen();
  onTestFinished(() => fake.close());
  const folder = watchFolder();
  const file = join(folder, 'watch.yaml');
  writeFileSync(
    file,
    `case: case
schedule: {check: 1s}
outputs:
  - {type: webhook, url: "${fake.url}", secretFrom: HOOK}
  - {type: atom, file: alerts.xml}
`,
  );
  const start = (keys: string[]): ChildProcess => {
    const signals = JSON.stringify(keys.map((key) => signal(key)));
    const started = spawn(process.execPath, ['--import', 'tsx', child, file, signals], {
      stdio: 'ignore',
      env: { ...process.env, HOOK: fake.secret },
    });
    onTestFinished(() => void started.kill('SIGKILL'));
    return started;
  };
  const ended = (one: ChildProcess, how: NodeJS.Signals) =>
    new Promise((resolve) => {
      one.once('exit', resolve);
      one.kill(how);
    });
  const keys = ['a', 'b', 'c', 'd', 'e'];
  fake.answers.push('hang');
  let running = start(keys);
  await until(() => fake.received.length === 1, 'a delivery that is never answered', 60_000);
  await ended(running, 'SIGKILL');
  const before = await alertsIn(folder);
  expect(before.map(({ subject }) => subject)).toEqual(keys);
  expect(
    before.every(({ deliveries }) => deliveries.find(({ output }) => output === 'webhook')!.state === 'waiting'),
  ).toBe(true);
  running = start([...keys, 'f']);
  await until(() => fake.received.length >= 4, 'some deliveries', 60_000);
  await ended(running, 'SIGKILL');
  running = start([...keys, 'f']);
  await until(() => new Set(fake.received.map(({ id }) => id)).size === 6, 'all deliveries', 60_000);
  await until(() => readFileSync(join(folder, 'alerts.xml'), 'utf8').split('<entry>').length === 7, 'the feed', 60_000);
  await ended(running, 'SIGTERM');
  const after = await alertsIn(folder);
  expect(after.map(({ subject }) => subject)).toEqual([...keys, 'f']);
  expect(after.flatMap(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual(Array(12).fill('delivered'));
  const told = new Map(fake.received.map(({ id, body }) => [id, body.alerts[0]!.headline]));
  expect([...told.values()].sort()).toEqual([...keys, 'f'].map((key) => `headline of ${key}`));
  expect(fake.received.length).toBeLessThanOrEqual(8);
});
