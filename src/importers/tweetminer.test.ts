import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { tweetminer } from './tweetminer.ts';

const header =
  'id_str,user_id_str,in_reply_to_status_id_str,created_at,user_name,user_screen_name,user_followers_count,text,entities_hashtags,entities_urls,entities_user_mentions,retweeted_status_id';

describe('tweetminer', () => {
  it('reads Python entities with apostrophes, escapes and missing expansions', async () => {
    const row = [
      `860071503641702401,11,,2017-05-04 10:00:00,Pond,pond,120,Ducks at O'Hara`,
      `"[{'text': 'P\\xf6nd', 'indices': [0, 5]}]"`,
      `"[{'url': 'https://t.co/a', 'expanded_url': None}, {'url': 'https://t.co/b', 'expanded_url': ""https://example.org/it's""}]"`,
      `"[{'screen_name': 'ohara', 'name': ""O'Hara"", 'id': 3}]",`,
    ].join(',');
    const { posts, report } = await postsOf(
      tweetminer,
      sampleFile('stream.csv', `${header}\n${row}\n`),
      'text, urls, hashtags, mentions, reach, time::varchar as time',
    );
    expect(posts).toEqual([
      {
        text: "Ducks at O'Hara",
        urls: ['https://t.co/a', "https://example.org/it's"],
        hashtags: ['Pönd'],
        mentions: ['ohara'],
        reach: 120,
        time: '2017-05-04 10:00:00.48',
      },
    ]);
    expect(report.sources[0]!.notes.join(' ')).toContain('under-counted');
  });
});
