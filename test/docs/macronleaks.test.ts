import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cappedRuns, longestFlatRun } from '../../src/base/capped-runs.ts';
import { earliestProbabilities } from '../../src/base/earliest-probability.ts';
import { poissonOnset } from '../../src/base/poisson-onset.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { listProblems } from '../../src/case/problems.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { snowflakeTimeMs } from '../../src/domain/snowflake.ts';
import { loadColumnMap } from '../../src/importers/column-map.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';

const data = fileURLToPath(new URL('../../docs/guide/data/', import.meta.url));
const files = {
  events: 'events.csv',
  domains: 'macronleaks_domains_5min_digitized.csv',
  hours: 'french_election_tweets_per_hour_digitized.csv',
};

function readTable(name: string): Record<string, string>[] {
  const [head, ...rows] = readFileSync(`${data}${name}`, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
      ),
    );
  return rows.map((row) => Object.fromEntries(head!.map((column, i) => [column, row[i]!])));
}

const events = readTable(files.events);
const domainRows = readTable(files.domains);
const hourRows = readTable(files.hours);
const bins = domainRows.map((row) => row['bin_utc_2017-05-05']!);
const series = (domain: string) => domainRows.map((row) => Number(row[domain]));
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

describe('the copies', () => {
  it('hold the stated numbers of rows', () => {
    expect([events.length, domainRows.length, hourRows.length]).toEqual([37, 43, 126]);
    expect(sum(hourRows.map((row) => Number(row.tweets_approx)))).toBe(7_458_400);
    for (const row of events) expect(Object.keys(row)).toHaveLength(8);
  });
  it.each(Object.values(files))('%s is as it was handed over', (name) => {
    const original = sharedData(`macronleaks/${name}`);
    if (original) expect(readFileSync(`${data}${name}`).equals(readFileSync(original))).toBe(true);
    const readme = readFileSync(`${data}README.md`, 'utf8');
    expect(readme).toContain(`\`${name}\``);
    expect(readme).toContain('76e98ddbba2eaf69e2f50791522027385daee997');
  });
});

describe('onset of the four domains', () => {
  const known = [
    {
      domain: 'boards.4chan.org',
      onset: '18:45',
      count: 15,
      baseline: 1.94,
      peak: ['18:50', 68],
      total: 535,
      median: '19:10',
    },
    {
      domain: 'pastebin.com',
      onset: '18:55',
      count: 11,
      baseline: 0,
      peak: ['19:05', 20],
      total: 249,
      median: '19:35',
    },
    {
      domain: 'disobedientmedia.com',
      onset: '18:55',
      count: 24,
      baseline: 4.5,
      peak: ['19:25', 94],
      total: 951,
      median: '19:35',
    },
    {
      domain: 'archive.is',
      onset: '19:30',
      count: 149,
      baseline: 0.17,
      peak: ['19:30', 149],
      total: 941,
      median: '19:50',
    },
  ];
  const baselineBins = bins.indexOf('18:25') + 1;

  it.each(known)('$domain at $onset', ({ domain, onset, count, baseline, peak, total, median }) => {
    const counts = series(domain);
    const found = poissonOnset(counts, { baselineBins })!;
    expect([bins[found.bin], found.count]).toEqual([onset, count]);
    expect(found.pValue).toBeLessThan(1e-6);
    expect(found.expected - 0.5).toBeCloseTo(baseline, 1);
    const highest = Math.max(...counts);
    expect([bins[counts.indexOf(highest)], highest]).toEqual(peak);
    expect(sum(counts)).toBe(total);
    const half = counts.findIndex((_, i) => 2 * sum(counts.slice(0, i + 1)) >= total);
    expect(bins[half]).toBe(median);
  });

  it('leaves pastebin.com and disobedientmedia.com a tie', () => {
    const [board, paste, outlet, archive] = known.map(
      ({ domain }) => poissonOnset(series(domain), { baselineBins })!.bin,
    );
    expect(paste).toBe(outlet);
    for (const chance of earliestProbabilities([paste!, outlet!], [paste! + 1, outlet! + 1]))
      expect(chance).toBeCloseTo(0.5, 9);
    const [first, , last] = earliestProbabilities([board!, paste!, archive!], [board! + 1, paste! + 1, archive! + 1]);
    expect(first).toBeCloseTo(1, 9);
    expect(last).toBe(0);
  });

  it('keeps the board first and archive.is last under fifteen versions of the rule', () => {
    const [board, paste, outlet, archive] = known.map(({ domain }) =>
      [0.5, 1, 2].flatMap((allowance) =>
        [1e-2, 1e-3, 1e-4, 1e-6, 1e-9].map(
          (threshold) => poissonOnset(series(domain), { baselineBins, allowance, threshold })!.bin,
        ),
      ),
    );
    expect(Math.max(...board!)).toBeLessThan(Math.min(...paste!, ...outlet!));
    expect(Math.max(...paste!, ...outlet!)).toBeLessThan(Math.min(...archive!));
    expect(new Set(archive!.map((bin) => bins[bin]))).toEqual(new Set(['19:30']));
  });

  it('agrees with the 15-minute figure of the same author within 2 tweets', () => {
    const all = domainRows.map((_, i) => sum(known.map(({ domain }) => series(domain)[i]!)));
    const from = bins.indexOf('18:30');
    const quarters = Array.from({ length: 9 }, (_, i) => sum(all.slice(from + 3 * i, from + 3 * i + 3)));
    expect(quarters).toEqual([14, 177, 238, 255, 641, 422, 322, 350, 138]);
    const figure = [13, 177, 238, 255, 640, 420, 321, 349, 137];
    expect(Math.max(...quarters.map((quarter, i) => Math.abs(quarter - figure[i]!)))).toBe(2);
  });
});

