import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { snowflakeTimeMs } from '../domain/snowflake.ts';
import { readFileHead } from './file-head.ts';
import type { Importer } from './importer.ts';
import { xApiV2, xApiV2Stream } from './x-api-v2.ts';

const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const secondOf = (id: string) => `${new Date(snowflakeTimeMs(id)!).toISOString().slice(0, 19)}.000Z`;
const retrieved = { retrieved_at: '2022-03-01T10:00:00+00:00' };

const heron = { id: '41', username: 'heron', name: 'Heron', public_metrics: { followers_count: 7, tweet_count: 3 } };
const stork = { id: '42', username: 'stork', name: 'Stork', public_metrics: { followers_count: 9 } };
const story = {
  id: '1498580000000000000',
  author_id: '41',
  text: 'The lighthouse turns 100 &amp; opens its doors to all who like stairs, lenses and wind: https://t.co/a https://t.co/b',
  created_at: secondOf('1498580000000000000'),
  conversation_id: '1498580000000000000',
  lang: 'en',
  public_metrics: { like_count: 5, retweet_count: 2, reply_count: 1, impression_count: 90 },
  entities: {
    urls: [
      {
        url: 'https://t.co/a',
        expanded_url: 'https://short.example/a',
        unwound_url: 'https://example.org/lighthouse?utm_source=x',
      },
      {
        url: 'https://t.co/b',
        expanded_url: 'https://twitter.com/heron/status/1498580000000000000/photo/1',
        media_key: '3_77',
      },
    ],
    hashtags: [{ tag: 'Lighthouse' }],
    mentions: [{ username: 'stork' }],
  },
  attachments: { media_keys: ['3_77'] },
  edit_history_tweet_ids: ['1498580000000000000'],
};
const reshare = {
  id: '1498580000000000123',
  author_id: '42',
  text: 'RT @heron: The lighthouse turns 100 &amp; opens its doors to all who like…',
  created_at: secondOf('1498580000000000123'),
  conversation_id: '1498580000000000123',
  referenced_tweets: [{ type: 'retweeted', id: story.id }],
  public_metrics: { like_count: 0, retweet_count: 2, reply_count: 0 },
  entities: { mentions: [{ username: 'heron' }] },
};
const answer = {
  id: '1498590000000000000',
  author_id: '42',
  text: '@heron see this https://t.co/c',
  created_at: secondOf('1498590000000000000'),
  in_reply_to_user_id: '41',
  referenced_tweets: [
    { type: 'quoted', id: '1498570000000000000' },
    { type: 'replied_to', id: story.id },
  ],
  entities: {
    urls: [{ url: 'https://t.co/c', expanded_url: 'https://twitter.com/tern/status/1498570000000000000' }],
  },
};
const bare = { id: '1498590000000000001', text: 'no author, no time', edit_history_tweet_ids: ['1498590000000000001'] };
const edited = {
  id: '1498591000000000000',
  author_id: '41',
  text: 'first version',
  created_at: secondOf('1498591000000000000'),
  in_reply_to_user_id: '43',
  edit_history_tweet_ids: ['1498591000000000000', '1498592000000000000'],
  withheld: { country_codes: ['XX'] },
};
const long = {
  id: '1498593000000000000',
  author_id: '41',
  text: 'The beginning of a long text … https://t.co/d',
  created_at: secondOf('1498593000000000000'),
  entities: {
    urls: [{ url: 'https://t.co/d', expanded_url: 'https://twitter.com/i/web/status/1498593000000000000' }],
  },
  note_tweet: { text: 'The whole long text', entities: { hashtags: [{ tag: 'Long' }], urls: [] } },
};
const includes = { users: [heron, stork], tweets: [story] };
const page = {
  data: [reshare, answer, null, { id: '5', name: 'a list', owner_id: '41', member_count: 3 }],
  includes,
  meta: {},
  __twarc: retrieved,
};
const counts = { data: [{ start: 'a', end: 'b', tweet_count: 4 }], meta: { total_tweet_count: 4 } };
const users = { data: [{ ...heron, description: 'wades' }], __twarc: retrieved };
const mixed = [
  page,
  { ...bare, author: undefined },
  {
    data: edited,
    errors: [{ title: 'Not Found Error' }],
    includes: { users: [heron] },
    matching_rules: [{ id: '1', tag: 'sea' }],
  },
  { ...long, author: heron, __twarc: retrieved },
  { data: [], meta: { result_count: 0 } },
  { meta: { result_count: 0 }, __twarc: retrieved },
  counts,
  users,
  { errors: [{ title: 'Not Found Error', type: 'https://api.twitter.com/2/problems/resource-not-found' }] },
  {
    id: '1498590000000000001',
    action: 'delete',
    created_at: secondOf('1498590000000000001'),
    redacted_at: '2022-03-02T00:00:00.000Z',
    reason: 'deleted',
  },
  { id: '41', action: 'delete', created_at: '2013-06-04T16:25:04+00:00', reason: 'suspended' },
  { data: { delete: { tweet: { id: long.id, author_id: '41' }, event_at: '2022-03-03T00:00:00.000Z' } } },
  { text: 'a post without an id', author_id: '41' },
];
const columns = `post_id, account.account_id, account.handle, kind, parent_id, parent_handle, other_parents, text, urls, hashtags, mentions,
  likes, reshares, reach, strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, strftime(edited_at, '%H:%M:%S') as edited,
  strftime(deleted_at, '%Y-%m-%d') as deleted, post.embedded, warnings`;

