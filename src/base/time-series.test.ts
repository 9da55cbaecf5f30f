import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { cappedRuns, longestFlatRun } from './capped-runs.ts';
import { poissonOnset } from './poisson-onset.ts';
import { Random } from './random.ts';
import { BIN_WIDTHS_MS, binStart, chooseBinWidth, countByBin, countWithin } from './time-bins.ts';

const domainsFile = sharedData('macronleaks/macronleaks_domains_5min_digitized.csv');
const hoursFile = sharedData('macronleaks/french_election_tweets_per_hour_digitized.csv');

function readColumns(path: string): Record<string, string[]> {
  const [head, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return Object.fromEntries(head!.map((name, i) => [name, rows.map((row) => row[i]!)]));
}

describe('poissonOnset', () => {
  it('takes the first bin that the baseline cannot explain', () => {
    const board = [2, 0, 2, 0, 5, 2, 2, 3, 1, 1, 3, 0, 2, 2, 3, 2, 2, 3, 1, 1, 3, 15, 68, 50];
    const onset = poissonOnset(board, { baselineBins: 18 })!;
    expect(onset.bin).toBe(21);
    expect(onset.count).toBe(15);
    expect(onset.expected).toBeCloseTo(2.444444444, 8);
    expect(onset.pValue / 5.2e-8).toBeCloseTo(1, 2);
  });
  it('works with a silent baseline, another threshold, and says null where nothing happens', () => {
    expect(poissonOnset([0, 0, 1, 11, 19], { baselineBins: 2 })!.bin).toBe(3);
    expect(poissonOnset([0, 0, 1, 5, 19], { baselineBins: 2, threshold: 1e-3 })!.bin).toBe(3);
    expect(poissonOnset([0, 0, 1, 5, 19], { baselineBins: 2, threshold: 1e-9 })!.bin).toBe(4);
    expect(poissonOnset([4, 5, 6, 5], { baselineBins: 2 })).toBeNull();
    expect(() => poissonOnset([1, 2], { baselineBins: 3 })).toThrow(RangeError);
  });
  it.skipIf(!domainsFile)('finds the four onsets of #MacronLeaks', () => {
    const columns = readColumns(domainsFile!);
    const bins = columns['bin_utc_2017-05-05']!;
    const known = [
      ['boards.4chan.org', '18:45', 15, 5.2e-8],
      ['pastebin.com', '18:55', 11, 7.74e-12],
      ['disobedientmedia.com', '18:55', 24, 8.07e-10],
      ['archive.is', '19:30', 149, 7.83e-288],
    ] as const;
    for (const [domain, bin, count, p] of known) {
      const onset = poissonOnset(columns[domain]!.map(Number), { baselineBins: bins.indexOf('18:25') + 1 })!;
      expect([bins[onset.bin], onset.count]).toEqual([bin, count]);
      expect(Math.abs(onset.pValue / p - 1)).toBeLessThan(0.01);
    }
  });
});

describe('flat tops', () => {
  const top = [96_200, 139_900, 172_800, 172_700, 172_700, 172_500, 169_000, 149_400, 114_900];

  it('finds the longest run within one per cent', () => {
    expect(longestFlatRun(top, { above: 20_000 })).toMatchObject({
      start: 2,
      length: 4,
      lowest: 172_500,
      highest: 172_800,
    });
    expect(longestFlatRun(top, { above: 200_000 })).toBeNull();
    expect(longestFlatRun([30, 30, 10, 30, 30], { above: 20 })).toMatchObject({ start: 0, length: 2 });
  });
  it('is far less dispersed than a Poisson stream where a cap holds', () => {
    expect(longestFlatRun(top, { above: 20_000 })!.dispersion).toBeLessThan(0.2);
  });
  it('finds every capped run, also where a cap holds for half of the series', () => {
    const random = new Random(6);
    const series = Array.from({ length: 120 }, () => Math.round(20_000 * (1 + random.uniform())));
    for (let i = 20; i < 80; i++) series[i] = 48_000 + random.int(40);
    for (let i = 100; i < 103; i++) series[i] = 48_000 + random.int(40);
    const runs = cappedRuns(series);
    expect(runs.map((run) => [run.start, run.length])).toEqual([
      [20, 60],
      [100, 3],
    ]);
    expect(runs[1]!.chance).toBeGreaterThan(runs[0]!.chance);
  });
  it('does not take the tops of ordinary days, low counts or silence for a cap', () => {
    let flagged = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = new Random(seed);
      const days = Array.from({ length: 240 }, (_, i) => random.poisson(5000 + 4000 * Math.sin(i / 9)));
      if (cappedRuns(days).length > 0) flagged++;
      expect(cappedRuns(days.map((count) => Math.min(count, 8000))).length).toBeGreaterThan(0);
    }
    expect(flagged).toBeLessThanOrEqual(10);
    const steady = new Random(1);
    expect(cappedRuns(Array.from({ length: 100 }, () => steady.poisson(1e6)))).toEqual([]);
    expect(cappedRuns(Array(100).fill(48_000))).toHaveLength(1);
    expect(cappedRuns(Array(50).fill(0))).toEqual([]);
    expect(cappedRuns([9, 9, 9, 9, 1, 2])).toEqual([]);
    expect(cappedRuns([])).toEqual([]);
  });
  it('agrees with trying every window', () => {
    const random = new Random(2);
    for (let round = 0; round < 200; round++) {
      const counts = Array.from({ length: 40 }, () => 1000 + random.int(25));
      let best = [0, 0];
      for (let i = 0; i < 40; i++) {
        for (let j = i; j < 40; j++) {
          const part = counts.slice(i, j + 1);
          if (Math.max(...part) / Math.min(...part) < 1.01 && part.length > best[1]!) best = [i, part.length];
        }
      }
      const found = longestFlatRun(counts, { above: 0 })!;
      expect([found.start, found.length]).toEqual(best);
    }
  });
  it.skipIf(!hoursFile)('flags exactly the capped hours of 7 May 2017', () => {
    const columns = readColumns(hoursFile!);
    const counts = columns.tweets_approx!.map(Number);
    const rule = longestFlatRun(counts, { above: 20_000 })!;
    expect([columns.hour_utc![rule.start], rule.length]).toEqual(['2017-05-07T18:00:00', 4]);
    const [capped, ...others] = cappedRuns(counts);
    expect(capped).toMatchObject(rule);
    expect(others).toEqual([]);
    expect(rule.highest / 3600).toBeCloseTo(48, 3);
  });
});

