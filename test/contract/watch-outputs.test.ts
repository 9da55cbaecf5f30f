import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeed } from 'feedsmith';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../support/collecting.ts';
import { FakeSmtp, type SmtpTls } from '../support/fakes/smtp-server.ts';
import { FakeWebhook } from '../support/fakes/webhook-server.ts';
import { hurriedWorld } from '../support/hurried-world.ts';
import { selfSigned } from '../support/self-signed.ts';
import { alertsIn, signal, startWatch, watchFolder } from '../support/watching.ts';

async function hook(): Promise<FakeWebhook> {
  const fake = new FakeWebhook();
  await fake.listen();
  onTestFinished(() => fake.close());
  return fake;
}

async function smtp(tls: SmtpTls | null = null): Promise<FakeSmtp> {
  const fake = new FakeSmtp(tls);
  await fake.listen();
  onTestFinished(() => fake.close());
  return fake;
}

const base = 'case: case\nschedule: {check: 1s}\n';
const webhookYaml = (fake: FakeWebhook, more = '') =>
  `${base}outputs:\n  - {type: webhook, url: "${fake.url}", secretFrom: HOOK${more}}\n`;
const states = async (folder: string) =>
  (await alertsIn(folder)).map(({ deliveries }) => deliveries.map(({ output, state }) => `${output} ${state}`).join());

const hostile =
  'Breaking\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script> "]]></title>&\u202e\u0000 Ünïcode 😀 {{x}}';

describe('webhook', () => {
  it('gets every alert once, signed and with an id of its own, over failures that may pass', async () => {
    const fake = await hook();
    fake.answers.push({ status: 503, headers: { 'retry-after': '20' } }, { status: 429 }, { status: 200 });
    const folder = watchFolder();
    const world = hurriedWorld(60);
    const watching = await startWatch(folder, webhookYaml(fake), {
      environment: { HOOK: fake.secret },
      evaluate: async () => [signal('one'), signal('two'), signal('one')],
      world,
    });
    await until(() => watching.state()?.outputs[0]?.delivered === 2, 'both deliveries');
    await watching.stop();
    const ids = fake.received.map(({ id }) => id);
    expect(fake.received).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
    expect(fake.received.every(({ isSigned }) => isSigned)).toBe(true);
    expect(fake.received[0]!.headers['idempotency-key']).toBe(ids[0]);
    expect(fake.received[0]!.body).toMatchObject({
      type: 'spillover.alert',
      id: ids[0],
      alerts: [{ rule: 'takeoff' }],
    });
    const [first] = await alertsIn(folder);
    expect(first!.deliveries[0]).toMatchObject({ attempts: 2, trouble: null });
  });

  it('is not asked again when it refuses, until the watch starts again', async () => {
    const fake = await hook();
    fake.answers.push({ status: 401 });
    const folder = watchFolder();
    const options = { environment: { HOOK: fake.secret }, evaluate: async () => [signal('one')] };
    let watching = await startWatch(folder, webhookYaml(fake), options);
    await until(() => watching.notes.length > 0, 'the refusal');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await watching.stop();
    expect(await states(folder)).toEqual(['webhook refused']);
    expect(fake.received).toHaveLength(1);
    expect(watching.notes.join()).toMatch(/answered 401; refused/);
    watching = await startWatch(folder, webhookYaml(fake), options);
    await until(() => watching.state()?.outputs[0]?.delivered === 1, 'the delivery');
    await watching.stop();
    expect(await states(folder)).toEqual(['webhook delivered']);
    expect(new Set(fake.received.map(({ id }) => id)).size).toBe(1);
  });

  it('does not follow redirects, and names neither address nor secret in what it says', async () => {
    const fake = await hook();
    fake.answers.push({ status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } });
    const folder = watchFolder();
    const yaml = `${base}outputs:\n  - {type: webhook, urlFrom: WHERE, secretFrom: HOOK}\n`;
    const where = `${fake.url}?token=hidden-token`;
    const watching = await startWatch(folder, yaml, {
      environment: { HOOK: fake.secret, WHERE: where },
      evaluate: async () => [signal('one')],
    });
    await until(() => watching.notes.length > 0, 'a note');
    await watching.stop();
    const said = `${watching.notes.join()}${readFileSync(join(folder, 'case', 'watch.json'), 'utf8')}${JSON.stringify(await alertsIn(folder))}`;
    expect(said).toMatch(/redirect/);
    expect(said).not.toMatch(/hidden-token/);
    expect(said).not.toContain(fake.secret);
  });
});

