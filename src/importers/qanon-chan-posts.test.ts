import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { qanonChanPosts } from './qanon-chan-posts.ts';

const real = sharedData('qanon/chan_posts');
const counts = {
  cbtsNonTrip8chan: 15,
  cbtsTrip8chan: 208,
  greatawakeningTrip8chan: 109,
  pol4chan: 233,
  polTrip8chan: 15,
  qresearchNonTrip8chan: 2,
  qresearchTrip8chan: 204,
  thestormTrip8chan: 41,
};

const post = (id: string, more: object) => ({
  id,
  timestamp: 1514235458,
  userId: 'aa11',
  source: '8chan_tide',
  link: `https://8ch.example/tide/res/1.html#${id}`,
  text: `text ${id}`,
  ...more,
});
const sample = [
  post('5', {
    treadId: '3',
    images: [{ url: 'https://media.example/abc.png', filename: 'x.png' }],
    text: '>>4\nyes https://example.org/x',
    timestampDeletion: 1514235999,
    references: [post('4', { threadId: '3', references: [post('2', { userId: null, references: [{ id: '1' }] })] })],
  }),
  { id: '6', source: '8chan_tide', link: 'https://8ch.example/tide/res/undefined.html#6', text: null, images: null },
];

describe('qanon-chan-posts', () => {
  it('reads both spellings of the thread, and posts nested to any depth', async () => {
    const file = sampleFile('tide8chanPosts.json', JSON.stringify(sample, null, 2));
    expect(qanonChanPosts.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { posts, problems, report } = await postsOf(
      qanonChanPosts,
      file,
      'post.platform, post_id, account_id, kind, parent_id, root_id, urls, embedded, deleted_at::varchar as deleted',
    );
    expect(posts).toEqual([
      {
        platform: '8chan',
        post_id: 'tide/5',
        account_id: 'tide/3:aa11',
        kind: 'reply',
        parent_id: 'tide/4',
        root_id: 'tide/3',
        urls: ['https://example.org/x'],
        embedded: false,
        deleted: '2017-12-25 21:06:39',
      },
      {
        platform: '8chan',
        post_id: 'tide/4',
        account_id: 'tide/3:aa11',
        kind: 'reply',
        parent_id: 'tide/3',
        root_id: 'tide/3',
        urls: null,
        embedded: true,
        deleted: null,
      },
      {
        platform: '8chan',
        post_id: 'tide/2',
        account_id: null,
        kind: 'reply',
        parent_id: 'tide/1',
        root_id: 'tide/1',
        urls: null,
        embedded: true,
        deleted: null,
      },
    ]);
    expect(problems.map((problem) => problem.reason)).toEqual(['missing-time']);
    expect(report.totals).toEqual({ recordsRead: 2, postsAdded: 1, duplicates: 0, problems: 1, embedded: 2 });
  });

  it.skipIf(!real).each(Object.entries(counts))('reads all real posts of %s', async (name, count) => {
    const file = `${real!}/${name}Posts.json.gz`;
    expect(qanonChanPosts.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { report } = await postsOf(qanonChanPosts, file, 'post_id');
    expect(report.totals).toMatchObject({ recordsRead: count, postsAdded: count, duplicates: 0, problems: 0 });
  });
});
