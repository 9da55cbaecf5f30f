import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { contract } from '../../src/server/contract/contract.ts';
import { port, servedCase, token } from '../support/served-case.ts';

const own = `127.0.0.1:${port}`;
const xss = '<img src=x onerror=alert(1)><script>alert(1)</script>"\'><svg onload=alert(1)>';
const sql = ["'; drop table post; --", '" or 1=1 --', "x' union select sql from duckdb_tables() --", '$q0', '%'];
let served: Awaited<ReturnType<typeof servedCase>>;

beforeAll(async () => {
  served = await servedCase(async (spilloverCase) => {
    const post = (id: number, handle: string) => ({
      data: {
        id: `17900000000000${id}`,
        text: `hostile ${xss} \u202e${'w'.repeat(100_000)} z\u0351\u0351\u0351 #tag${id}`,
        created_at: `2024-05-12T10:0${id % 10}:00.000Z`,
        author_id: `${id % 3}`,
        lang: xss,
      },
      includes: { users: [{ id: `${id % 3}`, username: handle, name: xss, description: xss }] },
    });
    const file = join(spilloverCase.temporary, `x ${'<b>'}.jsonl`);
    writeFileSync(file, Array.from({ length: 40 }, (_, id) => JSON.stringify(post(id + 100, xss))).join('\n'));
    await importFiles(spilloverCase, [file], {}, quietEffects);
    await addStory(spilloverCase, { name: 'hostile', query: 'hostile' });
    await trace(spilloverCase, 'hostile', {}, quietEffects);
  });
  mkdirSync(join(served.directory, 'web', 'assets'), { recursive: true });
  writeFileSync(
    join(served.directory, 'web', 'index.html'),
    '<script nonce="__CSP_NONCE__" src="/assets/a.js"></script>',
  );
  writeFileSync(join(served.directory, 'web', 'assets', 'a.js'), 'export {}');
}, 120_000);
afterAll(() => served.close());

const raw = (path: string, headers: Record<string, string>, method = 'GET') =>
  served.app.request(`http://${own}${path}`, { method, headers });

describe('who may ask', () => {
  it('refuses foreign hosts, origins and sites', async () => {
    const authorization = `Bearer ${token}`;
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1', `127.0.0.1.evil.example:${port}`, '']) {
      const answer = await raw('/api/session', { host, authorization });
      expect(answer.status).toBe(403);
    }
    for (const origin of [
      'http://evil.example',
      'null',
      `https://${own}`,
      'http://127.0.0.1:1',
      `http://${own}.evil.example`,
    ])
      expect((await raw('/api/session', { host: own, origin, authorization })).status).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect((await raw('/api/session', { host: own, 'sec-fetch-site': site, authorization })).status).toBe(403);
    expect((await raw('/api/session', { host: `localhost:${port}`, authorization })).status).toBe(200);
    expect((await raw('/api/session', { host: own, origin: `http://${own}`, authorization })).status).toBe(200);
  });

  it('answers nothing without the token of this start', async () => {
    for (const [name, { method, path }] of Object.entries(contract)) {
      const address = path.replace(/\{\w+\}/g, 'x');
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { cookie: `spillover-${port}=wrong` }]) {
        const answer = await raw(address, { host: own, ...headers } as Record<string, string>, method.toUpperCase());
        expect([name, answer.status]).toEqual([name, 401]);
      }
    }
    expect((await raw('/', { host: own })).status).toBe(401);
    expect((await raw('/assets/a.js', { host: own })).status).toBe(401);
    expect((await raw('/?token=wrong', { host: own })).status).toBe(401);
  });

  it('turns the token of the address into a cookie and leads on without it', async () => {
    const answer = await raw(`/story/hostile?token=${token}&q=1`, { host: own });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/story/hostile?q=1');
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const value = cookie.split(';')[0]!;
    expect((await raw('/api/session', { host: own, cookie: value })).status).toBe(200);
    const away = await raw(`//evil.example/?token=${token}`, { host: own });
    expect(away.headers.get('location') ?? '').not.toMatch(/^\/\//);
  });

  it('lets no change through that does not say which page it comes from', async () => {
    const cookie = `spillover-${port}=${token}`;
    const change = (headers: Record<string, string>) =>
      served.app.request(`http://${own}/api/stories/none`, {
        method: 'DELETE',
        headers: { host: own, cookie, ...headers },
      });
    expect((await change({})).status).toBe(403);
    expect((await change({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await change({ origin: `http://${own}` })).status).toBe(404);
  });
});

describe('what a page may do', () => {
  it('allows no inline script, nothing from elsewhere, no guessing of types', async () => {
    const page = await served.send('/any/deep/link');
    const policy = page.headers.get('content-security-policy')!;
    const scripts = /script-src ([^;]*)/.exec(policy)![1]!;
    expect(scripts).not.toMatch(/unsafe|\*|https?:|data:/);
    const nonce = /'nonce-([^']+)'/.exec(scripts)![1]!;
    expect(await page.text()).toContain(`nonce="${nonce}"`);
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/object-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'self'/);
    for (const path of ['/', '/api/session', '/api/nothing', '/assets/a.js']) {
      const { headers } = await served.send(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
    const again = await served.send('/');
    expect(again.headers.get('content-security-policy')).not.toContain(nonce);
  });

  it('serves nothing outside the folder of the workbench', async () => {
    for (const path of [
      '/../case.duckdb',
      '/..%2f..%2fcase.duckdb',
      '/%2e%2e/case.duckdb',
      '/assets/../../case.duckdb',
      '/assets/..%5c..%5ccase.duckdb',
      '//etc/passwd',
      '/assets/%00a.js',
      '/writer.json',
    ]) {
      const answer = await served.send(path);
      expect(await answer.text()).not.toMatch(/DUCK|"pid"|root:/);
    }
  });
});

