import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, readExpected } from '../../test/support/expected-records.ts';
import { importedCase } from '../../test/support/imported-case.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { mastodonStatuses } from './mastodon-statuses.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillover-mastodon-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const account = (id: string, acct: string) => ({
  id,
  acct,
  username: acct.split('@')[0],
  display_name: '',
  created_at: '2020-01-01T00:00:00.000Z',
  followers_count: 5,
  following_count: 6,
  statuses_count: 7,
  note: '<p>Hi</p>',
});
const status = (id: string, more: object = {}) => ({
  id,
  created_at: '2021-03-14T09:00:00.123Z',
  in_reply_to_id: null,
  visibility: 'public',
  language: 'en',
  uri: `https://social.example/users/a/statuses/${id}`,
  url: `https://social.example/@a/${id}`,
  replies_count: 1,
  reblogs_count: 2,
  favourites_count: 3,
  edited_at: null,
  content: `<p>Status ${id}</p>`,
  reblog: null,
  account: account('1', 'alder'),
  media_attachments: [],
  mentions: [],
  tags: [],
  card: null,
  ...more,
});
const linked = status('10', {
  content:
    '<p>See <a href="https://example.org/plan?a=1&amp;b=2"><span class="invisible">https://</span><span class="ellipsis">example.org/pl</span><span class="invisible">an?a=1&amp;b=2</span></a>, ' +
    '<a href="https://social.example/tags/Steg" class="mention hashtag">#<span>Steg</span></a> <a href="https://social.example/@birch" class="u-url mention">@<span>birch</span></a> ' +
    '<a href="https://social.example/@a/10">here</a></p><p>more<br>lines</p>',
  tags: [{ name: 'steg' }],
  mentions: [{ acct: 'birch@other.example' }],
  media_attachments: [
    { id: 'm', url: 'https://social.example/cache/1.png', remote_url: 'https://other.example/media/1.png' },
  ],
});
const statuses = [
  linked,
  status('11', {
    in_reply_to_id: '10',
    quote: { state: 'accepted', quoted_status: status('90', { account: account('2', 'birch@other.example') }) },
  }),
  status('12', {
    content: '',
    reblog: { ...linked, quote: { state: 'accepted', quoted_status: status('91') } },
    account: account('3', 'cedar'),
  }),
  status('13', { quote: { state: 'pending', quoted_status: null, quoted_status_id: '92' } }),
  status('14', {
    uri: 'https://truthsocial.com/users/x/statuses/14',
    created_at: '2021-03-14T09:00:00Z',
    quote: status('93'),
  }),
  status('15', { created_at: 'later' }),
  { ...status('16'), id: undefined },
];

async function imported(file: string) {
  const { spilloverCase, report, remove } = await importedCase([file], { mapped: mastodonStatuses });
  try {
    return {
      totals: report.totals,
      posts: await spilloverCase.database.rows<{ post_id: string }>(`
        select post.platform, post_id, kind, parent_id, other_parents[1].id as other, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as utc, time_precision_ms, text, urls, hashtags, mentions,
          handle, embedded, reach, likes, account.name, account.description, followers
        from post left join account using (account_key) order by post_id`),
      media: await spilloverCase.database.rows(`select value from artifact where kind = 'media'`),
      problems: await spilloverCase.database.rows('select place, line, reason from problem order by place, line'),
    };
  } finally {
    remove();
  }
}

test('boosts, quotes of several kinds, remote accounts, spans, self links', async () => {
  for (const [name, text] of [
    ['array.json', JSON.stringify(statuses, null, 1)],
    ['lines.ndjson', statuses.map((one) => JSON.stringify(one)).join('\n')],
  ] as const) {
    const { totals, posts, media, problems } = await imported(write(name, text));
    expect(totals, name).toEqual({ recordsRead: 7, postsAdded: 5, duplicates: 0, problems: 2, embedded: 3 });
    const byId = new Map(posts.map((post) => [post.post_id, post]));
    const content = {
      text: 'See https://example.org/plan?a=1&b=2, #Steg @birch here\nmore\nlines',
      urls: ['https://example.org/plan?a=1&b=2'],
      hashtags: ['steg'],
      mentions: ['birch@other.example'],
    };
    expect(byId.get('10')).toMatchObject({
      ...content,
      kind: 'original',
      platform: 'mastodon',
      utc: '2021-03-14T09:00:00.123Z',
      handle: 'alder',
      name: null,
      description: 'Hi',
      reach: 5,
      likes: 3,
      embedded: false,
    });
    expect(byId.get('11')).toMatchObject({ kind: 'reply', parent_id: '10', other: '90', followers: 5 });
    expect(byId.get('12')).toMatchObject({ ...content, kind: 'reshare', parent_id: '10', handle: 'cedar' });
    expect(byId.get('13')).toMatchObject({ kind: 'quote', parent_id: '92' });
    expect(byId.get('14')).toMatchObject({
      platform: 'truthsocial',
      kind: 'quote',
      parent_id: '93',
      time_precision_ms: 1000,
    });
    expect(byId.get('90')).toMatchObject({ embedded: true, handle: 'birch@other.example', text: 'Status 90' });
    expect(byId.get('91')).toMatchObject({ embedded: true });
    expect(media).toEqual([{ value: 'https://other.example/media/1.png' }]);
    expect(problems.map((problem) => problem.reason)).toEqual(['bad-time', 'missing-id']);
  }
});

test('recognises statuses and nothing else', async () => {
  const score = async (name: string, value: unknown) =>
    mastodonStatuses.sniff(await readFileHead(write(name, JSON.stringify(value))));
  expect(await score('a.json', statuses)).toBeGreaterThan(0.9);
  expect(await score('one.ndjson', statuses[0])).toBeGreaterThan(0.9);
  expect(await score('b.json', [{ id: 1, created_at: 'x', text: 'tweet', user: {} }])).toBeLessThan(0.5);
  expect(await score('c.json', [null, 5, 'x'])).toBe(0);
});

const synthetic = sharedData('formats/synthetic/mastodon_statuses_json');
test.skipIf(synthetic === null)('agrees with the expected records of the synthetic statuses', async () => {
  const expected = readExpected(synthetic!);
  const { spilloverCase, report, remove } = await importedCase(
    expected.files.map((file) => join(synthetic!, file)),
    { mapped: mastodonStatuses },
  );
  try {
    expect(await differences(spilloverCase, expected, 'mastodon')).toEqual([]);
    const { recordsRead, postsAdded, duplicates, problems } = report.totals;
    expect({ records: recordsRead, posts: postsAdded, duplicates, problems }).toEqual(expected.totals);
  } finally {
    remove();
  }
});