const expectedPosts = [
  {
    post_id: reshare.id,
    account_id: '42',
    handle: 'stork',
    kind: 'reshare',
    parent_id: story.id,
    parent_handle: 'heron',
    text: 'RT @heron: The lighthouse turns 100 & opens its doors to all who like stairs, lenses and wind: https://t.co/a https://t.co/b',
    urls: ['https://example.org/lighthouse?utm_source=x'],
    hashtags: ['Lighthouse'],
    mentions: ['heron', 'stork'],
    likes: null,
    reshares: null,
    reach: 9,
    time: new Date(snowflakeTimeMs(reshare.id)!).toISOString(),
    embedded: false,
  },
  {
    post_id: answer.id,
    kind: 'reply',
    parent_id: story.id,
    parent_handle: 'heron',
    other_parents: [{ kind: 'quote', id: '1498570000000000000' }],
    urls: ['https://twitter.com/tern/status/1498570000000000000'],
  },
  {
    post_id: bare.id,
    account_id: null,
    kind: 'original',
    deleted: '2022-03-02',
    warnings: ['missing-account', 'time-from-id'],
  },
  {
    post_id: edited.id,
    kind: 'reply',
    parent_id: null,
    edited: secondOf('1498592000000000000').slice(11, 19),
    warnings: ['withheld', 'older-version'],
  },
  {
    post_id: long.id,
    handle: 'heron',
    text: 'The whole long text',
    urls: null,
    hashtags: ['Long'],
    deleted: '2022-03-03',
  },
  {
    post_id: story.id,
    handle: 'heron',
    kind: 'original',
    urls: ['https://example.org/lighthouse?utm_source=x'],
    likes: 5,
    reshares: 2,
    embedded: true,
  },
];
const expectedProblems = [
  'an empty element',
  'a list of users',
  'a count of posts',
  'a user',
  'an answer without posts: Not Found Error',
  'compliance notice for an account: delete, suspended',
  'the record has no post id',
];

