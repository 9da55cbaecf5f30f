import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, readExpected } from '../../test/support/expected-records.ts';
import { importedCase } from '../../test/support/imported-case.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { withScratchDatabase } from '../spool/parquet-head.ts';
import { crowdtangle } from './crowdtangle.ts';
import { readFileHead } from './file-head.ts';
import { zoneOffset, zoneOffsetSql } from './zone-offsets.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-crowdtangle-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function imported(file: string, zone?: string) {
  const { spilloverCase, report, remove } = await importedCase([file], {
    mapped: crowdtangle,
    ...(zone ? { zone } : {}),
  });
  try {
    return {
      totals: report.totals,
      posts: await spilloverCase.database.rows(`
        select post.platform, post_id, strftime(time, '%Y-%m-%dT%H:%M:%SZ') as utc, urls, hashtags, likes, reshares, replies, reach, views, handle, account_id, account.name, warnings, text
        from post left join account using (account_key) order by post.line`),
      problems: await spilloverCase.database.rows('select line, reason, detail from problem'),
    };
  } finally {
    remove();
  }
}

const own = 'https://www.facebook.com/synth.page';
const rows = [
  [
    'Invented Page',
    'synth.page',
    '77',
    '1,204',
    '2021-03-14 01:30:00 EST',
    'Link',
    '1,000',
    '34',
    '200',
    `${own}/posts/501`,
    'Look #Steg https://bit.ly/x',
    'https://bit.ly/x',
    'https://example.org/plan',
  ],
  [
    'Invented Page',
    'synth.page',
    '77',
    '1,204',
    '2021-03-14 03:30:00 EDT',
    'Photo',
    '0',
    '',
    '-',
    `${own}/photos/a.1/502/?type=3`,
    'A photo',
    `${own}/photos/a.1/999`,
    '',
  ],
  [
    'Invented Page',
    'synth.page',
    '77',
    '',
    '2021-03-14 10:00:00 +0100',
    'Status',
    '',
    '',
    '',
    'https://www.facebook.com/permalink.php?story_fbid=503&id=77',
    '',
    `${own}/posts/501`,
    '',
  ],
  [
    'Invented Page',
    '',
    '',
    '',
    '2021-03-14 10:00:00 XYZT',
    'Status',
    '',
    '',
    '',
    `${own}/posts/pfbid0abcDEF`,
    'zone?',
    '',
    '',
  ],
  [
    'Invented Page',
    'synth.page',
    '77',
    '',
    '2021-03-14 10:00:00',
    'Status',
    '',
    '',
    '',
    `${own}/videos/505`,
    'no zone',
    '',
    '',
  ],
];
const header = [
  'Page Name',
  'User Name',
  'facebook id',
  'Followers at Posting',
  'Post Created',
  'Type',
  'Likes',
  'Comments',
  'Shares',
  'URL',
  'Message',
  'Link',
  'Final Link',
];
const csv = (head: string[], lines: string[][]) =>
  `\ufeff${[head, ...lines].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`;

test('zones in the last word, separators in numbers, own pictures, several forms of address', async () => {
  const { totals, posts } = await imported(write('pages.csv', csv(header, rows)));
  expect(totals).toMatchObject({ recordsRead: 5, postsAdded: 5, problems: 0 });
  expect(posts).toMatchObject([
    {
      post_id: '501',
      utc: '2021-03-14T06:30:00Z',
      urls: ['https://example.org/plan'],
      hashtags: ['Steg'],
      likes: 1000,
      replies: 34,
      reshares: 200,
      reach: 1204,
      account_id: '77',
      handle: 'synth.page',
      name: 'Invented Page',
    },
    { post_id: '502', utc: '2021-03-14T07:30:00Z', urls: null, likes: 0, replies: null, reshares: null },
    { post_id: '503', utc: '2021-03-14T09:00:00Z', urls: [`${own}/posts/501`], text: null },
    { post_id: 'pfbid0abcDEF', utc: null, warnings: ['zone-unknown', 'missing-account'] },
    { post_id: '505', utc: null, warnings: ['zone-unknown'] },
  ]);
  expect((await imported(write('pages.csv', csv(header, rows)), 'Europe/Berlin')).posts[4]).toMatchObject({
    utc: '2021-03-14T09:00:00Z',
    warnings: null,
  });
});

test('Instagram', async () => {
  const head = [
    'Account',
    'User Name',
    'Followers at Posting',
    'Post Created',
    'Type',
    'Likes',
    'Comments',
    'Views',
    'URL',
    'Link',
    'Photo',
    'Title',
    'Description',
  ];
  const { posts, problems } = await imported(
    write(
      'instagram.csv',
      csv(head, [
        [
          'Invented',
          'synth_insta',
          '9',
          '2021-03-14 10:00:00 CET',
          'Photo',
          '5',
          '1',
          '',
          'https://www.instagram.com/p/CAbc_-1/',
          'https://www.instagram.com/p/CAbc_-1/',
          'https://cdn.example/x.jpg',
          '',
          'Text #tag https://example.net/x',
        ],
        [
          'Invented',
          'synth_insta',
          '9',
          '2021-03-14 10:00:00 CET',
          'Photo',
          '5',
          '1',
          '',
          '',
          '',
          '',
          '',
          'no address',
        ],
      ]),
    ),
  );
  expect(posts).toMatchObject([
    {
      platform: 'instagram',
      post_id: 'CAbc_-1',
      utc: '2021-03-14T09:00:00Z',
      urls: ['https://example.net/x'],
      hashtags: ['tag'],
      handle: 'synth_insta',
      account_id: 'synth_insta',
      warnings: null,
    },
  ]);
  expect(problems).toMatchObject([{ line: 3, reason: 'missing-id' }]);
});

test('zone names and offsets, in SQL as in JavaScript', async () => {
  const zones = ['EST', 'edt', 'CEST', 'UTC', 'GMT+2', '+0530', '-03', '+14:00', '-0130', 'XYZ', '', '+15', 'EST5'];
  expect(zones.map(zoneOffset)).toEqual([-300, -240, 120, 0, 120, 330, -180, 840, -90, null, null, null, null]);
  await withScratchDatabase(async (connection) => {
    const found = await connection.runAndReadAll(
      `select ${zoneOffsetSql('z')}::integer as m from (select unnest([${zones.map((zone) => `'${zone}'`).join(', ')}]) as z)`,
    );
    expect(found.getRowObjectsJS().map((row) => row.m)).toEqual(zones.map(zoneOffset));
  });
});

test('recognised by the header, in any order and case', async () => {
  const mixed = [...header].reverse().map((name) => name.toUpperCase());
  expect(crowdtangle.sniff(await readFileHead(write('a.csv', csv(mixed, rows))))).toBeGreaterThan(0.9);
  expect(crowdtangle.sniff(await readFileHead(write('b.csv', 'id,url,text\n1,https://example.org,x\n')))).toBe(0);
});

const synthetic = sharedData('formats/synthetic/crowdtangle_facebook_csv');
test.skipIf(synthetic === null)('agrees with the expected records of the synthetic exports', async () => {
  const expected = readExpected(synthetic!);
  const { spilloverCase, report, remove } = await importedCase(
    expected.files.map((file) => join(synthetic!, file)),
    { mapped: crowdtangle },
  );
  try {
    expect(await differences(spilloverCase, expected, 'facebook')).toEqual([]);
    const { recordsRead, postsAdded, duplicates, problems } = report.totals;
    expect({ records: recordsRead, posts: postsAdded, duplicates, problems }).toEqual(expected.totals);
  } finally {
    remove();
  }
});
