import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { fourcatOther } from './4cat-other.ts';
import { readFileHead } from './file-head.ts';

const file = (header: string, ...rows: string[]) => sampleFile('export.csv', `${header}\n${rows.join('\n')}\n`);
const custom = 'id,thread_id,author,body,timestamp';

describe('4cat-other', () => {
  it('recognises the custom table, less surely than a format of its own', async () => {
    const certainty = fourcatOther.sniff(await readFileHead(file(custom)));
    expect(certainty).toBeGreaterThanOrEqual(0.5);
    expect(certainty).toBeLessThan(0.9);
  });

  it('reads the custom table; a row whose thread starts in the file answers that start', async () => {
    const { posts, problems } = await postsOf(
      fourcatOther,
      file(
        custom,
        'p1,p1,pond,Ducks #Pond https://example.org/a,2021-03-14 09:00:00',
        'p2,p1,reed,where?,1615712460',
        'p3,elsewhere,moss,hm,2021-03-14 09:02:00',
        ',p1,moss,no id,2021-03-14 09:02:00',
        'p4,p4,moss,no time,undefined',
      ),
      'post.platform, post_id, handle, kind, parent_id, root_id, urls, hashtags, time::varchar as time, likes',
      { platform: 'forum' },
    );
    expect(posts).toMatchObject([
      {
        platform: 'forum',
        post_id: 'p1',
        handle: 'pond',
        kind: 'original',
        parent_id: null,
        urls: ['https://example.org/a'],
        hashtags: ['Pond'],
        time: '2021-03-14 09:00:00',
        likes: null,
      },
      { post_id: 'p2', kind: 'reply', parent_id: 'p1', root_id: 'p1', time: '2021-03-14 09:01:00' },
      { post_id: 'p3', kind: 'original', parent_id: null, root_id: 'elsewhere' },
    ]);
    expect(problems.map(({ reason }) => reason)).toEqual(['missing-id', 'bad-time']);
    const { posts: told, report } = await postsOf(
      fourcatOther,
      file(custom, 'p1,p1,pond,Ducks,2021-03-14 09:00:00', 'p2,p2,reed,Geese,1615712460'),
      'warnings',
    );
    expect(told).toEqual([{ warnings: ['clock-of-server', 'platform-unknown'] }, { warnings: ['platform-unknown'] }]);
    expect(report.sources[0]!.notes).toHaveLength(2);
  });

  it('tells the platform by the address of the post, and reads HTML bodies', async () => {
    const { posts } = await postsOf(
      fourcatOther,
      file(
        'id,created_at,body,url,reaction_count,reposts_count,account_id,account_username,link_url,thread_id,timestamp',
        '9,2021-03-14T09:00:00.250Z,"<p>Ducks &amp; <a href=""https://example.org/b"">geese</a></p>",https://gab.com/pond/posts/9,3,2,11,pond,https://example.org/a,9,2021-03-14 09:00:00',
      ),
      'post.platform, account_id, handle, text, urls, likes, reshares, time::varchar as time',
    );
    expect(posts).toEqual([
      {
        platform: 'gab',
        account_id: '11',
        handle: 'pond',
        text: 'Ducks & geese',
        urls: ['https://example.org/a', 'https://example.org/b'],
        likes: 3,
        reshares: 2,
        time: '2021-03-14 09:00:00.25',
      },
    ]);
  });
});
