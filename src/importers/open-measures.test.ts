import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importedCase } from '../../test/support/imported-case.ts';
import { readFileHead } from './file-head.ts';
import { openMeasures } from './open-measures.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-open-measures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value, null, 1));
  return path;
}

const hits = [
  {
    _index: 'bluesky',
    _id: 'at://did:plc:inventedalder/app.bsky.feed.post/1',
    _source: {
      author: 'did:plc:inventedalder',
      createdAt: '2024-11-20T09:00:00.000Z',
      text: 'One #tag https://example.org/a.',
      embed: { external: { uri: 'https://example.com/card', title: 'x' } },
      authorProfile: { handle: 'alder.example.com', display_name: 'Alder', did: 'did:plc:inventedalder' },
    },
  },
  {
    _index: 'truth_social',
    _id: 'h2',
    _source: {
      id: '109',
      account: { id: '7', username: 'birch', display_name: 'Birch' },
      content_cleaned: 'Two',
      created_at: '2024-11-20T09:01:00.000Z',
      in_reply_to_id: '108',
      replies_count: 1,
      reblogs_count: 2,
    },
  },
  { _index: 'gab', _id: 'h3', _source: { body: 'other' } },
  { _index: 'bluesky', _id: 'h4' },
  { _index: 'truth_social', _id: 'h5', _source: { account: { username: 'cedar' }, content_cleaned: 'no time' } },
];

test('hits of both platforms, and what is none', async () => {
  const file = write('answer.json', { took: 3, hits: { total: { value: 5 }, hits } });
  expect(openMeasures.sniff(await readFileHead(file))).toBeGreaterThan(0.9);
  const { spilloverCase, report, remove } = await importedCase([file], { mapped: openMeasures });
  try {
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 2, problems: 3 });
    expect(
      await spilloverCase.database.rows(`select post.platform, post_id, kind, parent_id, account_id, handle, urls, hashtags, reshares, strftime(time, '%H:%M') as clock
        from post left join account using (account_key) order by post_id desc`),
    ).toEqual([
      {
        platform: 'bluesky',
        post_id: hits[0]!._id,
        kind: 'original',
        parent_id: null,
        account_id: 'did:plc:inventedalder',
        handle: 'alder.example.com',
        urls: ['https://example.org/a', 'https://example.com/card'],
        hashtags: ['tag'],
        reshares: null,
        clock: '09:00',
      },
      {
        platform: 'truthsocial',
        post_id: '109',
        kind: 'reply',
        parent_id: '108',
        account_id: '7',
        handle: 'birch',
        urls: null,
        hashtags: null,
        reshares: 2,
        clock: '09:01',
      },
    ]);
    expect(await spilloverCase.database.rows('select place, reason from problem order by place')).toEqual([
      { place: 'hits.hits[2]', reason: 'not-a-post' },
      { place: 'hits.hits[3]', reason: 'not-a-post' },
      { place: 'hits.hits[4]', reason: 'missing-time' },
    ]);
  } finally {
    remove();
  }
});

test('other search answers are not taken', async () => {
  expect(
    openMeasures.sniff(
      await readFileHead(write('other.json', { hits: { hits: [{ _index: 'logs', _source: { message: 'x' } }] } })),
    ),
  ).toBe(0);
});
