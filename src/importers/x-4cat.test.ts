import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { x4cat } from './x-4cat.ts';

const header =
  'id,thread_id,timestamp,unix_timestamp,link,body,author,author_id,is_retweet,retweeted_user,is_quote_tweet,quote_tweet_id,is_reply,replied_author,is_withheld,hashtags,urls,images,mentions,like_count';

interface Found extends Record<string, unknown> {
  post_id: string;
}
const found = (rows: string[], columns: string, top = header) =>
  postsOf<Found>(x4cat, sampleFile('export.csv', `${top}\n${rows.join('\n')}\n`), columns);

describe('x-4cat', () => {
  it('splits lists before addresses only, and drops links to the tweet and to photos', async () => {
    const { posts } = await found(
      [
        '1371023293145935873,,2021-03-14 09:00:00,,,Ducks &amp; geese,pond,11,no,,no,,no,,no,"Pond,Ducks","https://example.org/a,b,https://x.com/pond/status/1371023293145935873,https://x.com/pond/status/1371023293145935873/photo/1,https://example.org/c","https://pbs.twimg.com/media/AbC_d-1.jpg",,7',
      ],
      `text, urls, hashtags, likes, mentions, time_precision_ms,
        (select list(value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media`,
    );
    expect(posts).toMatchObject([
      {
        text: 'Ducks & geese',
        urls: ['https://example.org/a,b', 'https://example.org/c'],
        hashtags: ['Pond', 'Ducks'],
        likes: 7,
        mentions: null,
        media: ['x:AbC_d-1'],
        time_precision_ms: 1,
      },
    ]);
  });

  it('links a reshare to the post of the named author with the same text, and leaves its counts out', async () => {
    const { posts } = await found(
      [
        '1371023293145935873,,2021-03-14 09:00:00,,,The pond is open again today,pond,11,no,,no,,no,,no,,,,,7',
        '1371023795950710785,,2021-03-14 09:02:00,,,RT @pond: The pond is open again today,reed,12,yes,,no,,no,,no,,,,,7',
      ],
      'kind, parent_handle, parent_id, likes',
    );
    expect(posts[1]).toEqual({ kind: 'reshare', parent_handle: 'pond', parent_id: '1371023293145935873', likes: null });
  });

  it('takes the id from the link where a spreadsheet rounded it, and invents none', async () => {
    const link = 'https://x.com/pond/status/1371023293145935873';
    const row = (id: string, link: string) =>
      `${id},,2021-03-14 09:00:00,,${link},text,pond,11,no,,no,1.37E+18,no,,no,,,,,`;
    expect((await found([row('1.37E+18', link)], 'post_id, parent_id')).posts).toEqual([
      { post_id: '1371023293145935873', parent_id: null },
    ]);
    expect((await found([row('1371023293145930000', link)], 'post_id')).posts).toEqual([
      { post_id: '1371023293145935873' },
    ]);
    const { posts, problems } = await found([row('1.37E+18', '')], 'post_id');
    expect(posts).toEqual([]);
    expect(problems).toEqual([
      { reason: 'missing-id', detail: 'the id "1.37E+18" is not whole, as when a spreadsheet rounds it' },
    ]);
  });

  it('prefers the text time, for the unix time of the API v2 source is the clock of its server', async () => {
    const { posts } = await found(
      ['1234,,2009-03-14 09:00:00,1237035600,,text,pond,11,no,,no,,no,,no,,,,,'],
      'time::varchar as time',
    );
    expect(posts).toEqual([{ time: '2009-03-14 09:00:00' }]);
  });

  it('reads a header in another order and case, with semicolons and a byte order mark', async () => {
    const { posts } = await found(
      ['text;yes;pond;12;1371023795950710785;2021-03-14 09:02:00;1371023293145935873;reed'],
      'post_id, handle, kind, parent_handle, root_id',
      '\uFEFFBody;Is_Retweet;Retweeted_user;author_ID;ID;timestamp;thread_id;author',
    );
    expect(posts).toEqual([
      {
        post_id: '1371023795950710785',
        handle: 'reed',
        kind: 'reshare',
        parent_handle: 'pond',
        root_id: '1371023293145935873',
      },
    ]);
  });
});
