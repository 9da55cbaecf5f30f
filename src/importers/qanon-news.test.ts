import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { qanonNews } from './qanon-news.ts';

const real = sharedData('qanon/news.json.gz');
const sample = [
  {
    id: 'a1',
    url: 'http://www.Example.org/ferry',
    date: 1514934000000,
    headline: 'Ferry &amp; quay',
    description: 'It&#x27;s late',
    imageUrl: null,
  },
  { id: 'a2', url: 'https://news.example.net/a', date: 1514934061000, headline: null, description: null },
  { id: 'a3', url: 'https://news.example.net/b', date: -45411498000000, headline: 'old' },
  { id: 'a4', date: 1514934061000, headline: 'no address' },
];

describe('qanon-news', () => {
  it('reads items, takes a whole hour for a day and lists what cannot be', async () => {
    const file = sampleFile('news.json', JSON.stringify(sample, null, 2));
    expect(qanonNews.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { posts, problems, report } = await postsOf(
      qanonNews,
      file,
      'post.platform, post_id, account_id, time::varchar as time, time_precision_ms, text, urls',
    );
    expect(posts).toEqual([
      {
        platform: 'news',
        post_id: 'http://www.Example.org/ferry',
        account_id: 'example.org',
        time: '2018-01-02 23:00:00',
        time_precision_ms: 86_400_000,
        text: "Ferry & quay\nIt's late",
        urls: ['http://www.Example.org/ferry'],
      },
      {
        platform: 'news',
        post_id: 'https://news.example.net/a',
        account_id: 'example.net',
        time: '2018-01-02 23:01:01',
        time_precision_ms: 1000,
        text: null,
        urls: ['https://news.example.net/a'],
      },
    ]);
    expect(problems.map((problem) => problem.reason).sort()).toEqual(['bad-time', 'missing-id']);
    expect(report.totals).toMatchObject({ recordsRead: 4, postsAdded: 2, problems: 2 });
  });

  it.skipIf(!real)('reads the 2,039 real items, 14 of them with a date that cannot be', async () => {
    const { problems, report } = await postsOf(qanonNews, real!, 'post_id');
    expect(report.totals).toEqual({ recordsRead: 2039, postsAdded: 2025, duplicates: 0, problems: 14, embedded: 0 });
    expect(new Set(problems.map((problem) => problem.reason))).toEqual(new Set(['bad-time']));
  });
});