describe('mail', () => {
  it('carries text and HTML; hostile text adds no header, no markup and no second message', async () => {
    const fake = await smtp();
    fake.refused.add('gone@newsroom.example');
    fake.answers.push('451 greylisted');
    const folder = watchFolder();
    const yaml = `${base}outputs:
  - {type: email, host: 127.0.0.1, port: ${fake.port}, security: none, user: me, passwordFrom: PW, from: "Spillover <a@newsroom.example>", to: [b@newsroom.example, gone@newsroom.example]}\n`;
    const watching = await startWatch(folder, yaml, {
      environment: { PW: 'open sesame' },
      evaluate: async () => [
        signal('evil', { headline: hostile, reasons: [`.\r\n${hostile}`], story: hostile, subject: hostile }),
      ],
      world: hurriedWorld(60),
    });
    await until(() => fake.mails.length === 1, 'the mail');
    await watching.stop();
    const [mail] = fake.mails;
    expect(fake.logins[0]).toBe('|me|open sesame');
    expect(mail!.to).toEqual(['b@newsroom.example']);
    const names = mail!.headers.map((line) => line.split(':')[0]!.toLowerCase());
    expect(names).not.toContain('bcc');
    expect(names.filter((name) => name === 'subject')).toHaveLength(1);
    const [alert] = await alertsIn(folder);
    expect(mail!.headers.find((line) => /^message-id/i.test(line))).toBe(
      `Message-ID: <alert-${alert!.id}@newsroom.example>`,
    );
    const html = mail!.raw.replace(/=\r\n/g, '').split('Content-Type: text/html')[1]!;
    expect(html).not.toMatch(/<script>|<\/title>&amp;<|\u202e/);
    expect(html).toContain('&lt;script&gt;');
    expect(alert!.deliveries[0]).toMatchObject({
      state: 'delivered',
      attempts: 2,
      trouble: expect.stringContaining('gone@newsroom.example'),
    });
  });

  it('is refused with a wrong password, which is told and not repeated', async () => {
    const fake = await smtp();
    const folder = watchFolder();
    const yaml = `${base}outputs:
  - {type: email, host: 127.0.0.1, port: ${fake.port}, security: none, user: me, passwordFrom: PW, from: a@newsroom.example, to: [b@newsroom.example]}\n`;
    const watching = await startWatch(folder, yaml, {
      environment: { PW: 'is wrong' },
      evaluate: async () => [signal('one')],
    });
    await until(() => watching.notes.some((note) => /refused/.test(note)), 'the refusal');
    await watching.stop();
    expect(await states(folder)).toEqual(['email refused']);
    expect(watching.notes.join()).not.toContain('is wrong');
  });
});

