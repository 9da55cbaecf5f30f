import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safePlace } from '../../src/case/uploads.ts';
import { servedCase } from '../support/served-case.ts';

const lighthouse = join(import.meta.dirname, '..', 'data', 'lighthouse');
let served: Awaited<ReturnType<typeof servedCase>>;

beforeAll(async () => {
  served = await servedCase(async () => {}, { uploadBytes: 3_000_000 });
});
afterAll(async () => {
  expect(served.bugs).toEqual([]);
  await served.close();
});

async function send(name: string, bytes: Uint8Array) {
  const response = await served.send(`/api/uploads?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  return { status: response.status, body: (await response.json()) as { id: string; format: string | null } };
}

describe('from dropped files to evidence', () => {
  it('recognises, previews, imports, and shows original records', async () => {
    const thread = await send(
      '4chan/pol/thread-880000101.json',
      readFileSync(join(lighthouse, '4chan', 'pol', 'thread-880000101.json')),
    );
    const tweets = await send('x.jsonl.gz', gzipSync(readFileSync(join(lighthouse, 'x.jsonl'))));
    expect(thread.body.format).toBe('fourchan-api');
    expect((await served.ask('uploads')).uploads.map((one) => one.name)).toEqual([
      '4chan/pol/thread-880000101.json',
      'x.jsonl.gz',
    ]);
    const preview = await served.ask('preview', { params: { upload: tweets.body.id }, body: {} });
    expect(preview).toMatchObject({ readAs: { id: 'x-api-v2' }, error: null, partial: false });
    expect(preview.posts.length).toBeGreaterThan(3);
    expect(preview.problems).toHaveLength(1);

    const { job } = await served.ask('importUploads', { body: { uploads: [thread.body.id, tweets.body.id] } });
    await served.bench.jobs.idle();
    const done = await served.ask('job', { params: { job: job.id } });
    expect(done.job).toMatchObject({ state: 'done', result: { failed: [], totals: { postsAdded: 8 } } });
    expect((await served.ask('uploads')).uploads).toEqual([]);
    expect((await served.ask('status')).totals).toMatchObject({ recordsRead: 9, postsAdded: 8, problems: 1 });

    const { posts } = await served.ask('posts', { query: { platform: 'x' } });
    const record = await served.ask('original', { query: { id: posts[0]!.post } });
    expect(JSON.parse(record.record!)).toMatchObject({ id: posts[0]!.post.slice(2) });
    const board = await served.ask('posts', { query: { platform: '4chan' } });
    const fromBoard = await served.ask('original', { query: { id: board.posts[1]!.post } });
    expect(String(JSON.parse(fromBoard.record!).no)).toBe(board.posts[1]!.post.split('/').at(-1));
    await expect(served.ask('discard', { params: { upload: thread.body.id } })).rejects.toMatchObject({ status: 400 });
  });

  it('suggests a column map for an unknown table, and imports by it', async () => {
    const table = await send('survey.csv', readFileSync(join(lighthouse, 'survey.csv')));
    expect(table.body.format).toBeNull();
    const preview = await served.ask('preview', { params: { upload: table.body.id }, body: {} });
    expect(preview.columns.length).toBeGreaterThan(2);
    expect(preview.suggestedMap).toHaveProperty('_why');
    expect(preview.posts.length).toBeGreaterThan(0);
    const wrong = await served.ask('preview', {
      params: { upload: table.body.id },
      body: { map: { time: 'nothing' } },
    });
    expect(wrong.error?.message).toMatch(/no column "nothing"/);
    const { job } = await served.ask('importUploads', {
      body: { uploads: [table.body.id], map: preview.suggestedMap, platform: 'facebook' },
    });
    await served.bench.jobs.idle();
    expect((await served.ask('job', { params: { job: job.id } })).job).toMatchObject({ state: 'done', error: null });
    expect((await served.ask('posts', { query: { platform: 'facebook' } })).total).toBe(4);
  });

  it('keeps a file that failed for another try, and forgets a discarded one', async () => {
    const broken = await send('notes.txt', new TextEncoder().encode('just words, no records'));
    const { job } = await served.ask('importUploads', { body: { uploads: [broken.body.id] } });
    await served.bench.jobs.idle();
    const { result } = (await served.ask('job', { params: { job: job.id } })).job;
    expect(result).toMatchObject({ sources: [], failed: [{ file: 'notes.txt' }] });
    expect(JSON.stringify(result)).not.toContain(served.directory);
    await served.ask('discard', { params: { upload: broken.body.id } });
    expect((await served.ask('uploads')).uploads).toEqual([]);
    await expect(served.ask('preview', { params: { upload: broken.body.id }, body: {} })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('says so when the very same file is sent again', async () => {
    const again = await send('x.jsonl.gz', gzipSync(readFileSync(join(lighthouse, 'x.jsonl'))));
    const { job } = await served.ask('importUploads', { body: { uploads: [again.body.id] } });
    await served.bench.jobs.idle();
    const { result } = (await served.ask('job', { params: { job: job.id } })).job;
    expect(result).toMatchObject({ sources: [{ alreadyImported: true }], totals: { postsAdded: 0 } });
    expect((await served.ask('uploads')).uploads).toEqual([]);
  });
});

describe('removal', () => {
  it('says what would go, and takes it out', async () => {
    const { sources } = await served.ask('status');
    const survey = sources.find((one) => one.file === 'survey.csv')!;
    const would = await served.ask('tryRemoval', { params: { source: String(survey.key) } });
    expect(would).toMatchObject({ file: 'survey.csv', posts: 4 });
    expect((await served.ask('status')).sources).toHaveLength(sources.length);
    await served.ask('removeSource', { params: { source: String(survey.key) } });
    await served.bench.jobs.idle();
    expect((await served.ask('posts', { query: { platform: 'facebook' } })).total).toBe(0);
    expect((await served.ask('status')).sources).toHaveLength(sources.length - 1);
    const [again] = (await served.ask('uploads')).uploads;
    expect(again!.name).toBe('survey.csv');
    await served.ask('discard', { params: { upload: again!.id } });
    await expect(served.ask('removeSource', { params: { source: '999' } })).rejects.toMatchObject({ status: 404 });
  });
});

describe('hostile files', () => {
  it('refuses what is too large, declared or not, and leaves nothing behind', async () => {
    const big = new Uint8Array(3_000_001);
    expect(await send('big.json', big)).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } });
    const streamed = await served.send('/api/uploads?name=big.json', {
      method: 'POST',
      body: new ReadableStream({
        start(controller) {
          for (let piece = 0; piece < 50; piece++) controller.enqueue(new Uint8Array(100_000));
          controller.close();
        },
      }),
      duplex: 'half',
    } as never);
    expect(streamed.status).toBe(413);
    expect((await served.ask('uploads')).uploads).toEqual([]);
  });

  it('stops at a file that unpacks to more than it could hold', { timeout: 120_000 }, async () => {
    const line = Buffer.from(`${JSON.stringify({ data: { id: '1', text: 'x'.repeat(900) } })}\n`);
    const member = gzipSync(Buffer.concat(Array.from({ length: 3200 }, () => line)));
    const bomb = Buffer.concat(Array.from({ length: 100 }, () => member));
    expect(bomb.length).toBeLessThan(3_000_000);
    const sent = await send('bomb.jsonl.gz', bomb);
    expect(sent.status).toBe(200);
    const { job } = await served.ask('importUploads', { body: { uploads: [sent.body.id], format: 'x-api-v2' } });
    await served.bench.jobs.idle();
    const { result } = (await served.ask('job', { params: { job: job.id } })).job;
    expect(JSON.stringify(result)).toMatch(/unpacks to more than 300 times its size/);
  });

  it('keeps names inside the case, whatever they say', async () => {
    for (const name of [
      '../../etc/passwd',
      '/etc/passwd',
      'a/../../b',
      '..\\..\\c',
      '\u0000',
      '. .',
      'x'.repeat(900),
    ]) {
      const place = safePlace(name);
      expect(place).not.toMatch(/(^|\/)\.\.?(\/|$)|^\/|\u0000|\\/);
      expect(place.length).toBeGreaterThan(0);
      const sent = await send(name, new TextEncoder().encode('{}'));
      expect([200, 400]).toContain(sent.status);
      if (sent.status === 200) await served.ask('discard', { params: { upload: sent.body.id } });
    }
  });
});
