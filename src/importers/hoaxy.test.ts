import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { hoaxy } from './hoaxy.ts';

const header =
  'canonical_url,from_user_id,from_user_screen_name,is_mention,to_user_id,to_user_screen_name,tweet_created_at,tweet_id,tweet_type,url_raw';

describe('hoaxy', () => {
  it('tells the author by the kind of edge, and the answered account from its edge without is_mention', async () => {
    const rows = [
      ',1,pond,TRUE,3,moss,2021-03-14T09:03:00Z,1371024049701908481,reply,https://t.co/a',
      ',1,pond,false,2,reed,2021-03-14T09:03:00Z,1371024049701908481,reply,https://t.co/a',
      'https://example.org/a,1,pond,false,2,reed,2021-03-14T09:02:00Z,1371023795950710785,retweet,https://t.co/a',
    ];
    const { posts, report } = await postsOf(
      hoaxy,
      sampleFile('graph.csv', `${header}\r\n${rows.join('\r\n')}\r\n`),
      'account_id, handle, kind, parent_handle, urls, mentions',
    );
    expect(report.totals).toMatchObject({ recordsRead: 3, postsAdded: 2, duplicates: 1 });
    expect(posts).toEqual([
      {
        account_id: '1',
        handle: 'pond',
        kind: 'reply',
        parent_handle: 'reed',
        urls: ['https://t.co/a'],
        mentions: ['moss'],
      },
      {
        account_id: '2',
        handle: 'reed',
        kind: 'reshare',
        parent_handle: 'pond',
        urls: ['https://example.org/a'],
        mentions: null,
      },
    ]);
  });
});