describe('mail to a server that encrypts', () => {
  const tls = (fake: FakeSmtp, security: string, more = '') => `${base}outputs:
  - {type: email, host: 127.0.0.1, port: ${fake.port}, security: ${security}, user: me, passwordFrom: PW, from: a@newsroom.example, to: [b@newsroom.example]${more}}\n`;
  const options = { environment: { PW: 'open sesame' }, evaluate: async () => [signal('one')] };

  it.each([
    ['tls', 'at once'],
    ['starttls', 'with STARTTLS'],
  ] as const)('%s: arrives where the certificate is vouched for', async (security, begins) => {
    const certificate = selfSigned('127.0.0.1');
    const fake = await smtp({ ...certificate, begins });
    const folder = watchFolder();
    writeFileSync(join(folder, 'authority.pem'), certificate.cert);
    const watching = await startWatch(folder, tls(fake, security, ', caFile: authority.pem'), options);
    await until(() => fake.mails.length === 1, 'the mail');
    await watching.stop();
    expect(fake.mails[0]!.isEncrypted).toBe(true);
    expect(fake.logins).toEqual(['|me|open sesame']);
    expect(fake.plain).not.toMatch(/AUTH|headline/);
    expect(await states(folder)).toEqual(['email delivered']);
  });

  it.each([
    ['that nobody vouches for', 'tls', 'at once', '127.0.0.1', false, /self-signed certificate/],
    ['that nobody vouches for', 'starttls', 'with STARTTLS', '127.0.0.1', false, /self-signed certificate/],
    ['of another host', 'tls', 'at once', 'other.example', true, /altnames/],
  ] as const)(
    'sends neither password nor alert under a certificate %s (%s)',
    async (_, security, begins, host, isKnown, says) => {
      const certificate = selfSigned(host);
      const fake = await smtp({ ...certificate, begins });
      const folder = watchFolder();
      writeFileSync(join(folder, 'authority.pem'), certificate.cert);
      const yaml = tls(fake, security, isKnown ? ', caFile: authority.pem' : '');
      const watching = await startWatch(folder, yaml, options);
      await until(() => watching.notes.some((note) => says.test(note)), 'the note');
      await watching.stop();
      expect([fake.mails, fake.logins]).toEqual([[], []]);
      expect(await states(folder)).toEqual(['email waiting']);
    },
  );

  it('sends neither password nor alert where a server that should encrypt does not offer it', async () => {
    const fake = await smtp();
    const folder = watchFolder();
    const watching = await startWatch(folder, tls(fake, 'starttls'), options);
    await until(() => watching.notes.some((note) => /STARTTLS/.test(note)), 'the note');
    await watching.stop();
    expect([fake.mails, fake.logins]).toEqual([[], []]);
    expect(fake.plain).not.toMatch(/AUTH|headline/);
  });
});

describe('atom', () => {
  it('is there before the first alert, holds the newest, keeps ids, and shows hostile text as text', async () => {
    const folder = watchFolder();
    const yaml = `${base}outputs:\n  - {type: atom, file: alerts.xml, url: "https://newsroom.example/a.xml", entries: 3}\n`;
    let watching = await startWatch(folder, yaml, { evaluate: async () => [], once: { collectMs: 0 } });
    await watching.done;
    const file = join(folder, 'alerts.xml');
    const read = () => {
      const text = readFileSync(file, 'utf8');
      const { format, feed } = parseFeed(text);
      expect(format).toBe('atom');
      const checked = spawnSync('xmllint', ['--noout', '--nonet', file], { encoding: 'utf8' });
      if (checked.error === undefined) expect(checked.stderr).toBe('');
      const { id, entries = [] } = feed as { id: string; entries?: { id: string }[] };
      const titles = [...text.matchAll(/<entry>\n<id>.*<\/id>\n<title>(.*)<\/title>/g)].map((match) => match[1]!);
      return { text, id, ids: entries.map((entry) => entry.id), titles };
    };
    const empty = read();
    expect(empty.ids).toEqual([]);
    const evaluate = async () => [
      signal('one'),
      signal('two'),
      signal('three'),
      signal('evil', { headline: hostile, reasons: [hostile], at: '2027-03-10T11:00:00Z' }),
    ];
    watching = await startWatch(folder, yaml, { evaluate, once: { collectMs: 0 } });
    await watching.done;
    const { text, id, ids, titles } = read();
    expect(id).toBe(empty.id);
    expect(titles).toEqual([expect.stringMatching(/^Breaking Bcc/), 'headline of three', 'headline of two']);
    expect(new Set(ids).size).toBe(3);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&amp;lt;script&amp;gt;');
    watching = await startWatch(folder, yaml, { evaluate, once: { collectMs: 0 } });
    await watching.done;
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('several outputs', () => {
  it('go on where one of them fails', async () => {
    const fake = await hook();
    const folder = watchFolder();
    const yaml = `${base}outputs:
  - {type: email, host: 127.0.0.1, port: 1, security: none, from: a@newsroom.example, to: [b@newsroom.example]}
  - {type: webhook, url: "${fake.url}", secretFrom: HOOK}
  - {type: terminal}\n`;
    const watching = await startWatch(folder, yaml, {
      environment: { HOOK: fake.secret },
      evaluate: async () => [signal('one', { headline: 'One \u001b[31m red' })],
    });
    await until(() => fake.received.length === 1 && watching.printed.length === 1, 'the other two');
    await watching.stop();
    expect(watching.printed[0]).toMatch(/^One \[31m red\nTakeoff, alert 1\n/);
    expect(await states(folder)).toEqual(['email waiting,terminal delivered,webhook delivered']);
  });
});
