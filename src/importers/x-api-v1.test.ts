import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { snowflakeTimeMs } from '../domain/snowflake.ts';
import { readFileHead } from './file-head.ts';
import { xApiV1 } from './x-api-v1.ts';

/** The clock text of the API, at the second that the id contains. */
function clock(id: string): string {
  const [day, date, month, year, time] = new Date(snowflakeTimeMs(id)!).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
}

const heron = {
  id_str: '41',
  screen_name: 'heron',
  name: 'Heron',
  followers_count: 7,
  default_profile: true,
  created_at: 'Mon Jan 04 10:00:00 +0000 2021',
};
const stork = { id: 42, id_str: '42', screen_name: 'stork', name: 'Stork', followers_count: 9 };
const tweet = (id: string, user: object | null, rest: object) => ({
  id_str: id,
  created_at: clock(id),
  user,
  lang: 'en',
  ...rest,
});

const story = tweet('1498580000000000000', heron, {
  truncated: true,
  text: 'The lighthouse turns 100 &amp; opens its doors… https://t.co/z',
  favorite_count: 5,
  retweet_count: 2,
  entities: {
    urls: [{ url: 'https://t.co/z', expanded_url: 'https://twitter.com/i/web/status/1498580000000000000' }],
  },
  extended_tweet: {
    full_text:
      'The lighthouse turns 100 &amp; opens its doors to all who like stairs https://t.co/a https://t.co/b #Lighthouse',
    entities: {
      urls: [
        {
          url: 'https://t.co/a',
          expanded_url: 'https://short.example/a',
          unwound: { url: 'https://example.org/lighthouse' },
        },
      ],
      hashtags: [{ text: 'Lighthouse' }],
      media: [{ id_str: '77' }],
    },
    extended_entities: { media: [{ id_str: '77' }, { id_str: '78' }] },
  },
});
const quote = tweet('1498581000000000000', stork, {
  full_text: '@heron and @tern look https://t.co/q',
  is_quote_status: true,
  quoted_status_id: 1498580000000000000n,
  quoted_status: story,
  in_reply_to_status_id_str: '1498570000000000000',
  in_reply_to_user_id_str: '41',
  in_reply_to_screen_name: 'heron',
  entities: {
    urls: [{ url: 'https://t.co/q', expanded_url: 'https://twitter.com/heron/status/1498580000000000000' }],
    user_mentions: [{ screen_name: 'heron' }, { screen_name: 'tern' }],
  },
});
const reshare = tweet('1498582000000000000', heron, {
  text: 'RT @stork: @heron and @tern look https…',
  favorite_count: 0,
  retweet_count: 4,
  retweeted_status: quote,
  entities: { user_mentions: [{ screen_name: 'stork' }] },
});
const cut = tweet('1498583000000000000', null, { truncated: true, text: 'cut, and nobody knows whose…' });
const embedding = {
  __typename: 'Tweet',
  id_str: '1498584000000000000',
  created_at: new Date(snowflakeTimeMs('1498584000000000000')!).toISOString(),
  text: 'as the embedding service gives it',
  user: heron,
  quoted_tweet: { ...story, created_at: '2022-03-01T08:00:00.000Z' },
};
const notices = [
  { delete: { status: { id: 1498581000000000000n, user_id: 42 }, timestamp_ms: '1646208000000' } },
  { delete: { status: { id_str: '1498582000000000000' } } },
  { limit: { track: 12, timestamp_ms: '1646208000000' } },
  { scrub_geo: { user_id_str: '41', up_to_status_id_str: '1' } },
  { disconnect: { code: 4, reason: 'too slow' } },
  { errors: [{ message: 'Rate limit exceeded', code: 88 }] },
  stork,
];
/** JSON with big integers as bare numbers, as the API writes ids. */
const json = (value: unknown, indent?: number) =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `#${one}` : one), indent).replace(
    /"#(\d+)"/g,
    '$1',
  );
const lines = (values: unknown[]) => values.map((value) => json(value)).join('\n');
const columns = `post_id, account.account_id, account.handle, kind, parent_id, parent_handle, other_parents, text, urls, hashtags, mentions,
  likes, reshares, reach, post.embedded, strftime(deleted_at, '%Y-%m-%dT%H:%M:%S') as deleted, warnings`;