describe('the capped stream', () => {
  const counts = hourRows.map((row) => Number(row.tweets_approx));

  it('is four hours from 2017-05-07T18:00Z and nothing else', () => {
    const runs = cappedRuns(counts);
    expect(runs.map((run) => [hourRows[run.start]!.hour_utc, run.length, run.lowest, run.highest])).toEqual([
      ['2017-05-07T18:00:00', 4, 172_500, 172_800],
    ]);
    const { start, length, chance } = runs[0]!;
    expect(sum(counts.slice(start, start + length)) / length / 3600).toBeCloseTo(48, 1);
    expect(chance).toBeLessThan(0.01);
    expect(longestFlatRun(counts, { above: 20_000 })).toMatchObject({ start, length });
  });
  it('is not found where the counts are not flat', () => {
    expect(cappedRuns(counts.map((count, i) => Math.round(count * (1 + 0.02 * (i % 2)))))).toEqual([]);
  });
});

describe('ids that hold a time', () => {
  const statusId = (row: Record<string, string>) => /\/status\/(\d+)$/.exec(row.url_or_id!)?.[1];

  it('agree with the table to the millisecond', () => {
    const tweets = events.filter(statusId);
    expect(tweets.map((row) => new Date(snowflakeTimeMs(statusId(row)!)!).toISOString())).toEqual([
      '2017-05-05T18:49:30.104Z',
      '2017-05-05T19:31:05.084Z',
    ]);
    for (const row of tweets) {
      expect(row.precision).toBe('millisecond');
      expect(new Date(snowflakeTimeMs(statusId(row)!)!).toISOString()).toBe(row.time_utc);
    }
    const [first, second] = tweets.map((row) => snowflakeTimeMs(statusId(row)!)!);
    expect([first, second, second! - first!]).toEqual([1_494_010_170_104, 1_494_012_665_084, 2_494_980]);
  });
});

const minute = 60_000;
const spans: Record<string, [before: number, after: number]> = {
  millisecond: [0, 1],
  second: [0, 1000],
  minute: [0, minute],
  '1 to 2 minutes': [0, 2 * minute],
  '5 minutes': [0, 5 * minute],
  '15 minutes': [0, 15 * minute],
  'upper bound': [60 * minute, 0],
};

