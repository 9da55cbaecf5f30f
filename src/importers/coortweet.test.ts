import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { coortweet } from './coortweet.ts';

const russian = sharedData('coortweet/russian_coord_tweets.csv.gz');

describe('coortweet', () => {
  it.skipIf(!russian)('counts the published table: 35,125 rows, 35,085 posts, 40 repeats, 35,124 shares', async () => {
    const { spilloverCase, reports } = await caseOf([[russian!, coortweet]], { platform: 'x' });
    expect(reports[0]!.totals).toEqual({
      recordsRead: 35125,
      postsAdded: 35085,
      duplicates: 40,
      problems: 0,
      embedded: 0,
    });
    expect(
      await spilloverCase.database.first(`
        select count(*) as shares, count(distinct account_key) as accounts, count(distinct artifact_key) as objects
        from share join artifact using (artifact_key) where kind = 'object'`),
    ).toEqual({ shares: 35124, accounts: 9509, objects: 7285 });
    expect(await spilloverCase.database.first('select count(*) as shares from share')).toEqual({ shares: 35124 });
  });

  it('makes every object an artifact, links and hashtags also of their own kind', async () => {
    const file = sampleFile(
      'shares.csv',
      `object_id,account_id,content_id,timestamp_share
https://example.org/pond,a1,c1,1615712400
#Pond,a1,c1,1615712400
0a1b2c,a2,c2,1615712401.5
`,
    );
    const { spilloverCase, reports } = await caseOf([[file, coortweet]]);
    expect(reports[0]!.totals).toMatchObject({ recordsRead: 3, postsAdded: 2, duplicates: 1 });
    const shares = await spilloverCase.database.rows<{ post: string; share: string }>(`
      select platform || '/' || post_id as post, artifact.kind || ' ' || value as share
      from share join artifact using (artifact_key) join post using (post_key) order by all`);
    expect(shares.filter(({ share }) => !share.startsWith('domain'))).toEqual([
      { post: 'unknown/c1', share: 'hashtag pond' },
      { post: 'unknown/c1', share: 'object #Pond' },
      { post: 'unknown/c1', share: 'object https://example.org/pond' },
      { post: 'unknown/c1', share: 'url https://example.org/pond' },
      { post: 'unknown/c2', share: 'object 0a1b2c' },
    ]);
  });

  it('says what a row lacks', async () => {
    const rows = ['x,a,,1615712400', 'NA,a,c1,1615712400', 'x,,c2,1615712400', 'x,a,c3,soon'];
    const file = sampleFile('shares.csv', `object_id,account_id,content_id,timestamp_share\n${rows.join('\n')}\n`);
    const { problems } = await postsOf(coortweet, file, 'post_id');
    expect(problems.map(({ reason }) => reason)).toEqual([
      'missing-id',
      'missing-object',
      'missing-account',
      'bad-time',
    ]);
  });
});
