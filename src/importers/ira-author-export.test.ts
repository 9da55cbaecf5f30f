import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { iraAuthorExport } from './ira-author-export.ts';

const ira = sharedData('ira/french_election_2017.csv.gz');
const header =
  'author_id,content,region,language,publish_date,harvested_date,following,followers,updates,post_type,retweet';

describe('ira-author-export', () => {
  it.skipIf(!ira)('recognises the shared file', async () => {
    expect(iraAuthorExport.sniff(await readFileHead(ira!))).toBeGreaterThanOrEqual(0.9);
  });

  it.skipIf(!ira)('reads all 63,167 rows: 20 exact repeats, 425 accounts, the known counts of posts', async () => {
    const { spilloverCase, reports } = await caseOf([[ira!, iraAuthorExport]]);
    expect(reports[0]!.totals).toEqual({
      recordsRead: 63167,
      postsAdded: 63147,
      duplicates: 20,
      problems: 0,
      embedded: 0,
    });
    const { database } = spilloverCase;
    expect(
      await database.first(`
      select count(distinct account_key) as accounts, min(time)::varchar as first, max(time)::varchar as last,
        count(*) filter (parent_id is not null or parent_handle is not null) as parents, min(time_precision_ms) as finest,
        min(time) filter (lower(text) like '%macronleaks%')::varchar as leaks,
        count(*) filter (lang is null) as without_language
      from post`),
    ).toEqual({
      accounts: 425,
      first: '2017-04-20 00:00:00',
      last: '2017-05-09 23:59:00',
      parents: 0,
      finest: 60000,
      leaks: '2017-05-05 21:13:00',
      without_language: 0,
    });
    expect(await database.rows('select kind, count(*) as posts from post group by kind order by kind')).toEqual([
      { kind: 'original', posts: 33878 },
      { kind: 'quote', posts: 78 },
      { kind: 'reshare', posts: 29191 },
    ]);
  });

  it('derives ids from all cells: equal rows are repeats, another count of updates is another post', async () => {
    const row =
      'pond,RT @reed: Ducks #Pond https://t.co/a,Unknown,English,2017-04-20 00:02:00,2017-04-20 00:02:00,1,2,3,R,1';
    const { posts, report } = await postsOf(
      iraAuthorExport,
      sampleFile(
        'tweets.csv',
        `${header}\n${row}\n${row}\n${row.replace(',3,R', ',4,R')}\n,x,,,2017-04-20 00:02:00,,,,,,0\n`,
      ),
      'handle, kind, parent_id, parent_handle, urls, hashtags, lang, reach',
    );
    expect(report.totals).toMatchObject({ recordsRead: 4, postsAdded: 2, duplicates: 1, problems: 1 });
    expect(posts[0]).toEqual({
      handle: 'pond',
      kind: 'reshare',
      parent_id: null,
      parent_handle: null,
      urls: ['https://t.co/a'],
      hashtags: ['Pond'],
      lang: 'en',
      reach: 2,
    });
  });
});