describe('what comes in', () => {
  it('treats SQL in every parameter as text, or refuses it', async () => {
    const before = await served.bench.spilloverCase.database.first(
      'select count(*) as n, (select count(*) from account) as a from post',
    );
    for (const [name, one] of Object.entries(contract)) {
      if (name === 'events' || name === 'demo') continue;
      const shape = (part: unknown) => Object.keys((part as { shape?: object }).shape ?? {});
      for (const payload of sql) {
        const address = one.path.replace(/\{\w+\}/g, encodeURIComponent(payload));
        const query = new URLSearchParams(shape(one.query).map((key): [string, string] => [key, payload]));
        const body = Object.fromEntries(shape(one.body).map((key) => [key, payload]));
        const answers = [await served.send(`${address}?${query}`, init(one.method, body))];
        for (const key of shape(one.query)) {
          const single = new URLSearchParams({ [key]: payload });
          answers.push(
            await served.send(`${one.path.replace(/\{\w+\}/g, 'hostile')}?${single}`, init(one.method, body)),
          );
        }
        for (const answer of answers) {
          expect([name, answer.status < 500]).toEqual([name, true]);
          expect(await answer.text()).not.toMatch(/Parser Error|Binder Error|Catalog Error|LINE 1:/i);
        }
      }
    }
    await served.bench.jobs.idle();
    expect(served.bugs).toEqual([]);
    expect(
      await served.bench.spilloverCase.database.first(
        'select count(*) as n, (select count(*) from account) as a from post',
      ),
    ).toEqual(before);
  });

  const init = (method: string, body: object) =>
    method === 'get' || method === 'delete'
      ? { method: method.toUpperCase() }
      : { method: method.toUpperCase(), body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };

  it('limits bodies and refuses what is no JSON, in one shape of error', async () => {
    const json = { 'content-type': 'application/json' };
    const big = await served.send('/api/query', {
      method: 'POST',
      body: `{"query":"${'a'.repeat(3_000_000)}"}`,
      headers: json,
    });
    expect(big.status).toBe(413);
    const cases: [string, RequestInit][] = [
      ['/api/query', { method: 'POST', body: '{', headers: json }],
      ['/api/query', { method: 'POST', body: '{"query":"a","extra":1}', headers: json }],
      ['/api/volume?bins=nine', {}],
      ['/api/posts?limit=100000', {}],
      ['/api/nothing', {}],
      ['/api/stories/nobody', {}],
    ];
    for (const [path, request] of cases) {
      const answer = await served.send(path, request as never);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await answer.json()).toEqual({
        error: {
          code: expect.any(String),
          message: expect.any(String),
          hint: expect.toSatisfy((hint: unknown) => hint === null || typeof hint === 'string'),
        },
      });
    }
  });
});