describe('order of events', () => {
  const event = (words: string) => {
    const row = events.find((one) => one.event!.startsWith(words) && one.certainty !== 'unverified')!;
    const [before, after] = spans[row.precision!]!;
    return { ...row, low: Date.parse(row.time_utc!) - before, high: Date.parse(row.time_utc!) + after };
  };
  const surelyBefore = (a: { low: number; high: number }, b: { low: number; high: number }) =>
    a.high <= b.low && earliestProbabilities([a.low, b.low], [a.high, b.high])[0]! > 1 - 1e-9;
  const chain = [
    { name: 'upload', words: 'Item Macron_201705 is added', precision: 'second', certainty: 'reported' },
    { name: 'paste', words: 'Paste with the links', precision: 'upper bound', certainty: 'reported' },
    { name: 'board', words: 'Post on /pol/', precision: '1 to 2 minutes', certainty: 'confirmed' },
    { name: 'catalyst', words: 'Tweet that points to', precision: 'millisecond', certainty: 'confirmed' },
    { name: 'WikiLeaks', words: 'Tweet that links to the leak', precision: 'millisecond', certainty: 'derived' },
    { name: 'statement', words: 'Statement that', precision: 'upper bound', certainty: 'reported' },
    { name: 'silence', words: 'Campaign silence begins', precision: 'minute', certainty: 'confirmed' },
  ];

  it('is upload, paste, board, catalyst, WikiLeaks, statement, silence, whatever the precision', () => {
    for (let i = 0; i + 1 < chain.length; i++) {
      expect(surelyBefore(event(chain[i]!.words), event(chain[i + 1]!.words)), chain[i]!.name).toBe(true);
    }
  });
  it.each(chain)('$name: $precision, $certainty', ({ words, precision, certainty }) => {
    expect(event(words)).toMatchObject({ precision, certainty });
  });
  it('puts neither the two onsets nor a bin and the tweet in it in order', () => {
    const paste = event('First significant bin of tweets linking to pastebin.com');
    const outlet = event('First significant bin of tweets linking to disobedientmedia.com');
    const board = event('First significant bin of tweets linking to boards.4chan.org');
    const tweet = event('Tweet that points to');
    for (const [a, b] of [
      [paste, outlet],
      [board, tweet],
    ] as const) {
      expect([surelyBefore(a, b), surelyBefore(b, a)]).toEqual([false, false]);
    }
  });
  it('knows no time of the announcement and of the most reshared account', () => {
    const timeless = events.filter((row) => row.time_utc === '');
    expect(timeless.map((row) => row.account)).toEqual(['Disobedient Media', 'BasedMonitored']);
    for (const row of timeless) expect(row.precision).toMatch(/^unknown/);
  });
});

describe('the events as a case', () => {
  it('keeps every row and calls the first the earliest in this collection', { timeout: 60_000 }, async () => {
    const file = `${data}${files.events}`;
    const mapped = await loadColumnMap(`${data}events-map.json`, file);
    const { spilloverCase, report, remove } = await importedCase([file], { mapped });
    try {
      expect(report.totals).toEqual({ recordsRead: 37, postsAdded: 35, duplicates: 0, problems: 2, embedded: 0 });
      const { problems } = await listProblems(spilloverCase, { limit: 10 });
      expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
        [8, 'missing-time'],
        [18, 'missing-time'],
      ]);
      const story = await addStory(spilloverCase, {
        name: 'record',
        query: '(platform:archive.org OR platform:pastebin OR platform:4chan OR platform:x) NOT bin NOT unverified',
        from: '2017-05-05',
        to: '2017-05-06',
      });
      expect(story.posts).toBe(11);
      const result = await trace(spilloverCase, 'record', {}, quietEffects);
      expect(result.origin.statement.toLowerCase()).toContain('earliest in this collection');
      expect(result.stages.map((stage) => [stage.id, stage.platform, stage.time.slice(11, 23)]).slice(0, 4)).toEqual([
        ['first-seen', 'archive.org', '11:17:39.000'],
        ['crossing', 'pastebin', '18:00:00.000'],
        ['crossing', '4chan', '18:35:00.000'],
        ['crossing', 'x', '18:49:30.104'],
      ]);
      expect(result.roles.filter((role) => role.significant && role.role !== 'origin')).toEqual([]);
    } finally {
      remove();
    }
  });
});
