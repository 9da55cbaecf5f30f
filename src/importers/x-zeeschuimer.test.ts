import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { snowflakeTimeMs } from '../domain/snowflake.ts';
import { readFileHead } from './file-head.ts';
import { xZeeschuimer } from './x-zeeschuimer.ts';

/** The clock text of X's web interface, at the second that the id contains. */
function clock(id: string): string {
  const [day, date, month, year, time] = new Date(snowflakeTimeMs(id)!).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
}

const heron = { rest_id: '41', core: { screen_name: 'heron', name: 'Heron' }, legacy: { followers_count: 7 } };
const stork = { rest_id: '42', legacy: { screen_name: 'stork', name: 'Stork', followers_count: 9, statuses_count: 3 } };

function item(id: string, user: object | null, legacy: object, rest: object = {}) {
  return {
    __typename: 'Tweet',
    rest_id: id,
    core: { user_results: user === null ? {} : { result: user } },
    views: { count: '57', state: 'EnabledWithCount' },
    legacy: { id_str: id, created_at: clock(id), conversation_id_str: id, lang: 'en', favorite_count: 5, ...legacy },
    ...rest,
  };
}

const story = item(
  '1498580000000000000',
  heron,
  {
    full_text: 'The lighthouse turns 100 &amp; opens…',
    user_id_str: '41',
    entities: { urls: [{ url: 'https://t.co/z', expanded_url: 'https://x.com/i/web/status/1498580000000000000' }] },
    extended_entities: { media: [{ id_str: '77' }] },
  },
  {
    note_tweet: {
      note_tweet_results: {
        result: {
          text: 'The lighthouse turns 100 & opens its doors https://t.co/a #Lighthouse',
          entity_set: {
            urls: [{ url: 'https://t.co/a', expanded_url: 'https://example.org/lighthouse' }],
            hashtags: [{ text: 'Lighthouse' }],
          },
        },
      },
    },
    edit_control: { edit_tweet_ids: ['1498579000000000000', '1498580000000000000'] },
  },
);
const quote = item(
  '1498581000000000000',
  stork,
  { full_text: 'look https://t.co/q', user_id_str: '42', is_quote_status: true, quoted_status_id_str: story.rest_id },
  { quoted_status_result: { result: { __typename: 'TweetWithVisibilityResults', tweet: story } } },
);
const reshare = item('1498582000000000000', heron, {
  full_text: 'RT @stork: look http…',
  user_id_str: '41',
  retweet_count: 4,
  entities: { user_mentions: [{ screen_name: 'stork' }] },
  retweeted_status_result: { result: quote },
});
const answer = item('1498583000000000000', null, {
  full_text: '@tern no user here',
  user_id_str: '43',
  in_reply_to_status_id_str: '1498570000000000000',
  in_reply_to_screen_name: 'tern',
  conversation_id_str: '1498560000000000000',
});
const older = {
  id: 1498584000000000000,
  type: 'adaptive',
  user: { id_str: '44', screen_name: 'plover', name: 'Plover', followers_count: 2 },
  legacy: {
    id_str: '1498584000000000001',
    created_at: clock('1498584000000000001'),
    full_text: 'RT @gone: older shape, cut…',
    user_id_str: '44',
    retweeted_status_id_str: '1498500000000000000',
  },
  promoted: true,
};
const wrapped = {
  __typename: 'TweetWithVisibilityResults',
  tweet: item('1498585000000000000', stork, { full_text: 'wrapped', user_id_str: '42' }),
};
const tombstone = { __typename: 'TweetTombstone', tombstone: { text: { text: 'This Post is gone.' } } };
const items = [story, quote, reshare, answer, older, wrapped, tombstone];