describe.each([
  ['lines', xApiV2],
  ['stream lines', xApiV2Stream],
] as const)('X API v2 in %s', (_name, importer: Importer) => {
  it('reads pages, single objects, flattened posts and all else that may stand between them', async () => {
    const { posts, problems, report } = await postsOf(importer, sampleFile('mixed.jsonl', lines(mixed)), columns);
    expect(posts).toMatchObject(expectedPosts);
    expect(problems.map((problem) => problem.detail)).toEqual(expectedProblems);
    expect(report.totals).toEqual({ recordsRead: 14, postsAdded: 5, duplicates: 2, problems: 7, embedded: 1 });
  });

  it('keeps the accounts that pages, posts and lookups of users carry', async () => {
    const { spilloverCase } = await caseOf([[sampleFile('mixed.jsonl', lines(mixed)), importer]]);
    const accounts = await spilloverCase.database.rows(
      'select account_id, handle, followers, posts, description from account order by account_id',
    );
    expect(accounts).toEqual([
      { account_id: '41', handle: 'heron', followers: 7, posts: 3, description: 'wades' },
      { account_id: '42', handle: 'stork', followers: 9, posts: null, description: null },
    ]);
  });
});

describe('X API v2 as a JSON document', () => {
  const inLines = () => postsOf(xApiV2, sampleFile('page.jsonl', lines([page])), columns);

  it('reads a pretty-printed page as it reads the page in one line', async () => {
    const { posts, report } = await postsOf(xApiV2, sampleFile('page.json', JSON.stringify(page, null, 2)), columns);
    const expected = await inLines();
    expect(posts).toEqual(expected.posts);
    expect(report.totals).toEqual(expected.report.totals);
  });

  it('reads a list of pages', async () => {
    const { posts, report } = await postsOf(xApiV2, sampleFile('pages.json', JSON.stringify([page, counts])), columns);
    expect(posts).toEqual((await inLines()).posts);
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 2, problems: 3 });
  });

  it('reads a list of posts', async () => {
    const flattened = [
      { ...story, author: heron },
      { ...long, author: heron },
    ];
    const { posts } = await postsOf(
      xApiV2,
      sampleFile('posts.json', JSON.stringify(flattened, null, 1)),
      'post_id, account.handle, text, urls',
    );
    expect(posts).toMatchObject([
      { post_id: story.id, handle: 'heron' },
      { post_id: long.id, handle: 'heron', text: 'The whole long text', urls: null },
    ]);
  });

  it('gives the whole posts before the place where a document breaks', async () => {
    const text = JSON.stringify({ data: [story, answer, long] }, null, 2);
    const cut = text.slice(0, text.indexOf('The whole long'));
    const { posts, problems, report } = await postsOf(xApiV2, sampleFile('cut.json', cut), 'post_id');
    expect(posts).toEqual([{ post_id: story.id }, { post_id: answer.id }]);
    expect(problems).toMatchObject([{ reason: 'invalid-json' }]);
    expect(report.totals).toMatchObject({ recordsRead: 3, postsAdded: 2, problems: 1 });
  });
});

describe('telling X API v2', () => {
  const certainty = async (importer: Importer, text: string) =>
    importer.sniff(await readFileHead(sampleFile('x', text)));

  it.each([
    ['a page', page],
    ['counts', counts],
    ['users', users],
    ['a flattened post', { ...story, author: heron }],
    ['a compliance notice', mixed[9]],
    ['errors only', mixed[8]],
  ])('takes %s', async (_name, value) => {
    expect(await certainty(xApiV2, lines([value]))).toBeGreaterThan(0.5);
    expect(await certainty(xApiV2Stream, lines([value]))).toBeLessThan(0.5);
  });

  it('prefers the stream form where most lines hold one object', async () => {
    const text = lines([mixed[2], { data: story }, page]);
    expect(await certainty(xApiV2Stream, text)).toBeGreaterThan(await certainty(xApiV2, text));
  });

  it.each([
    ['Twitter API v1.1', { id: 1, id_str: '1', text: 'a', user: { screen_name: 'b' } }],
    ['Zeeschuimer', { nav_index: '1:1:1', item_id: '1', source_platform: 'x.com', data: { rest_id: '1', legacy: {} } }],
    ['a table of another tool', { id: '1498580000000000000', text: 'a', timestamp_utc: 1, user_screen_name: 'b' }],
    ['Telegram', { id: 12, type: 'message', date: '2021-01-01', text: 'a' }],
  ])('leaves %s alone', async (_name, value) => {
    expect(await certainty(xApiV2, lines([value]))).toBeLessThan(0.5);
  });
});
