import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, readExpected } from '../../test/support/expected-records.ts';
import { importedCase } from '../../test/support/imported-case.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { youtubeDataTools } from './youtube-data-tools.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-youtube-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function imported(...files: string[]) {
  const { spilloverCase, report, remove } = await importedCase(files, { mapped: youtubeDataTools });
  try {
    return {
      totals: report.totals,
      posts: await spilloverCase.database.rows(`
        select post_id, kind, parent_id, root_id, permalink, strftime(time, '%Y-%m-%dT%H:%M:%SZ') as utc, text, urls, hashtags, likes, replies, views, account_id, account.name, handle, warnings
        from post left join account using (account_key) order by post_id`),
      problems: await spilloverCase.database.rows('select line, reason from problem order by line'),
    };
  } finally {
    remove();
  }
}

const comments = `id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,isReply,isReplyTo
Ug1,1,2,2021-03-14 11:00:00,@alder,"see https://example.net/ramp and https://youtu.be/x?lc=Ug1, \\"quoted\\" ""twice""",UC1,0,
Ug1.2,0,0,2021-03-14T11:05:00Z,Birch,yes,,1,Ug1
,0,0,2021-03-14 11:06:00,Cedar,no id,UC3,0,
Ug4,0,0,,Cedar,no time,UC3,0,
`;

test('comments, with and without the video in the file name', async () => {
  const without = await imported(write('comments.csv', comments));
  expect(without.totals).toMatchObject({ recordsRead: 4, postsAdded: 2, problems: 2 });
  expect(without.posts).toMatchObject([
    {
      post_id: 'Ug1',
      kind: 'reply',
      parent_id: null,
      root_id: null,
      permalink: null,
      utc: '2021-03-14T11:00:00Z',
      urls: ['https://example.net/ramp'],
      handle: '@alder',
      account_id: 'UC1',
      likes: 2,
      replies: 1,
      text: 'see https://example.net/ramp and https://youtu.be/x?lc=Ug1, "quoted" "twice"',
    },
    { post_id: 'Ug1.2', parent_id: 'Ug1', account_id: 'Birch', warnings: null },
  ]);
  expect(without.problems).toEqual([
    { line: 4, reason: 'missing-id' },
    { line: 5, reason: 'missing-time' },
  ]);
  for (const name of [
    'videoinfo_aB3-_dE9fGh_2_2021_03_14-10_00_00_comments.csv',
    'aB3-_dE9fGh_comments.csv',
    'Comments of [aB3-_dE9fGh].csv',
    'comments_aB3-_dE9fGh.csv',
  ]) {
    const { posts } = await imported(write(name, comments));
    expect(posts[0], name).toMatchObject({
      parent_id: 'aB3-_dE9fGh',
      root_id: 'aB3-_dE9fGh',
      permalink: 'https://www.youtube.com/watch?v=aB3-_dE9fGh&lc=Ug1',
    });
    expect(posts[1], name).toMatchObject({ parent_id: 'Ug1', root_id: 'aB3-_dE9fGh' });
  }
});

test('a video list, tab separated', async () => {
  const list = [
    'position\tchannelId\tchannelTitle\tvideoId\tpublishedAt\tvideoTitle\tvideoDescription\tviewCount\tlikeCount\tcommentCount',
    '1\tUC9\tBridge TV\taB3-_dE9fGh\t2021-03-14T09:00:00Z\tThe bridge #Steg\tPlan: https://example.org/plan https://youtu.be/aB3-_dE9fGh\t1500\t30\t4',
    '2\t\t\tprivate0001\t\tPrivate video\t\t\t\t',
  ].join('\n');
  const file = write('list.tab', list);
  expect(youtubeDataTools.sniff(await readFileHead(file))).toBeGreaterThan(0.9);
  const { posts, problems } = await imported(file);
  expect(posts).toMatchObject([
    {
      post_id: 'aB3-_dE9fGh',
      kind: 'original',
      urls: ['https://example.org/plan'],
      hashtags: ['Steg'],
      views: 1500,
      likes: 30,
      replies: 4,
      name: 'Bridge TV',
      account_id: 'UC9',
    },
  ]);
  expect(problems).toEqual([{ line: 3, reason: 'missing-time' }]);
});

test('recognised by the header', async () => {
  expect(youtubeDataTools.sniff(await readFileHead(write('comments.csv', comments)))).toBeGreaterThan(0.9);
  expect(youtubeDataTools.sniff(await readFileHead(write('other.csv', 'id,text,authorName\n1,a,b\n')))).toBe(0);
});

const synthetic = sharedData('formats/synthetic/youtube_data_tools_csv');
test.skipIf(synthetic === null)('agrees with the expected records of the synthetic exports', async () => {
  const expected = readExpected(synthetic!);
  const { spilloverCase, report, remove } = await importedCase(
    expected.files.map((file) => join(synthetic!, file)),
    { mapped: youtubeDataTools },
  );
  try {
    expect(await differences(spilloverCase, expected, 'youtube')).toEqual([]);
    const { recordsRead, postsAdded, duplicates, problems } = report.totals;
    expect({ records: recordsRead, posts: postsAdded, duplicates, problems }).toEqual(expected.totals);
  } finally {
    remove();
  }
});