describe('what posts carry', () => {
  it('comes out as JSON text wherever it is shown', async () => {
    const { posts } = await served.ask('posts', { query: { story: 'hostile', limit: 3 } });
    expect(posts[0]!.text).toContain('<script>alert(1)</script>');
    expect(posts[0]!.cut).toBe(true);
    const account = posts[0]!.account!;
    const paths = [
      '/api/posts?story=hostile',
      `/api/post?id=${encodeURIComponent(posts[0]!.post)}`,
      `/api/post/original?id=${encodeURIComponent(posts[0]!.post)}`,
      `/api/account?id=${encodeURIComponent(account)}`,
      `/api/accounts?q=${encodeURIComponent('<script>')}`,
      '/api/status',
      '/api/problems',
      '/api/artifacts',
      '/api/active?story=hostile',
      '/api/stories/hostile/trace',
      '/api/stories/hostile/roles',
      '/api/stories/hostile/bridges',
      '/api/stories/hostile/timeline',
      '/api/stories/hostile/timeline.json',
      '/api/stories/hostile/suggestions',
      `/api/stories/${encodeURIComponent(xss)}`,
    ];
    for (const path of paths) {
      const answer = await served.send(path);
      expect([path, answer.headers.get('content-type')]).toEqual([path, 'application/json']);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      JSON.parse(await answer.text());
    }
  });

  it('is escaped in the report, which may run nothing', async () => {
    await served.ask('setReport', {
      params: { story: 'hostile' },
      body: { title: xss, introduction: xss, mask: false, parts: [{ id: 'stages', included: true, words: xss }] },
    });
    const answer = await served.send('/api/stories/hostile/report.html');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    const html = await answer.text();
    expect(html).not.toMatch(/<script|<img|<svg onload|onerror=alert\(1\)>/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('cannot become a formula in a table', async () => {
    const csv = await (await served.send('/api/stories/hostile/roles.csv')).text();
    expect(csv).not.toMatch(/(^|,|\n)"?[=+@]/);
  });
});

describe('reading only', () => {
  it('refuses every operation that writes, and answers the others', async () => {
    const reading = await servedCase(
      async (spilloverCase) => {
        await addStory(spilloverCase, { name: 'one', query: 'word' });
      },
      {},
      true,
    );
    try {
      expect((await reading.ask('session')).readOnly).toBe(true);
      expect((await reading.ask('story', { params: { story: 'one' } })).counts.posts).toBe(0);
      for (const [name, { method, path, writes }] of Object.entries(contract)) {
        if (!writes) continue;
        const answer = await reading.send(
          path
            .replace('{story}', 'one')
            .replace('{network}', 'reshare')
            .replace('{analysis}', 'coordination')
            .replace(/\{\w+\}/g, 'a'.repeat(24)),
          {
            method: method.toUpperCase(),
            ...(method === 'delete' || method === 'get'
              ? {}
              : { body: '{}', headers: { 'content-type': 'application/json' } }),
          },
        );
        expect([name, [400, 403].includes(answer.status)]).toEqual([name, true]);
      }
      const answer = await reading.send('/api/stories/one', { method: 'DELETE' });
      expect(await answer.json()).toMatchObject({ error: { code: 'read-only' } });
      expect(reading.bugs).toEqual([]);
    } finally {
      await reading.close();
    }
  });
});