const expectedPosts = [
  {
    post_id: story.id_str,
    account_id: '41',
    handle: 'heron',
    kind: 'original',
    urls: ['https://example.org/lighthouse'],
    likes: 5,
    reach: 7,
  },
  {
    post_id: quote.id_str,
    account_id: '42',
    kind: 'reply',
    parent_id: '1498570000000000000',
    parent_handle: 'heron',
    other_parents: [{ kind: 'quote', id: story.id_str }],
    urls: ['https://twitter.com/heron/status/1498580000000000000'],
    mentions: ['heron', 'tern'],
    deleted: '2022-03-02T08:00:00',
  },
  {
    post_id: reshare.id_str,
    kind: 'reshare',
    parent_id: quote.id_str,
    parent_handle: 'stork',
    other_parents: [{ kind: 'quote', id: story.id_str }],
    text: 'RT @stork: @heron and @tern look https://t.co/q',
    mentions: ['stork', 'heron', 'tern'],
    likes: null,
    reshares: null,
    deleted: new Date(snowflakeTimeMs(reshare.id_str)!).toISOString().slice(0, 19),
  },
  { post_id: cut.id_str, account_id: null, warnings: ['missing-account', 'cut'] },
  { post_id: embedding.id_str, kind: 'quote', parent_id: story.id_str, parent_handle: 'heron', warnings: null },
];

describe('Twitter API v1.1', () => {
  it('reads tweets with all that they hold, and the notices between them', async () => {
    const file = sampleFile('stream.jsonl', lines([story, quote, reshare, cut, embedding, story, ...notices]));
    const { posts, problems, report } = await postsOf(xApiV1, file, columns);
    expect(posts).toMatchObject(expectedPosts);
    expect(posts[0]).toMatchObject({
      text: 'The lighthouse turns 100 & opens its doors to all who like stairs https://t.co/a https://t.co/b #Lighthouse',
      hashtags: ['Lighthouse'],
      warnings: null,
    });
    expect(problems.map((problem) => problem.detail)).toEqual([
      'limit notice',
      'notice scrub_geo',
      'disconnect: too slow',
      'an answer without posts: Rate limit exceeded',
      'a user',
    ]);
    expect(report.totals).toEqual({ recordsRead: 13, postsAdded: 5, duplicates: 3, problems: 5, embedded: 0 });
  });

  it('adds the tweets inside a tweet, and takes the full record when it comes', async () => {
    const { posts } = await postsOf(xApiV1, sampleFile('one.jsonl', lines([reshare])), 'post_id, post.embedded, place');
    expect(posts).toEqual([
      { post_id: reshare.id_str, embedded: false, place: null },
      { post_id: quote.id_str, embedded: true, place: 'retweeted_status' },
      { post_id: story.id_str, embedded: true, place: 'retweeted_status.quoted_status' },
    ]);
  });

  it('reads the same from a list, from search results, and from search results in lines', async () => {
    const tweets = [story, quote, reshare, cut];
    const expected = (await postsOf(xApiV1, sampleFile('a.jsonl', lines(tweets)), columns)).posts;
    const results = { statuses: tweets, search_metadata: { count: 4 } };
    for (const text of [json(tweets, 2), json(tweets), json(results, 2), lines([results, { statuses: [] }])]) {
      const { posts, report } = await postsOf(xApiV1, sampleFile('b.json', text), columns);
      expect(posts).toEqual(expected);
      expect(report.totals).toMatchObject({ recordsRead: 4, postsAdded: 4, problems: 0 });
    }
  });

  it('says what is wrong with tweets without an id or a time', async () => {
    const broken = [
      { text: 'no id', user: heron, created_at: clock(story.id_str) },
      { id_str: '12', text: 'no time', user: heron, created_at: 'yesterday' },
      { statuses: [null, { id_str: '13' }] },
      { id_str: '14' },
    ];
    const { posts, problems } = await postsOf(xApiV1, sampleFile('broken.jsonl', lines(broken)), 'post_id');
    expect(posts).toEqual([]);
    expect(problems.map(({ reason }) => reason)).toEqual([
      'missing-id',
      'bad-time',
      'not-a-post',
      'not-a-post',
      'unknown-shape',
    ]);
  });
});

describe('telling Twitter API v1.1', () => {
  const certainty = async (text: string) => xApiV1.sniff(await readFileHead(sampleFile('x', text)));

  it.each([
    ['tweets', lines([cut])],
    ['a list', json([story], 1)],
    ['search results', json({ statuses: [story] })],
    ['notices', lines(notices)],
    ['what the embedding service gives', lines([embedding])],
  ])('takes %s', async (_name, text) => expect(await certainty(text)).toBeGreaterThan(0.5));

  it.each([
    ['X API v2', { id: '1', text: 'a', author_id: '2', created_at: '2022-03-01T08:00:00.000Z' }],
    [
      'Zeeschuimer',
      { nav_index: '1:1:1', source_platform: 'x.com', data: { rest_id: '1', legacy: { id_str: '1', full_text: 'a' } } },
    ],
    [
      '4CAT',
      { rest_id: '1', legacy: { id_str: '1', full_text: 'a', created_at: clock(story.id_str) }, __import_meta: {} },
    ],
  ])('leaves %s alone', async (_name, value) => expect(await certainty(lines([value]))).toBeLessThan(0.5));
});
