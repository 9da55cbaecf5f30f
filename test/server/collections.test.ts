import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedCase } from '../support/served-case.ts';

const items = (count: number) =>
  Array.from(
    { length: count },
    (_, at) =>
      `<item><title>Ferry ${at}</title><link>https://news.example/${at}</link><guid>${at}</guid><pubDate>Mon, 13 May 2024 10:0${at}:00 GMT</pubDate></item>`,
  ).join('');

let served: Awaited<ReturnType<typeof servedCase>>;
let site: Server;
let url: string;
const asked: string[] = [];

beforeAll(async () => {
  site = createServer((request, response) => {
    asked.push(request.headers['user-agent'] ?? '');
    if (request.url === '/locked') response.writeHead(403).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(`<rss version="2.0"><channel><title>News</title>${items(5)}</channel></rss>`);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  served = await servedCase(async () => {}, {}, false, { importEveryMs: 100 });
});
afterAll(async () => {
  expect(served.bugs).toEqual([]);
  await served.close();
  site.close();
});

const until = async (wanted: () => Promise<boolean>) => {
  for (let round = 0; round < 1200 && !(await wanted()); round++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await wanted()).toBe(true);
};

describe('collections in the workbench', () => {
  it('start, show what comes in, stop in good order, and go on', async () => {
    const { collectors } = await served.ask('collectors');
    expect(collectors.map(({ id }) => id)).toContain('feed');
    const started = await served.ask('startCollection', {
      body: { collector: 'feed', name: 'papers', contact: 'desk@example.org', options: { url: [`${url}/feed`] } },
    });
    expect(started.collections).toMatchObject([{ name: 'papers', collector: 'feed', state: 'running' }]);
    await expect(
      served.ask('startCollection', { body: { collector: 'feed', name: 'papers', options: { url: [`${url}/feed`] } } }),
    ).rejects.toMatchObject({ status: 400 });
    await until(async () => (await served.ask('status')).totals.postsAdded === 5);
    const stopped = await served.ask('stopCollection', { params: { collection: 'papers' } });
    expect(stopped.collections).toMatchObject([{ state: 'stopped', error: null, progress: null }]);
    expect(asked[0]).toContain('desk@example.org');
    expect(stopped.collections[0]!.spans).toMatchObject([{ posts: 1 }]);
    const again = await served.ask('continueCollection', { params: { collection: 'papers' } });
    expect(again.collections[0]!.state).toBe('running');
    await served.ask('stopCollection', { params: { collection: 'papers' } });
    expect((await served.ask('status')).totals.postsAdded).toBe(5);
  });

  it('say what is wrong: options, secrets, a name that is not there', async () => {
    const refused = (body: object) => expect(served.ask('startCollection', { body })).rejects;
    await refused({ collector: 'feed', options: { url: ['nonsense'] } }).toMatchObject({ status: 400 });
    await refused({ collector: 'nothing', options: {} }).toMatchObject({ status: 400 });
    await refused({ collector: 'feed', options: { url: [url] }, name: '../out' }).toMatchObject({ status: 400 });
    await refused({ collector: 'feed', options: { url: [url] }, baseUrl: url }).toMatchObject({ status: 400 });
    const x = (await served.ask('collectors')).collectors.find(({ id }) => id === 'x')!;
    expect(x.secrets[0]!.isSet).toBe(false);
    await expect(served.ask('stopCollection', { params: { collection: 'none' } })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('are stopped with the server, and a collection waits its turn behind a job', async () => {
    const order: string[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const job = served.bench.jobs.start('analysis', 'long', null, async () => {
      await released;
      order.push('job');
      return null;
    });
    const turn = served.bench.jobs.inTurn(async () => order.push('collection'));
    release();
    await turn;
    expect(order).toEqual(['job', 'collection']);
    expect(served.bench.jobs.find(job.id)!.state).toBe('done');
    await served.ask('startCollection', {
      body: { collector: 'feed', name: 'last', options: { url: [`${url}/feed`] } },
    });
  });
});