const seen = {
  timestamp_collected: 1646208000000,
  source_platform: 'x.com',
  source_url: 'https://x.com/i/api/graphql/a/b',
};
const collected = [
  ...items.map((data) => ({ nav_index: '1:1:0', item_id: 'some', ...seen, data })),
  { nav_index: '1:1:0', item_id: '9', ...seen, source_platform: 'tiktok.com', data: { id: '9', desc: 'a video' } },
];
const copied = [
  ...items.map((data) => ({ ...data, __import_meta: seen })),
  { id: '9', desc: 'a video', __import_meta: { ...seen, source_platform: 'tiktok.com' } },
];
const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const columns = `post_id, account.account_id, account.handle, kind, parent_id, parent_handle, other_parents, root_id, text, urls, hashtags, mentions,
  likes, reshares, views, reach, post.embedded, strftime(collected_at, '%Y-%m-%dT%H:%M:%S') as collected, warnings`;

const expectedPosts = [
  {
    post_id: story.rest_id,
    account_id: '41',
    handle: 'heron',
    kind: 'original',
    text: 'The lighthouse turns 100 & opens its doors https://t.co/a #Lighthouse',
    urls: ['https://example.org/lighthouse'],
    hashtags: ['Lighthouse'],
    likes: 5,
    views: 57,
    reach: 7,
    embedded: false,
    collected: '2022-03-02T08:00:00',
    warnings: null,
  },
  { post_id: quote.rest_id, handle: 'stork', kind: 'quote', parent_id: story.rest_id, parent_handle: 'heron' },
  {
    post_id: reshare.rest_id,
    kind: 'reshare',
    parent_id: quote.rest_id,
    parent_handle: 'stork',
    other_parents: [{ kind: 'quote', id: story.rest_id }],
    text: 'RT @stork: look https://t.co/q',
    mentions: ['stork'],
    likes: null,
    reshares: null,
  },
  {
    post_id: answer.rest_id,
    account_id: '43',
    handle: null,
    kind: 'reply',
    parent_id: '1498570000000000000',
    parent_handle: 'tern',
    root_id: '1498560000000000000',
  },
  {
    post_id: '1498584000000000001',
    handle: 'plover',
    kind: 'reshare',
    parent_id: '1498500000000000000',
    parent_handle: 'gone',
    warnings: ['promoted', 'cut'],
  },
  { post_id: '1498585000000000000', handle: 'stork', text: 'wrapped' },
];

describe.each([
  ['Zeeschuimer', collected],
  ['4CAT', copied],
])('X items as %s writes them', (_name, values) => {
  it('are read with all that they hold', async () => {
    const { posts, problems, report } = await postsOf(xZeeschuimer, sampleFile('items.ndjson', lines(values)), columns);
    expect(posts).toMatchObject(expectedPosts);
    expect(problems.map((problem) => problem.detail)).toEqual([
      'tombstone: This Post is gone.',
      'an item of tiktok.com among those of X: put it into a file of its own',
    ]);
    expect(report.totals).toEqual({ recordsRead: 8, postsAdded: 6, duplicates: 0, problems: 2, embedded: 0 });
  });

  it('give the posts inside a reshare too', async () => {
    const { posts } = await postsOf(
      xZeeschuimer,
      sampleFile('one.ndjson', lines([values[2]])),
      'post_id, post.embedded, place',
    );
    expect(posts).toEqual([
      { post_id: reshare.rest_id, embedded: false, place: null },
      { post_id: quote.rest_id, embedded: true, place: 'retweeted_status_result' },
      { post_id: story.rest_id, embedded: true, place: 'retweeted_status_result.quoted_status_result' },
    ]);
  });

  it('are recognised', async () => {
    expect(xZeeschuimer.sniff(await readFileHead(sampleFile('x', lines(values))))).toBeGreaterThan(0.9);
  });
});

describe('telling Zeeschuimer files of X', () => {
  it.each([
    ['X API v2', { id: '1', text: 'a', author_id: '2', data: { id: '1', text: 'a' } }],
    ['Twitter API v1.1', { id_str: '1', text: 'a', user: { screen_name: 'b' } }],
    ['Bluesky', { did: 'did:plc:a', kind: 'commit', commit: { collection: 'app.bsky.feed.post' } }],
  ])('leaves %s alone', async (_name, value) => {
    expect(xZeeschuimer.sniff(await readFileHead(sampleFile('x', lines([value]))))).toBeLessThan(0.5);
  });
});
