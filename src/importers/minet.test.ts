import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { minet } from './minet.ts';

const twitwi = sharedData('formats/twitwi');
const header =
  'id,timestamp_utc,local_time,user_screen_name,text,to_username,to_userid,to_tweetid,user_id,retweeted_id,retweeted_user,quoted_id,quoted_user,url,links,mentioned_names,hashtags,collection_time';

interface Source {
  url: string;
  timestamp_utc: string;
  links: string[];
  hashtags: string[];
  mentioned_names: string[];
  user_id: string;
  to_tweetid: string | null;
  retweeted_id: string | null;
  quoted_id: string | null;
}

describe('minet', () => {
  it.skipIf(!twitwi)('agrees with the same tweets in tweet-export.jsonl', async () => {
    const sources = readFileSync(`${twitwi}/tweet-export.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { _source: Source })._source);
    const { posts, report } = await postsOf(
      minet,
      `${twitwi}/tweet-export.csv`,
      'post_id, account_id, epoch(time)::bigint as second, parent_id, urls, hashtags, mentions',
    );
    expect(report.totals).toEqual({ recordsRead: 4, postsAdded: 4, duplicates: 0, problems: 0, embedded: 0 });
    expect(posts).toEqual(
      sources.map((source) => ({
        post_id: source.url.split('/').at(-1),
        account_id: source.user_id,
        second: Number(source.timestamp_utc),
        parent_id: source.retweeted_id ?? source.to_tweetid ?? source.quoted_id,
        urls: source.links.length > 0 ? source.links : null,
        hashtags: source.hashtags.length > 0 ? source.hashtags : null,
        mentions: source.mentioned_names.length > 0 ? source.mentioned_names : null,
      })),
    );
  });

  it('takes the last of repeated columns where those of a query file stand before', async () => {
    const row =
      '7,ducks,https://example.org/q,1347085867584794624,1610005273.0,,pond,Ducks,,,,11,,,,,https://twitter.com/pond/status/1347085867584794624,https://example.org/a|https://example.org/b,,pond|lake,';
    const { posts } = await postsOf(
      minet,
      sampleFile('tweets.csv', `id,query,url,${header}\n${row}\n`),
      'post_id, handle, text, urls, hashtags, time::varchar as time',
    );
    expect(posts).toEqual([
      {
        post_id: '1347085867584794624',
        handle: 'pond',
        text: 'Ducks',
        urls: ['https://example.org/a', 'https://example.org/b'],
        hashtags: ['pond', 'lake'],
        time: '2021-01-07 07:41:13.134',
      },
    ]);
  });

  it('takes the time from the id where the row has none, and invents no id for a query without a tweet', async () => {
    const { posts, problems } = await postsOf(
      minet,
      sampleFile(
        'tweets.csv',
        `id,query,${header}\n7,ducks,1347085867584794624,,2021-01-07T08:41:13,pond,RT @reed: Ducks,,,,11,,reed,,,,,,,\n8,geese,,,,,,,,,,,,,,,,,,\n`,
      ),
      'post_id, kind, parent_handle, time::varchar as time, warnings',
    );
    expect(posts).toEqual([
      {
        post_id: '1347085867584794624',
        kind: 'reshare',
        parent_handle: 'reed',
        time: '2021-01-07 07:41:13.134',
        warnings: ['time-from-id'],
      },
    ]);
    expect(problems).toMatchObject([{ reason: 'bad-time' }]);
  });
});