describe('time bins', () => {
  const hour = 3_600_000;

  it('counts in half-open bins from the epoch, in any order', () => {
    const noon = Date.UTC(2017, 4, 5, 12);
    const bins = countByBin(Float64Array.of(noon + 2 * hour, noon + 10, noon, noon + hour - 1), hour);
    expect(bins.startMs).toBe(noon);
    expect([...bins.counts]).toEqual([3, 0, 1]);
    expect(countByBin(new Float64Array(0), hour).counts).toHaveLength(0);
  });
  it('starts weeks on Monday and handles times before 1970', () => {
    const week = 7 * 24 * hour;
    expect(new Date(binStart(Date.UTC(2017, 4, 7, 23), week)).toISOString()).toBe('2017-05-01T00:00:00.000Z');
    expect(binStart(-1, hour)).toBe(-hour);
  });
  it('leaves out what is outside', () => {
    expect([...countWithin(Float64Array.of(-1, 0, 5, 9, 10), 0, 10, 4).counts]).toEqual([1, 1, 1]);
  });
  it('chooses the narrowest width that fits', () => {
    expect(chooseBinWidth(hour, 240)).toBe(15_000);
    expect(chooseBinWidth(0)).toBe(1000);
    expect(chooseBinWidth(1e15)).toBe(BIN_WIDTHS_MS.at(-1));
    expect(() => countByBin(Float64Array.of(Number.NaN), hour)).toThrow(RangeError);
    expect(() => countByBin(Float64Array.of(0, 1e15), 1)).toThrow(RangeError);
  });
});
