import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../support/collecting.ts';
import { FakeJetstream } from '../support/fakes/jetstream-server.ts';
import { FakeSmtp } from '../support/fakes/smtp-server.ts';
import { FakeWebhook } from '../support/fakes/webhook-server.ts';
import { executable, expectUserError, fresh, spillover, written } from './run-spillover.ts';

/** Runs the built command line beside the test, which serves it meanwhile. */
function beside(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [executable, ...argv], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.err += part));
  const done = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, text, done };
}

/** A folder with a case of today's posts: a leak on a board that a mainstream venue takes up. */
async function watchedFolder(): Promise<{ folder: string; file: string; directory: string }> {
  const folder = fresh('watch');
  mkdirSync(join(folder, 'today/4chan/pol'), { recursive: true });
  const seconds = Math.floor(Date.now() / 1000);
  writeFileSync(
    join(folder, 'today/4chan/pol/1.json'),
    JSON.stringify({
      posts: [{ no: 1, resto: 0, time: seconds - 3600, name: 'Anonymous', com: 'the ferry papers are out' }],
    }),
  );
  writeFileSync(
    join(folder, 'today/news.xml'),
    `<?xml version="1.0"?><rss version="2.0"><channel><title>Reuters</title><link>https://www.reuters.com/</link><item><title>The ferry papers</title>
    <link>https://www.reuters.com/ferry</link><guid>https://www.reuters.com/ferry</guid><pubDate>${new Date(Date.now() - 600_000).toUTCString()}</pubDate></item></channel></rss>`,
  );
  const directory = join(folder, 'case');
  const imported = await spillover('import', join(folder, 'today'), '--case', directory);
  expect(imported.code, imported.err).toBe(0);
  const file = join(folder, 'watch.yaml');
  writeFileSync(file, `case: case\nstories: [{name: ferry, match: '"ferry papers"'}]\noutputs: [{type: terminal}]\n`);
  return { folder, file, directory };
}

describe('spillover watch', () => {
  it('prints an example and a schema', async () => {
    const example = await spillover('watch', '--example');
    expect(example.out.split('\n')[0]).toBe('# yaml-language-server: $schema=./watch.schema.json');
    const schema = await spillover('watch', '--schema');
    expect(JSON.parse(schema.out)).toEqual(
      JSON.parse(readFileSync(new URL('../../docs/reference/watch.schema.json', import.meta.url), 'utf8')),
    );
  });

  it('checks without doing, and names mistakes', async () => {
    const { file, directory } = await watchedFolder();
    const checked = await spillover('watch', file, '--check', '--json');
    expect(JSON.parse(checked.out)).toMatchObject({ caseDirectory: directory, rules: { length: 7 } });
    expectUserError(await spillover('watch'), /Name a watch file/);
    expectUserError(await spillover('watch', file, '--for', '5m'), /--for belongs to --once/);
    expectUserError(await spillover('watch', file, '--once', '--test-outputs'), /--once and --test-outputs do not go/);
    expectUserError(await spillover('watch', file, '--once', '--for', 'soon'), /takes a length of time/);
    expectUserError(await spillover('watch', fresh('none.yaml')), /cannot be read/);
    expectUserError(
      await spillover('watch', written('w.yaml', 'colectors: []'), '--check'),
      /did you mean collectors\?/,
    );
    expectUserError(await spillover('watch', file, '--status'), /was never watched/);
    const lost = written('lost.yaml', 'case: nowhere-case\nstories: [{name: not-there}]\n');
    expectUserError(await spillover('watch', lost, '--once'), /There is no story "not-there"/);
  });

  it('tells each alert once; alerts are listed, shown and acknowledged', async () => {
    const { file, directory } = await watchedFolder();
    const first = await spillover('watch', file, '--once');
    expect(first.code, first.err).toBe(0);
    expect(first.out).toMatch(/^URGENT ferry reaches a mainstream venue\n/);
    const second = await spillover('watch', file, '--once', '--json');
    expect(JSON.parse(second.out)).toMatchObject({
      lastCheck: { newAlerts: 0 },
      stories: [{ name: 'ferry', posts: 2 }],
    });
    const listed = JSON.parse((await spillover('alerts', '--json', '--case', directory)).out);
    expect(listed).toMatchObject([
      {
        number: 1,
        rule: 'mainstream-crossing',
        story: 'ferry',
        deliveries: [{ output: 'terminal', state: 'delivered' }],
      },
    ]);
    const shown = await spillover('alerts', 'show', '1', '--case', directory);
    expect(shown.out).toMatch(/the ferry papers are out[\s\S]*terminal/);
    const done = await spillover('alerts', 'acknowledge', '1', '--note', 'called', '--case', directory);
    expect(done.out).toBe('acknowledged 1: ferry reaches a mainstream venue\n');
    expect((await spillover('alerts', 'list', '--open', '--case', directory)).out).toBe('No alerts.\n');
    expect((await spillover('watch', file, '--status')).out).toMatch(/^not running; stopped[\s\S]*ferry/);
    expectUserError(await spillover('alerts', 'show', '9', '--case', directory), /There is no alert 9/);
    expectUserError(await spillover('alerts', 'show', 'x', '--case', directory), /takes a whole number/);
    expectUserError(await spillover('alerts', '--rule', 'nope', '--case', directory), /There is no rule "nope"/);
    expectUserError(await spillover('alerts', '--case', fresh('no-case')), /There is no case/);
  });
});

