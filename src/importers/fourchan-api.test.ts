import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { fourchanApi } from './fourchan-api.ts';

const index = sharedData('formats/fourchan_api/wsg_index.json');

const opening = {
  no: 500,
  resto: 0,
  time: 1600000000,
  name: 'Anonymous',
  sub: 'Tide &amp; time',
  com: 'see <a href="//sys.example.org/a?b=1&amp;c">x</a>',
  id: 'aBcD',
  replies: 2,
  md5: 'AAAAAAAAAAAAAAAAAAAABw==',
};
const answer = {
  no: 501,
  resto: 500,
  time: 1600000060,
  name: 'Anonymous',
  id: 'EfGh',
  com: '<a href="#p499" class="quotelink">&gt;&gt;499</a><br><a href="#p500" class="quotelink">&gt;&gt;500</a><br><a href="/wg/thread/7#p8" class="quotelink">&gt;&gt;&gt;/wg/8</a><br>https://example.com/lon<wbr>g&#039;s',
};
const next = {
  no: 600,
  resto: 0,
  time: 1600000100,
  name: 'Anonymous',
  com: 'more: <a href="/tide/thread/500#p501" class="quotelink">&gt;&gt;501</a>',
};
const columns = 'post.platform, post_id, account_id, kind, parent_id, other_parents, root_id, text, urls, warnings';
const expectedPosts = [
  {
    platform: '4chan',
    post_id: 'tide/500',
    account_id: 'tide/500:aBcD',
    kind: 'original',
    parent_id: null,
    other_parents: null,
    root_id: 'tide/500',
    text: 'Tide & time\nsee x',
    urls: ['https://sys.example.org/a?b=1&c'],
    warnings: null,
  },
  {
    platform: '4chan',
    post_id: 'tide/501',
    account_id: 'tide/500:EfGh',
    kind: 'reply',
    parent_id: 'tide/499',
    other_parents: [{ kind: 'reply', id: 'tide/500' }],
    root_id: 'tide/500',
    text: ">>499\n>>500\n>>>/wg/8\nhttps://example.com/long's",
    urls: ["https://example.com/long's"],
    warnings: null,
  },
  {
    platform: '4chan',
    post_id: 'tide/600',
    account_id: null,
    kind: 'original',
    parent_id: null,
    other_parents: [{ kind: 'quote', id: 'tide/501' }],
    root_id: 'tide/600',
    text: 'more: >>501',
    urls: null,
    warnings: null,
  },
];

describe('fourchan-api', () => {
  it.skipIf(!index)('reads a real board index with a long address cut by <wbr>', async () => {
    const { posts, report } = await postsOf<{ post_id: string; time: string; urls: string[] | null; kind: string }>(
      fourchanApi,
      index!,
      'post_id, time::varchar as time, urls, kind',
      { board: 'wsg' },
    );
    expect(report.totals).toMatchObject({ recordsRead: 8, postsAdded: 8, problems: 0 });
    expect(posts.map((post) => post.time)).toEqual(expect.arrayContaining(['2013-08-23 01:22:59']));
    expect(posts.filter((post) => post.kind === 'original').map((post) => post.post_id)).toEqual([
      'wsg/247727',
      'wsg/881624',
    ]);
    expect(posts.find((post) => post.post_id === 'wsg/882474')!.urls).toEqual([
      'https://www.youtube.com/watch?v=Yy44s_de15Y',
    ]);
  });

  it.each([
    ['a document', JSON.stringify({ posts: [opening, answer] }, null, 1), JSON.stringify([next], null, 1)],
    [
      'lines of threads',
      `${JSON.stringify({ posts: [opening, answer] })}\n${JSON.stringify({ posts: [next] })}\n`,
      null,
    ],
    ['lines of posts', [opening, answer, next].map((post) => JSON.stringify(post)).join('\n'), null],
    ['one line with an index', JSON.stringify({ threads: [{ posts: [opening, answer] }, { posts: [next] }] }), null],
    [
      'one line with a catalog',
      JSON.stringify([{ page: 1, threads: [{ ...opening, last_replies: [answer] }, next] }]),
      null,
    ],
    [
      'lines of catalog threads',
      `${JSON.stringify({ ...opening, last_replies: [answer] })}\n${JSON.stringify(next)}`,
      null,
    ],
  ])('reads %s, the board from the folder', async (_shape, first, second) => {
    const { posts, report } = await postsOf(fourchanApi, sampleFile('4chan/tide/500.json', first), columns);
    expect(report.totals.problems).toBe(0);
    expect(posts).toEqual(second === null ? expectedPosts : expectedPosts.slice(0, 2));
    if (second !== null) {
      expect((await postsOf(fourchanApi, sampleFile('4chan/tide/600.json', second), columns)).posts).toEqual(
        expectedPosts.slice(2),
      );
    }
  });

  it('marks posts whose board nobody named, and counts what is no post', async () => {
    const { posts, problems, report } = await postsOf<{ post_id: string; warnings: string[] }>(
      fourchanApi,
      sampleFile(
        'a-thread.ndjson',
        `${JSON.stringify({ posts: [opening, null, 7, { no: 502, com: 'x' }] })}\n{"boards":[]}\n`,
      ),
      'post_id, warnings',
    );
    expect(posts).toEqual([{ post_id: 'unknown/500', warnings: ['board-unknown'] }]);
    expect(problems.map((problem) => problem.reason).sort()).toEqual([
      'missing-time',
      'not-a-post',
      'not-a-post',
      'not-a-post',
    ]);
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 1, problems: 4 });
  });
});
