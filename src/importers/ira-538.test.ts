import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { ira538 } from './ira-538.ts';

const first =
  'external_author_id,author,content,region,language,publish_date,harvested_date,following,followers,updates,post_type,retweet';

describe('ira-538', () => {
  it('takes rounded ids from the address, gives the language its code, and finds the quoted post', async () => {
    const file = sampleFile(
      'tweets.csv',
      `${first},alt_external_id,tweet_id,article_url,tco1_step1,tco2_step1,tco3_step1
9E+17,POND,Agreed https://t.co/x,Unknown,Farsi (Persian),10/1/2017 20:06,10/1/2017 20:07,1,2,3,QUOTE_TWEET,1,990000000000000003,9.15E+17,http://twitter.com/990000000000000003/statuses/914582186361876481,https://twitter.com/reed/status/914580356433178625,,
9E+17,POND,Ducks,Unknown,English,10/1/2017 20:06,,1,2,3,,0,990000000000000003,9.15E+17,,,,
`,
    );
    const { posts, problems } = await postsOf(
      ira538,
      file,
      'post_id, account_id, handle, kind, parent_id, parent_handle, lang, reach, time_precision_ms',
    );
    expect(posts).toEqual([
      {
        post_id: '914582186361876481',
        account_id: '990000000000000003',
        handle: 'POND',
        kind: 'quote',
        parent_id: '914580356433178625',
        parent_handle: 'reed',
        lang: 'fa',
        reach: 2,
        time_precision_ms: 1,
      },
    ]);
    expect(problems).toMatchObject([{ reason: 'missing-id', detail: expect.stringContaining('9.15E+17') }]);
  });

  it('derives ids for the first release, which has none', async () => {
    const row = '906000000000000000,POND,Ducks,Unknown,English,3/5/2017 0:07,3/5/2017 0:07,1,2,3,RETWEET,1';
    const { posts, report } = await postsOf(
      ira538,
      sampleFile('tweets.csv', `${first}\n${row}\n${row}\n${row.replace('Ducks', 'Geese')}\n`),
      'post_id, account_id, kind, time::varchar as time, time_precision_ms, permalink',
    );
    expect(report.totals).toMatchObject({ recordsRead: 3, postsAdded: 2, duplicates: 1, problems: 0 });
    expect(posts[0]).toEqual({
      post_id: expect.stringMatching(/^derived:[0-9a-f]{32}$/),
      account_id: 'POND',
      kind: 'reshare',
      time: '2017-03-05 00:07:00',
      time_precision_ms: 60000,
      permalink: null,
    });
  });
});
