import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { qanonPosts } from './qanon-posts.ts';

const real = sharedData('qanon/posts.json.gz');

const source = (site: string, board: string, link: string) => ({ site, board, link });
const hash = 'ab'.repeat(32);
const sample = {
  posts: [
    {
      post_metadata: {
        author: 'Anonymous',
        source: source('4ch', '/tide', 'https://archive.example.org/tide/thread/10/#12'),
        time: 1509223468,
        id: 1,
        author_id: 'Ab12',
        post_id: '12',
      },
      text: '>>11\nsee https://example.org/a and >>>/quay/5',
      images: [{ file: '1509223460123.jpg', name: 'x.jpg' }],
      referenced_posts: [
        {
          reference: '>>11',
          text: '>>10\nasked',
          author_id: 'Cd34',
          post_id: '11',
          time: 1509223400,
          link: 'https://archive.example.org/tide/thread/10/#11',
        },
        { reference: '>>9', author_id: 'Ef56', post_id: '9', link: 'unknown' },
      ],
    },
    {
      post_metadata: {
        author: 'Q',
        tripcode: '!abc',
        source: source('8kun', '/quay', 'https://8kun.example/quay/res/20.html#20'),
        time: 1572723925,
        id: 2,
        author_id: 'aa11bb',
        post_id: '20',
      },
      images: [{ file: `${hash}.png`, name: 'y.png' }],
    },
    {
      post_metadata: {
        author: 'Q',
        source: source('8ch', '/quay', 'https://8ch.example/quay/res/undefined.html#7'),
        id: 3,
        author_id: 'cc',
        post_id: '7',
      },
      text: 'no time',
    },
  ],
};

describe('qanon-posts', () => {
  it('reads the three boards, and quoted posts that carry id and time', async () => {
    const file = sampleFile('posts.json', JSON.stringify(sample, null, 2));
    expect(qanonPosts.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { posts, problems, report } = await postsOf(
      qanonPosts,
      file,
      'post.platform, post_id, account_id, time::varchar as time, kind, parent_id, root_id, urls, embedded',
    );
    expect(posts).toEqual([
      {
        platform: '4chan',
        post_id: 'tide/12',
        account_id: 'tide/10:Ab12',
        time: '2017-10-28 20:44:28',
        kind: 'reply',
        parent_id: 'tide/11',
        root_id: 'tide/10',
        urls: ['https://example.org/a'],
        embedded: false,
      },
      {
        platform: '8kun',
        post_id: 'quay/20',
        account_id: 'quay/20:aa11bb',
        time: '2019-11-02 19:45:25',
        kind: 'original',
        parent_id: null,
        root_id: 'quay/20',
        urls: null,
        embedded: false,
      },
      {
        platform: '4chan',
        post_id: 'tide/11',
        account_id: 'tide/10:Cd34',
        time: '2017-10-28 20:43:20',
        kind: 'reply',
        parent_id: 'tide/10',
        root_id: 'tide/10',
        urls: null,
        embedded: true,
      },
    ]);
    expect(problems.map((problem) => problem.reason)).toEqual(['missing-time']);
    expect(report.totals).toEqual({ recordsRead: 3, postsAdded: 2, duplicates: 0, problems: 1, embedded: 1 });
  });

  it.skipIf(!real)(
    'finds the 4,966 real posts, 233 on 4chan, 3,337 on 8chan and 1,396 on 8kun, with their spans',
    async () => {
      const { spilloverCase, reports } = await caseOf([[real!, qanonPosts]]);
      const posts = await spilloverCase.database.rows(
        `select platform, count(*) as posts, min(time)::varchar as first, max(time)::varchar as last
       from post where not embedded group by platform order by platform`,
      );
      expect(reports[0]!.totals).toMatchObject({ recordsRead: 4966, postsAdded: 4966, duplicates: 0, problems: 0 });
      expect(posts).toEqual([
        { platform: '4chan', posts: 233, first: '2017-10-28 20:44:28', last: '2017-12-15 02:52:47' },
        { platform: '8chan', posts: 3337, first: '2017-11-25 18:54:45', last: '2019-08-01 17:22:36' },
        { platform: '8kun', posts: 1396, first: '2019-11-02 19:47:25', last: '2022-11-28 01:06:20' },
      ]);
    },
  );
});
