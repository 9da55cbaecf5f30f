import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { telegramJson } from './telegram-json.ts';

const chat = (id: number, messages: object[]) => ({ name: `Chat ${id}`, type: 'public_channel', id, messages });
const local = {
  id: 5,
  type: 'message',
  date: '2020-10-25T01:30:00',
  from: 'Tide',
  from_id: 'channel77',
  text: 'local',
};

describe('telegram-json', () => {
  it('reads parts, forwards, replies to other chats and plain texts', async () => {
    const messages = [
      {
        id: 1,
        type: 'message',
        date: '2020-10-25T01:30:00',
        date_unixtime: '1603585800',
        from: 'Tide',
        from_id: 'channel77',
        forwarded_from: 'Quay news',
        reply_to_message_id: 9,
        text: [
          { type: 'bold', text: 'Now' },
          ': ',
          { type: 'text_link', text: 'map', href: 'https://example.org/map' },
          { type: 'link', text: 'example.com' },
          ' https://example.net/a, ',
          { type: 'hashtag', text: '#Quay' },
        ],
      },
      {
        id: 2,
        type: 'message',
        date: '2020-10-25T01:30:00',
        date_unixtime: '1603585801',
        from: 'Tide',
        from_id: 'channel77',
        reply_to_message_id: 9,
        reply_to_peer_id: 'channel88',
        text: 'to @gull_one about #tide',
      },
      {
        id: 3,
        type: 'service',
        date: '2020-10-25T01:30:00',
        date_unixtime: '1603585802',
        action: 'pin_message',
        text: '',
      },
    ];
    const { posts, problems } = await postsOf(
      telegramJson,
      sampleFile('result.json', JSON.stringify(chat(77, messages), null, 1)),
      'post_id, account_id, kind, parent_id, parent_handle, other_parents, text, urls, hashtags, mentions, permalink',
    );
    expect(posts).toEqual([
      {
        post_id: '77/1',
        account_id: 'channel77',
        kind: 'reshare',
        parent_id: null,
        parent_handle: 'Quay news',
        other_parents: [{ kind: 'reply', id: '77/9' }],
        text: 'Now: mapexample.com https://example.net/a, #Quay',
        urls: ['https://example.org/map', 'https://example.net/a'],
        hashtags: ['Quay'],
        mentions: null,
        permalink: 'https://t.me/c/77/1',
      },
      {
        post_id: '77/2',
        account_id: 'channel77',
        kind: 'reply',
        parent_id: '88/9',
        parent_handle: null,
        other_parents: null,
        text: 'to @gull_one about #tide',
        urls: null,
        hashtags: ['tide'],
        mentions: ['gull_one'],
        permalink: 'https://t.me/c/77/2',
      },
    ]);
    expect(problems).toEqual([{ reason: 'not-a-post', detail: 'service entry pin_message' }]);
  });

  it('needs a zone for a clock without one, and widens the hour that comes twice', async () => {
    const text = JSON.stringify(
      { chats: { list: [chat(77, [local])] }, left_chats: { list: [chat(78, [local])] } },
      null,
      1,
    );
    const columns = 'post_id, time::varchar as time, time_local::varchar as time_local, time_precision_ms, warnings';
    const without = await postsOf(telegramJson, sampleFile('result.json', text), columns);
    expect(without.posts).toEqual(
      ['77/5', '78/5'].map((post_id) => ({
        post_id,
        time: null,
        time_local: '2020-10-25 01:30:00',
        time_precision_ms: 1000,
        warnings: ['zone-unknown'],
      })),
    );
    const within = await postsOf(telegramJson, sampleFile('result.json', text), columns, { zone: 'Europe/London' });
    expect(within.posts[0]).toMatchObject({
      time: '2020-10-25 00:30:00',
      time_precision_ms: 3_600_000,
      warnings: ['time-ambiguous'],
    });
    const clear = await postsOf(telegramJson, sampleFile('result.json', text), columns, { zone: 'America/New_York' });
    expect(clear.posts[0]).toMatchObject({ time: '2020-10-25 05:30:00', time_precision_ms: 1000, warnings: null });
  });
});
