import { describe, expect, it } from 'vitest';
import { postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { fourchan4cat } from './4chan-4cat.ts';

const header = 'thread_id,id,timestamp,board,body,subject,author,image_md5,timestamp_deleted,unix_timestamp';
const found = (rows: string[], columns: string, options = {}) =>
  postsOf(fourchan4cat, sampleFile('export.csv', `${header}\n${rows.join('\n')}\n`), columns, options);

describe('4chan-4cat', () => {
  it('joins subject and body, reads quote links, and knows no account', async () => {
    const { posts } = await found(
      [
        '100,100,2017-11-04 21:15:07,pond,who fed the ducks?,Ducks,Anonymous,,,1509830107',
        '100,103,,pond,">>100\n>>101\n>>>/lake/7 see there",,Anonymous,,0,1509830200',
      ],
      'post_id, kind, parent_id, root_id, text, account_id, other_parents, deleted_at, permalink',
    );
    expect(posts).toMatchObject([
      {
        post_id: 'pond/100',
        kind: 'original',
        parent_id: null,
        root_id: 'pond/100',
        text: 'Ducks\nwho fed the ducks?',
        account_id: null,
        permalink: 'https://boards.4chan.org/pond/thread/100#p100',
      },
      {
        post_id: 'pond/103',
        kind: 'reply',
        parent_id: 'pond/100',
        other_parents: [{ kind: 'reply', id: 'pond/101' }],
        deleted_at: null,
      },
    ]);
  });

  it('takes platform and board from the user where the file has none, and marks up left in old exports', async () => {
    const { posts } = await found(
      ['100,101,2017-11-04 21:16:00,,a&amp;b<br>c,,,,,'],
      'post.platform, post_id, text, time::varchar as time',
      { platform: '8kun', board: 'lake' },
    );
    expect(posts).toEqual([{ platform: '8kun', post_id: 'lake/101', text: 'a&b\nc', time: '2017-11-04 21:16:00' }]);
  });
});
