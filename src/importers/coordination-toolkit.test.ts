import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { coordinationToolkit } from './coordination-toolkit.ts';

const fixtures = sharedData('formats/coordination_network_toolkit');
const header = 'message_id,user_id,username,repost_id,reply_id,message,timestamp,urls';

describe('coordination-toolkit', () => {
  it.skipIf(!fixtures)(
    "reads the toolkit's own files: relative times, no empty address that all posts share",
    async () => {
      const relative = await caseOf([[`${fixtures}/coretweet_test_input.csv`, coordinationToolkit]]);
      expect(relative.reports[0]!.totals).toMatchObject({
        recordsRead: 15,
        postsAdded: 15,
        duplicates: 0,
        problems: 0,
      });
      expect(
        await relative.spilloverCase.database.first(`
        select count(*) as posts, max(epoch(time))::integer as latest, count(distinct parent_id) as objects, count(urls) as linking
        from post where list_contains(warnings, 'relative-time')`),
      ).toEqual({ posts: 15, latest: 300, objects: 7, linking: 0 });

      const sample = await caseOf([[`${fixtures}/sample_data.csv`, coordinationToolkit]]);
      expect(sample.reports[0]!.totals).toMatchObject({
        recordsRead: 100,
        postsAdded: 100,
        duplicates: 0,
        problems: 0,
      });
      expect(
        await sample.spilloverCase.database.rows(`select value from artifact where kind = 'url' order by value`),
      ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ value: `https://example.com/${n}` })));
    },
  );

  it('reads addresses as text and as Python lists', async () => {
    const rows = [
      'm1,u1,pond,,,Ducks #Pond,1615712400.25,https://example.org/a,b https://example.org/c',
      `m2,u2,reed,m1,,again,1615712401,"['https://example.org/a,b']"`,
      'm3,u3,,,m1,,1615712402,[]',
    ].map((row) => row.replace('https://example.org/a,b h', '"https://example.org/a,b h').replace(/c$/, 'c"'));
    const { posts } = await postsOf(
      coordinationToolkit,
      sampleFile('messages.csv', `${header}\n${rows.join('\n')}\n`),
      'post_id, kind, parent_id, urls, hashtags, time::varchar as time, time_precision_ms',
    );
    expect(posts).toEqual([
      {
        post_id: 'm1',
        kind: 'original',
        parent_id: null,
        urls: ['https://example.org/a,b', 'https://example.org/c'],
        hashtags: ['Pond'],
        time: '2021-03-14 09:00:00.25',
        time_precision_ms: 1,
      },
      {
        post_id: 'm2',
        kind: 'reshare',
        parent_id: 'm1',
        urls: ['https://example.org/a,b'],
        hashtags: null,
        time: '2021-03-14 09:00:01',
        time_precision_ms: 1000,
      },
      {
        post_id: 'm3',
        kind: 'reply',
        parent_id: 'm1',
        urls: null,
        hashtags: null,
        time: '2021-03-14 09:00:02',
        time_precision_ms: 1000,
      },
    ]);
  });

  it('goes by the order of the columns where their names differ; the header is then listed as a problem', async () => {
    const file = sampleFile('other.csv', 'mid,uid,who,rp,re,body,at,links,more\nm1,u1,pond,m0,,Ducks,1615712400,,x\n');
    const { posts, problems } = await postsOf(
      coordinationToolkit,
      file,
      'post_id, account_id, handle, kind, parent_id, text',
    );
    expect(posts).toEqual([
      { post_id: 'm1', account_id: 'u1', handle: 'pond', kind: 'reshare', parent_id: 'm0', text: 'Ducks' },
    ]);
    expect(problems).toEqual([{ reason: 'bad-time', detail: 'timestamp is not a number of seconds' }]);
  });
});
