import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { twarcCsv } from './twarc-csv.ts';

const header =
  'id,conversation_id,referenced_tweets.replied_to.id,referenced_tweets.retweeted.id,referenced_tweets.quoted.id,author_id,in_reply_to_username,retweeted_username,created_at,text,public_metrics.like_count,entities.hashtags,entities.mentions,entities.urls,attachments.media_keys,author.username,author.public_metrics.followers_count,author.verified,__twarc.retrieved_at,';
const quoted = (json: unknown) => `"${JSON.stringify(json).replaceAll('"', '""')}"`;
const original = [
  '1371023293145935873,1371023293145935873,,,,11,,,2021-03-14T09:00:00.000Z,Ducks &amp; geese https://t.co/a,7',
  quoted([{ start: 1, end: 5, tag: 'Pönd' }]),
  quoted([{ start: 1, end: 5, username: 'reed' }]),
  quoted([
    { url: 'https://t.co/a', expanded_url: 'https://bit.ly/a', unwound_url: 'https://example.org/a' },
    {
      url: 'https://t.co/b',
      expanded_url: 'https://twitter.com/pond/status/1371023293145935873/photo/1',
      media_key: '3_99',
    },
    { url: 'https://t.co/c', expanded_url: 'https://example.org/c' },
  ]),
  `${quoted(['3_99'])},pond,50,True,2021-03-15T00:00:00+00:00,`,
].join(',');
const file = (...rows: string[]) => sampleFile('tweets.csv', `${header}\n${rows.join('\n')}\n`);

describe('twarc-csv', () => {
  it('recognises tables of tweets and nothing else', async () => {
    expect(twarcCsv.sniff(await readFileHead(file(original)))).toBeGreaterThanOrEqual(0.9);
    expect(
      twarcCsv.sniff(
        await readFileHead(sampleFile('users.csv', 'id,username,public_metrics.followers_count\n1,pond,3\n')),
      ),
    ).toBe(0);
  });

  it.skipIf(sharedData('formats') !== null)(
    'SKIPPED the shared samples: ../shared/data is not on this machine',
    () => {},
  );

  it('reads entities from JSON: the longest form of a link, no link to own media', async () => {
    const { posts } = await postsOf(
      twarcCsv,
      file(original),
      `post_id, handle, text, time::varchar as time, reach, likes, urls, hashtags, mentions, collected_at::varchar as seen,
        (select list(value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media`,
    );
    expect(posts).toEqual([
      {
        post_id: '1371023293145935873',
        handle: 'pond',
        text: 'Ducks & geese https://t.co/a',
        time: '2021-03-14 09:00:00.123',
        reach: 50,
        likes: 7,
        urls: ['https://example.org/a', 'https://example.org/c'],
        hashtags: ['Pönd'],
        mentions: ['reed'],
        seen: '2021-03-15 00:00:00',
        media: ['x:99'],
      },
    ]);
  });

  it('reads entities from Python text and ids that pandas made floats as missing parents', async () => {
    const row = [
      '1371023795950710785,,,1.371023293145936e+18,,12,,pond,2021-03-14T09:02:00.000Z,Ducks,7',
      `"[{'start': 1, 'tag': 'Pond'}]",,"[{'url': 'https://t.co/a', 'expanded_url': 'https://example.org/a,b'}]",,reed,,,,`,
    ].join(',');
    const { posts } = await postsOf(twarcCsv, file(row), 'kind, parent_id, parent_handle, likes, urls, hashtags');
    expect(posts).toEqual([
      {
        kind: 'reshare',
        parent_id: null,
        parent_handle: 'pond',
        likes: null,
        urls: ['https://example.org/a,b'],
        hashtags: ['Pond'],
      },
    ]);
  });

  it('links a merged reshare, whose text has no "RT @user:", and says that counts were left out', async () => {
    const reshare =
      '1371023795950710785,1371023795950710785,,1371023293145935873,,12,,pond,2021-03-14T09:02:00.000Z,Ducks &amp; geese https://t.co/a,7,,,,,reed,,,,';
    const { posts, report } = await postsOf(twarcCsv, file(original, reshare), 'kind, parent_id, likes');
    expect(posts).toEqual([
      { kind: 'original', parent_id: null, likes: 7 },
      { kind: 'reshare', parent_id: '1371023293145935873', likes: null },
    ]);
    expect(report.sources[0]!.notes.join(' ')).toContain('--merge-retweets');
  });
});
