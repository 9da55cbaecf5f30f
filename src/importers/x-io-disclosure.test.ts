import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { xIoDisclosure } from './x-io-disclosure.ts';

const header =
  'tweetid,userid,user_display_name,user_screen_name,follower_count,tweet_text,tweet_time,in_reply_to_tweetid,is_retweet,retweet_tweetid,like_count,hashtags,urls';
const found = (rows: string[], columns: string) =>
  postsOf(xIoDisclosure, sampleFile('tweets.csv', `${header}\n${rows.join('\n')}\n`), columns);

describe('x-io-disclosure', () => {
  it('keeps a hash as account without handle, and reads lists with and without quotes', async () => {
    const { posts } = await found(
      [
        `898925911296962561,aGFzaA==,aGFzaA==,aGFzaA==,3,Ducks,2017-08-19 15:13,absent,False,,2.0,"[Pond, Ducks]","[https://example.org/a,b, https://example.org/c]"`,
        `898926015554777089,42,Pond,pond,3,Ducks,2017-08-19 15:13,,False,,absent,"['Pond']","['https://example.org/a,b']"`,
      ],
      'account_id, handle, name, time::varchar as time, time_precision_ms, likes, hashtags, urls',
    );
    expect(posts).toEqual([
      {
        account_id: 'aGFzaA==',
        handle: null,
        name: null,
        time: '2017-08-19 15:13:33.145',
        time_precision_ms: 1,
        likes: 2,
        hashtags: ['Pond', 'Ducks'],
        urls: ['https://example.org/a,b', 'https://example.org/c'],
      },
      {
        account_id: '42',
        handle: 'pond',
        name: 'Pond',
        time: '2017-08-19 15:13:58.002',
        time_precision_ms: 1,
        likes: null,
        hashtags: ['Pond'],
        urls: ['https://example.org/a,b'],
      },
    ]);
  });

  it('drops rounded ids of parents and accounts instead of inventing them', async () => {
    const { posts } = await found(
      ['898927535981588481,9.1E+17,Reed,reed,3,RT @pond: Ducks,2017-08-19 15:20,,True,8.98926E+17,,,'],
      'account_id, handle, kind, parent_id, parent_handle',
    );
    expect(posts).toEqual([
      { account_id: 'reed', handle: 'reed', kind: 'reshare', parent_id: null, parent_handle: 'pond' },
    ]);
  });
});
