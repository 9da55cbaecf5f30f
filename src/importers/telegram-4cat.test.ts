import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { readFileHead } from './file-head.ts';
import { telegram4cat } from './telegram-4cat.ts';

const header =
  'id,thread_id,chat,author,author_username,author_name,body,reply_to,views,timestamp,unix_timestamp,unix_timestamp_edited,author_forwarded_from_name,author_forwarded_from_username,entities_linked,link_attached,attachment_type,attachment_data';
const file = (...rows: string[]) => sampleFile('messages.csv', `${header}\n${rows.join('\n')}\n`);

describe('telegram-4cat', () => {
  it('recognises its table', async () => {
    expect(telegram4cat.sniff(await readFileHead(file()))).toBeGreaterThanOrEqual(0.9);
  });

  it('makes ids of chat and number, whether or not the id already has the chat', async () => {
    const { posts } = await postsOf(
      telegram4cat,
      file(
        'ponds-17,ponds,ponds,42,reed,Reed Warbler,Ducks #Pond @moss https://example.org/b,,1200,2021-03-14 10:00:00,1615712400,1615712460,,,"https://example.org/hidden,a,example.org/no",,photo,"{""id"": 5123456789, ""dc_id"": 2}"',
        '18,ponds,ponds,,,,same here,17,,2021-03-14 10:01:00,1615712460,,,,,,,',
        '19,ponds,ponds,42,reed,,Ducks,,,2021-03-14 10:02:00,1615712520,,Lake News,lakenews,,,,',
      ),
      `post_id, account_id, handle, kind, parent_id, parent_handle, urls, hashtags, mentions, views, time::varchar as time, edited_at::varchar as edited,
        (select list(value) from share join artifact using (artifact_key) where share.post_key = post.post_key and artifact.kind = 'media') as media`,
    );
    expect(posts).toMatchObject([
      {
        post_id: 'ponds/17',
        account_id: '42',
        handle: 'reed',
        kind: 'original',
        urls: ['https://example.org/hidden,a,example.org/no', 'https://example.org/b'],
        hashtags: ['Pond'],
        mentions: ['moss'],
        views: 1200,
        time: '2021-03-14 09:00:00',
        edited: '2021-03-14 09:01:00',
        media: ['telegram:5123456789'],
      },
      { post_id: 'ponds/18', handle: 'ponds', kind: 'reply', parent_id: 'ponds/17', views: null },
      { post_id: 'ponds/19', kind: 'reshare', parent_id: null, parent_handle: 'lakenews' },
    ]);
  });

  it('does not trust the clock of the 4CAT server without a zone', async () => {
    const row = '17,ponds,ponds,42,reed,,Ducks,,,2021-07-14 10:00:00,,,,,,,,';
    const columns = 'time::varchar as time, time_local::varchar as time_local, warnings';
    expect((await postsOf(telegram4cat, file(row), columns)).posts).toEqual([
      { time: null, time_local: '2021-07-14 10:00:00', warnings: ['zone-unknown'] },
    ]);
    expect((await postsOf(telegram4cat, file(row), columns, { zone: 'Europe/Amsterdam' })).posts).toMatchObject([
      { time: '2021-07-14 08:00:00', warnings: null },
    ]);
    expect(
      (await postsOf(telegram4cat, file(row.replace('2021-07-14 10:00:00', 'later')), columns)).problems,
    ).toMatchObject([{ reason: 'bad-time' }]);
  });
});
