import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { coordinationz } from './coordinationz.ts';
import { readFileHead } from './file-head.ts';

const header =
  'tweet_id,user_id,tweet_type,text,created_at,linked_tweet,linked_tweet_user_id,urls,hashtags,mentioned_users,category';
const file = (...rows: string[]) => sampleFile('preprocessed.csv', `${header}\n${rows.join('\n')}\n`);

describe('coordinationz', () => {
  it('recognises its table', async () => {
    expect(coordinationz.sniff(await readFileHead(file()))).toBeGreaterThanOrEqual(0.9);
  });

  it('reads lists, escaped quotes and the linked tweet by the kind of the row', async () => {
    const { posts } = await postsOf(
      coordinationz,
      file(
        `1371023293145935873,aGFzaA==,tweet,"say \\"quack\\", ducks",2021-03-14 09:00:00,,,"['https://example.org/a,b']","['Pond']",[],control`,
        `1371023795950710785,12,retweet,RT @pond: quack,2021-03-14 09:02:00,1371023293145935873,11,[],[],[],io`,
        `1371024047604756481,13,quote,look,2021-03-14 09:03,1371023293145935873,11,,,,io`,
      ),
      'account_id, kind, parent_id, text, urls, hashtags',
    );
    expect(posts).toEqual([
      {
        account_id: 'aGFzaA==',
        kind: 'original',
        parent_id: null,
        text: 'say "quack", ducks',
        urls: ['https://example.org/a,b'],
        hashtags: ['Pond'],
      },
      {
        account_id: '12',
        kind: 'reshare',
        parent_id: '1371023293145935873',
        text: 'RT @pond: quack',
        urls: null,
        hashtags: null,
      },
      { account_id: '13', kind: 'quote', parent_id: '1371023293145935873', text: 'look', urls: null, hashtags: null },
    ]);
  });
});
