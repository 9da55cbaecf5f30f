import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { dmiTcat } from './dmi-tcat.ts';
import { readFileHead } from './file-head.ts';

const header =
  'id,time,created_at,from_user_name,text,retweet_count,favorite_count,lang,to_user_name,in_reply_to_status_id,quoted_status_id,from_user_id,from_user_followercount';
const file = (top: string, ...rows: string[]) => sampleFile('tweets.csv', `${top}\n${rows.join('\n')}\n`);

describe('dmi-tcat', () => {
  it('recognises its table', async () => {
    expect(dmiTcat.sniff(await readFileHead(file(header)))).toBeGreaterThanOrEqual(0.9);
  });

  it('reads links and tags from the text, and whom a tweet reshares', async () => {
    const { posts } = await postsOf(
      dmiTcat,
      file(
        header,
        '1371023293145935873,1615712400,2021-03-14 09:00:00,pond,Ducks #Pond @moss https://example.org/a,1,7,en,,,,11,50',
        '1371023795950710785,1615712520,2021-03-14 09:02:00,reed,RT @pond: Ducks #Pond @moss https://example.org/a,1,0,en,,,,12,3',
        '1371024047604756481,1615712580,2021-03-14 09:03:00,moss,@pond where?,0,0,en,pond,1371023293145935873,,13,4',
      ),
      'post_id, kind, parent_id, parent_handle, urls, hashtags, mentions, likes, reach',
    );
    expect(posts).toMatchObject([
      {
        kind: 'original',
        urls: ['https://example.org/a'],
        hashtags: ['Pond'],
        mentions: ['moss'],
        likes: 7,
        reach: 50,
      },
      { kind: 'reshare', parent_id: '1371023293145935873', parent_handle: 'pond', likes: null },
      { kind: 'reply', parent_id: '1371023293145935873', parent_handle: 'pond' },
    ]);
  });

  it('prefers expanded links, in a table with tabs', async () => {
    const { posts } = await postsOf(
      dmiTcat,
      file(
        'id\tcreated_at\tfrom_user_name\tfrom_user_id\ttext\turls\turls_expanded\thashtags',
        '1371023293145935873\t2021-03-14 09:00:00\tpond\t11\tDucks\thttps://t.co/a; https://t.co/b\thttps://example.org/a; https://example.org/b\tpond; lake',
      ),
      'urls, hashtags, time::varchar as time',
    );
    expect(posts).toEqual([
      {
        urls: ['https://example.org/a', 'https://example.org/b'],
        hashtags: ['pond', 'lake'],
        time: '2021-03-14 09:00:00.123',
      },
    ]);
  });
});
