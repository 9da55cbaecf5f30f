import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { pushshift } from './pushshift.ts';

const lines = [
  {
    id: 'aa1',
    author: 'ferry_watch',
    created_utc: 1600000000,
    body: 'a &amp; b: [map](https://example.org/m_(1)) \\#x',
    link_id: 't3_zz9',
    parent_id: 't1_aa0',
    score: 7,
    retrieved_on: 1600000100,
  },
  {
    id: 'zz9',
    author: 'ferry_watch',
    created_utc: '1600000010',
    title: 'Ferry &lt;late&gt;',
    selftext: '',
    url: 'https://example.net/ferry?a=1&amp;b=2',
    subreddit: 'ferries',
    is_self: false,
    permalink: '/r/ferries/comments/zz9/ferry/',
    num_comments: 2,
  },
  {
    id: 'zz8',
    author: '[deleted]',
    created_utc: 1600000020,
    title: 'Photo',
    selftext: '[removed]',
    url: 'https://i.redd.it/abc123.jpg',
    subreddit: 'ferries',
    is_self: false,
    permalink: '/r/ferries/comments/zz8/photo/',
  },
  {
    id: 'zz7',
    author: 'quay',
    created_utc: 1600000030,
    title: 'Again',
    selftext: '',
    url: '/r/ferries/comments/zz9/ferry/',
    crosspost_parent: 't3_zz9',
    subreddit: 'quays',
    is_self: false,
    edited: 1600000099,
    permalink: '/r/quays/comments/zz7/again/',
  },
  { id: 'zz6', author: 'quay', title: 'when?', selftext: '', subreddit: 'quays', is_self: true },
];
const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;

describe('pushshift', () => {
  it('reads comments and submissions from one file', async () => {
    const { posts, problems, report } = await postsOf(
      pushshift,
      sampleFile('mixed.ndjson', text),
      'post_id, handle, time::varchar as time, kind, parent_id, root_id, text, urls, likes, replies, permalink, warnings, edited_at::varchar as edited',
    );
    expect(posts).toEqual([
      {
        post_id: 't1_aa1',
        handle: 'ferry_watch',
        time: '2020-09-13 12:26:40',
        kind: 'reply',
        parent_id: 't1_aa0',
        root_id: 't3_zz9',
        text: 'a & b: [map](https://example.org/m_(1)) \\#x',
        urls: ['https://example.org/m_(1)'],
        likes: 7,
        replies: null,
        permalink: 'https://www.reddit.com/comments/zz9/_/aa1',
        warnings: null,
        edited: null,
      },
      {
        post_id: 't3_zz9',
        handle: 'ferry_watch',
        time: '2020-09-13 12:26:50',
        kind: 'original',
        parent_id: null,
        root_id: 't3_zz9',
        text: 'Ferry <late>',
        urls: ['https://example.net/ferry?a=1&b=2'],
        likes: null,
        replies: 2,
        permalink: 'https://www.reddit.com/r/ferries/comments/zz9/ferry/',
        warnings: null,
        edited: null,
      },
      {
        post_id: 't3_zz8',
        handle: null,
        time: '2020-09-13 12:27:00',
        kind: 'original',
        parent_id: null,
        root_id: 't3_zz8',
        text: 'Photo',
        urls: null,
        likes: null,
        replies: null,
        permalink: 'https://www.reddit.com/r/ferries/comments/zz8/photo/',
        warnings: ['removed'],
        edited: null,
      },
      {
        post_id: 't3_zz7',
        handle: 'quay',
        time: '2020-09-13 12:27:10',
        kind: 'reshare',
        parent_id: 't3_zz9',
        root_id: 't3_zz7',
        text: 'Again',
        urls: null,
        likes: null,
        replies: null,
        permalink: 'https://www.reddit.com/r/quays/comments/zz7/again/',
        warnings: null,
        edited: '2020-09-13 12:28:19',
      },
    ]);
    expect(problems.map((problem) => problem.reason)).toEqual(['missing-time']);
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 4, duplicates: 0, problems: 1 });
  });

  it('reads gzip', async () => {
    const { report } = await postsOf(pushshift, sampleFile('mixed.ndjson.gz', gzipSync(text)), 'post_id');
    expect(report.totals).toMatchObject({ recordsRead: 5, postsAdded: 4, problems: 1 });
  });
});