describe('the built command line', () => {
  it('sends test messages by webhook and mail, and says which did not arrive', async () => {
    const [hook, smtp] = [new FakeWebhook(), new FakeSmtp()];
    for (const one of [hook, smtp]) {
      await one.listen();
      onTestFinished(() => one.close());
    }
    const file = written(
      'outputs.yaml',
      `outputs:
  - {type: webhook, url: "${hook.url}", secretFrom: HOOK}
  - {type: webhook, name: second, url: "http://127.0.0.1:1/", secretFrom: HOOK}
  - {type: email, host: 127.0.0.1, port: ${smtp.port}, security: none, from: a@newsroom.example, to: [b@newsroom.example]}
`,
    );
    const { done, text } = beside(['watch', file, '--test-outputs', '--json'], { HOOK: hook.secret });
    expect(await done).toBe(2);
    expect(JSON.parse(text.out).map((one: { output: string; arrived: boolean }) => [one.output, one.arrived])).toEqual([
      ['webhook', true],
      ['second', false],
      ['email', true],
    ]);
    expect(hook.received).toMatchObject([{ isSigned: true, body: { type: 'spillover.test' } }]);
    expect(smtp.mails[0]!.headers.join('\n')).toMatch(/Subject: Spillover test message/);
  });

  it('runs until it is told to stop, one watch on a case at a time, and leaves the case to others in between', async () => {
    const stream = new FakeJetstream(Date.now);
    await stream.listen();
    onTestFinished(() => stream.stop());
    const { folder, directory } = await watchedFolder();
    const file = join(folder, 'live.yaml');
    writeFileSync(
      file,
      `case: case
collectors: [{source: bluesky, baseUrl: "${stream.baseUrl}", importEvery: 1s, options: {}}]
stories: [{name: ferry, match: '"ferry papers"'}]
schedule: {check: 2s}
`,
    );
    const running = beside(['watch', file]);
    await until(() => stream.listeners === 1, 'the collector', 60_000);
    stream.post('the ferry papers on another platform');
    await until(() => /URGENT ferry reaches/.test(running.text.out), 'the alert', 60_000);
    const other = beside(['watch', file]);
    expect(await other.done).toBe(2);
    expect(other.text.err).toMatch(/is already running \(process \d+/);
    const alerts = beside(['alerts', '--json', '--case', directory]);
    expect(await alerts.done, alerts.text.err).toBe(0);
    expect(JSON.parse(alerts.text.out)[0].rule).toBeTypeOf('string');
    const status = beside(['watch', file, '--status', '--json']);
    expect(await status.done).toBe(0);
    expect(JSON.parse(status.text.out)).toMatchObject({
      running: { pid: running.child.pid },
      state: { stopped: null },
    });
    running.child.kill('SIGTERM');
    expect(await running.done).toBe(0);
    expect(running.text.err).toMatch(/stopping: what came is being imported/);
    const shown = await spillover('status', '--json', '--case', directory);
    expect(JSON.parse(shown.out).platforms.map((one: { platform: string }) => one.platform)).toContain('bluesky');
  });

  it('ends at once at the second signal, also while it waits', async () => {
    const hook = new FakeWebhook();
    hook.answers.push('hang');
    await hook.listen();
    onTestFinished(() => hook.close());
    const { folder, directory } = await watchedFolder();
    const file = join(folder, 'hanging.yaml');
    writeFileSync(
      file,
      `case: case
stories: [{name: ferry, match: '"ferry papers"'}]
outputs: [{type: webhook, url: "${hook.url}", secretFrom: HOOK}]
`,
    );
    const running = beside(['watch', file], { HOOK: hook.secret });
    await until(() => hook.received.length === 1, 'a delivery that is never answered', 60_000);
    running.child.kill('SIGTERM');
    await until(() => running.text.err.includes('stopping'), 'the first signal');
    running.child.kill('SIGTERM');
    await running.done;
    expect(running.child.signalCode).toBe('SIGKILL');
    const [alert] = JSON.parse((await spillover('alerts', '--json', '--case', directory)).out);
    expect(alert).toMatchObject({ number: 1, deliveries: [{ state: 'waiting' }] });
  });
});
