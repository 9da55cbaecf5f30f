import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { readFileHead } from './file-head.ts';
import { redditListing } from './reddit-listing.ts';

const comment = (id: string, parent: string, replies: unknown) => ({
  kind: 't1',
  data: {
    id,
    name: `t1_${id}`,
    author: `writer_${id}`,
    created_utc: 1600000100.0,
    body: `on ${id}`,
    link_id: 't3_q1',
    parent_id: parent,
    score: 1,
    replies,
  },
});
const listing = (...children: unknown[]) => ({ kind: 'Listing', data: { after: null, children } });
const thread = [
  listing({
    kind: 't3',
    data: {
      id: 'q1',
      author: 'opener',
      created_utc: 1600000000.0,
      title: 'Quay',
      selftext: 'see https://example.org/quay',
      is_self: true,
      subreddit: 'quays',
      permalink: '/r/quays/comments/q1/quay/',
      url: 'https://www.reddit.com/r/quays/comments/q1/quay/',
    },
  }),
  listing(
    comment(
      'c1',
      't3_q1',
      listing(comment('c2', 't1_c1', ''), { kind: 'more', data: { id: 'c9', count: 3, children: ['c9'] } }),
    ),
    null,
  ),
];

describe('reddit-listing', () => {
  it('reads a submission with its tree of comments', async () => {
    const file = sampleFile('q1.json', JSON.stringify(thread, null, 1));
    expect(redditListing.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { posts, problems, report } = await postsOf(
      redditListing,
      file,
      'post_id, handle, kind, parent_id, root_id, urls, place',
    );
    expect(posts).toEqual([
      {
        post_id: 't3_q1',
        handle: 'opener',
        kind: 'original',
        parent_id: null,
        root_id: 't3_q1',
        urls: ['https://example.org/quay'],
        place: '[0].data.children[0]',
      },
      {
        post_id: 't1_c1',
        handle: 'writer_c1',
        kind: 'reply',
        parent_id: 't3_q1',
        root_id: 't3_q1',
        urls: null,
        place: '[1].data.children[0]',
      },
      {
        post_id: 't1_c2',
        handle: 'writer_c2',
        kind: 'reply',
        parent_id: 't1_c1',
        root_id: 't3_q1',
        urls: null,
        place: '[1].data.children[0].data.replies.data.children[0]',
      },
    ]);
    expect(problems).toEqual([
      { reason: 'not-a-post', detail: 'listing entry of kind more' },
      { reason: 'not-a-post', detail: 'listing entry of kind none' },
    ]);
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 3, problems: 2 });
  });

  it('lists a cut file as one problem', async () => {
    const { problems } = await postsOf(
      redditListing,
      sampleFile('cut.json', JSON.stringify(thread).slice(0, -40)),
      'post_id',
    );
    expect(problems.map((problem) => problem.reason)).toEqual(['invalid-json']);
  });
});
