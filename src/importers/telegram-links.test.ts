import { describe, expect, it } from 'vitest';
import { caseOf, postsOf, sampleFile } from '../../test/support/importer-checks.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { readFileHead } from './file-head.ts';
import { telegramLinks } from './telegram-links.ts';

const real = sharedData('qanon/telegram_links.ndjson.gz');
const lines = [
  {
    group: 'quay',
    message_id: 1,
    time_local: '2020-07-01T10:00:00',
    sender: 'aa',
    urls: ['https://example.org/a', 'https://example.org/b'],
  },
  {
    group: 'quay',
    message_id: 2,
    time_local: '2020-12-01T10:00:00',
    sender: 'aa',
    forwarded_from: 'bb',
    urls: ['https://example.org/a'],
  },
  { group: 'quay', message_id: 3, time_local: '2020-11-01T01:30:00', sender: 'bb', urls: [] },
  { group: 'quay', message_id: 4, sender: 'bb', urls: [] },
];
const text = lines.map((line) => JSON.stringify(line)).join('\n');
const columns = 'post_id, account_id, time::varchar as time, time_precision_ms, kind, parent_handle, urls, warnings';

describe('telegram-links', () => {
  it('takes New York for the zone, and another one if the user says so', async () => {
    const file = sampleFile('links.ndjson', text);
    expect(telegramLinks.sniff(await readFileHead(file))).toBeGreaterThanOrEqual(0.9);
    const { posts, problems } = await postsOf(telegramLinks, file, columns);
    expect(posts).toEqual([
      {
        post_id: 'quay/1',
        account_id: 'aa',
        time: '2020-07-01 14:00:00',
        time_precision_ms: 1000,
        kind: 'original',
        parent_handle: null,
        urls: ['https://example.org/a', 'https://example.org/b'],
        warnings: null,
      },
      {
        post_id: 'quay/2',
        account_id: 'aa',
        time: '2020-12-01 15:00:00',
        time_precision_ms: 1000,
        kind: 'reshare',
        parent_handle: 'bb',
        urls: ['https://example.org/a'],
        warnings: null,
      },
      {
        post_id: 'quay/3',
        account_id: 'bb',
        time: '2020-11-01 05:30:00',
        time_precision_ms: 3_600_000,
        kind: 'original',
        parent_handle: null,
        urls: null,
        warnings: ['time-ambiguous'],
      },
    ]);
    expect(problems.map((problem) => problem.reason)).toEqual(['missing-time']);
    const utc = await postsOf(telegramLinks, sampleFile('links.ndjson', text), columns, { zone: 'UTC' });
    expect(utc.posts[0]).toMatchObject({ time: '2020-07-01 10:00:00' });
  });

  it.skipIf(!real)('reads the 71,113 real messages of 2,892 senders, 38,350 of them forwarded', async () => {
    const { spilloverCase, reports } = await caseOf([[real!, telegramLinks]]);
    expect(reports[0]!.totals).toEqual({
      recordsRead: 71_113,
      postsAdded: 71_113,
      duplicates: 0,
      problems: 0,
      embedded: 0,
    });
    expect(
      await spilloverCase.database.first(
        `select count(distinct account_key) as senders, count(*) filter (kind = 'reshare') as forwarded, count(distinct parent_handle) as sources,
           (select count(distinct u) from (select unnest(urls) as u from post)) as links from post`,
      ),
    ).toEqual({ senders: 2892, forwarded: 38_350, sources: 3901, links: 57_131 });
  });
});
