import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { importFiles } from '../../src/case/import-files.ts';
import type { ImportReport } from '../../src/case/import-report.ts';
import { canonicalUrl } from '../../src/domain/canonical-url.ts';
import { qanonChanPosts } from '../../src/importers/qanon-chan-posts.ts';
import { qanonNews } from '../../src/importers/qanon-news.ts';
import { qanonPosts } from '../../src/importers/qanon-posts.ts';
import { telegramLinks } from '../../src/importers/telegram-links.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';

const folder = sharedData('qanon');
const sites: Record<string, string> = { '4ch': '4chan', '8ch': '8chan', '8kun': '8kun' };

/** The table matches exact addresses; http and https are one page, which both sides shared earlier by its http address. */
const otherSpellings: Record<string, { platform: string; first: string; post_id: string }[]> = {
  'https://time.com/5324130/most-influential-internet/': [
    { platform: '8chan', first: '2018-06-28T16:10:15Z', post_id: 'qresearch/1940496' },
    { platform: 'telegram', first: '2021-02-17T20:22:58Z', post_id: 'colombia/203' },
  ],
};

/** Addresses of texts as the README of the data counts them, with their first times on both sides. */
const onBothSides = (telegramTime: string) => `
with board as (
  select unnest(regexp_extract_all(text, 'https?://[^\\s\\p{Z}<>")]+')) as url, time from post where platform <> 'telegram' and platform <> 'news' and not embedded
), telegram as (
  select unnest(urls) as url, ${telegramTime} as time from post where platform = 'telegram'
), first_on_board as (select url, min(time) as first from board group by url),
first_on_telegram as (select url, min(time) as first from telegram group by url)
select (select count(*) from first_on_board) as of_boards, (select count(*) from first_on_telegram) as of_telegram, count(*) as shared,
  count(*) filter (t.first < b.first) as telegram_first, min(epoch(t.first) - epoch(b.first)) as smallest_gap
from first_on_board as b join first_on_telegram as t using (url)`;

describe.skipIf(folder === null)('four sources of one story in one case', () => {
  let spilloverCase: Case;
  let remove: () => void;
  const reports: Record<string, ImportReport> = {};

  beforeAll(async () => {
    ({ spilloverCase, remove } = await importedCase([]));
    const chan = readdirSync(join(folder!, 'chan_posts')).sort();
    const plan = [
      ['posts', qanonPosts, ['posts.json.gz']],
      ['chan', qanonChanPosts, chan.map((file) => join('chan_posts', file))],
      ['news', qanonNews, ['news.json.gz']],
      ['telegram', telegramLinks, ['telegram_links.ndjson.gz']],
    ] as const;
    for (const [name, mapped, files] of plan) {
      const paths = files.map((file) => join(folder!, file));
      reports[name] = await importFiles(spilloverCase, paths, { mapped }, quietEffects);
    }
  }, 240_000);
  afterAll(() => remove?.());

  it('counts what the README counts', () => {
    expect(reports.posts!.totals).toMatchObject({ recordsRead: 4966, postsAdded: 4966, duplicates: 0, problems: 0 });
    expect(reports.chan!.sources).toHaveLength(8);
    expect(reports.chan!.totals).toMatchObject({ recordsRead: 827, postsAdded: 0, duplicates: 827, problems: 0 });
    expect(reports.news!.totals).toMatchObject({ recordsRead: 2039, postsAdded: 2025, duplicates: 0, problems: 14 });
    expect(reports.telegram!.totals).toMatchObject({
      recordsRead: 71_113,
      postsAdded: 71_113,
      duplicates: 0,
      problems: 0,
    });
  });

  it('puts all 289 common addresses on the board first, 344 s at the least', async () => {
    expect(await spilloverCase.database.first(onBothSides('time'))).toEqual({
      of_boards: 2470,
      of_telegram: 57_131,
      shared: 289,
      telegram_first: 0,
      smallest_gap: 344,
    });
    expect(await spilloverCase.database.first(onBothSides('time_local'))).toMatchObject({
      shared: 289,
      telegram_first: 25,
    });
  });

  it('finds the first times of the ten examples by the canonical address', async () => {
    const [head, ...rows] = readFileSync(join(folder!, 'cross_platform_examples.csv'), 'utf8').trim().split('\n');
    const names = head!.split(',');
    expect(rows).toHaveLength(10);
    for (const line of rows) {
      const row = Object.fromEntries(line.split(',').map((cell, index) => [names[index]!, cell]));
      const found = await spilloverCase.database.rows(
        `select post.platform, strftime(share.time, '%Y-%m-%dT%H:%M:%SZ') as first, post_id
         from share join artifact using (artifact_key) join post using (post_key)
         where artifact.kind = 'url' and value = $value and not embedded and post.platform <> 'news'
         qualify row_number() over (partition by post.platform = 'telegram' order by share.time, post_id) = 1 order by first`,
        { value: canonicalUrl(row.url!)!.url },
      );
      expect(found).toEqual(
        otherSpellings[row.url!] ?? [
          {
            platform: sites[row.chan_site!],
            first: row.chan_first_time_utc,
            post_id: `${row.chan_board!.slice(1)}/${row.chan_post_id}`,
          },
          {
            platform: 'telegram',
            first: row.telegram_first_time_utc,
            post_id: `${row.telegram_group}/${row.telegram_message_id}`,
          },
        ],
      );
    }
  });

  it('merges two spellings of one page, which exact matching keeps apart', async () => {
    for (const [url, firsts] of Object.entries(otherSpellings)) {
      for (const { platform, post_id } of firsts) {
        const post = await spilloverCase.database.first<{ urls: string[] }>(
          'select urls from post where platform = $platform and post_id = $post_id',
          { platform, post_id },
        );
        expect(post!.urls).toContain(url.replace('https://', 'http://'));
      }
    }
  });
});

describe('four sources of one story', () => {
  it.skipIf(folder !== null)('SKIPPED: ../shared/data/qanon is not on this machine', () => {});
});
