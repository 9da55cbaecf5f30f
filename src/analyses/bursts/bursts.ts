import { poissonChangePoints } from '../../base/change-points.ts';
import { UserError } from '../../base/errors.ts';
import { finite } from '../../base/finite.ts';
import { type Burst, kleinbergBursts } from '../../base/kleinberg.ts';
import { logPoissonUpperTail } from '../../base/poisson.ts';
import { poissonOnset } from '../../base/poisson-onset.ts';
import { chooseBinWidth, countWithin } from '../../base/time-bins.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { choosePosts, postNames } from '../choose-posts.ts';
import { burstsDefinition } from './bursts-options.ts';
import type { BurstSeries, BurstsResult } from './bursts-result.ts';
import { loadAllPosts, loadSeries, type Series } from './load-series.ts';
import { summariseBursts } from './summarise-bursts.ts';

const mostBurstsShown = 40;
const examinedPerShown = 5;
const mostOnsetBins = 200_000;
const sixHours = 6 * 3_600_000;

export const bursts: Analysis<BurstsResult> = { definition: burstsDefinition, run, summarise: summariseBursts };

interface Span {
  /** Where the case was looking already, at or before the first of these posts. */
  from: number;
  to: number;
  now: number;
  recentMs: number;
  onsetBinMs: number;
  base: number;
  gamma: number;
}

interface Examined {
  series: Series;
  bursts: Burst[];
}

async function run(input: AnalysisInput): Promise<BurstsResult> {
  const options = input.options as unknown as {
    on: readonly string[];
    item: string | null;
    minimumPosts: number;
    top: number;
    base: number;
    gamma: number;
    binMinutes: number;
    at: string | null;
    recentMinutes: number;
  };
  const { database } = input;
  await choosePosts(input);
  input.onStep('reading times');
  const all = await loadAllPosts(database);
  const span = await spanOf(input, all, options);
  const found = await loadSeries(database, { ...options, most: options.top * examinedPerShown });
  input.onStep('finding bursts');
  const examine = (series: Series): Examined => ({
    series,
    bursts: kleinbergBursts(series.times, { base: options.base, gamma: options.gamma }),
  });
  const strength = ({ bursts: own }: Examined) =>
    own.reduce((most, burst) => Math.max(most, burst.level > 0 ? burst.weight : 0), 0);
  const examined = found.map(examine);
  examined.sort(
    (a, b) =>
      strength(b) - strength(a) ||
      b.series.times.length - a.series.times.length ||
      (a.series.value < b.series.value ? -1 : 1),
  );
  const recent = [...examined].sort((a, b) => nowOf(a, span).log10P - nowOf(b, span).log10P);
  const kept = new Set(examined.slice(0, options.top));
  for (const one of recent.slice(0, 10)) if (nowOf(one, span).log10P < -3) kept.add(one);
  const shown = [...(options.item === null ? [examine(all)] : []), ...kept];
  const names = await postNames(
    database,
    shown.flatMap(({ series, bursts: own }) => [
      series.postKey[0]!,
      ...strongest(own).flatMap((burst) => [series.postKey[burst.first]!, series.postKey[burst.last]!]),
    ]),
  );
  const series = shown.map((one) => describe(one, span, names));
  const burstingNow = Array.from(series.keys()).filter(
    (at) => series[at]!.kind !== 'all' && series[at]!.now.log10P < -3,
  );
  burstingNow.sort((a, b) => series[a]!.now.log10P - series[b]!.now.log10P || a - b);
  return {
    from: iso(span.from),
    to: iso(span.to),
    at: iso(span.now),
    recentMinutes: options.recentMinutes,
    onsetBinSeconds: span.onsetBinMs / 1000,
    series,
    burstingNow,
    examined: found.length,
  };
}

async function spanOf(
  { database }: AnalysisInput,
  all: Series,
  options: { at: string | null; recentMinutes: number; binMinutes: number; base: number; gamma: number },
): Promise<Span> {
  const first = all.times[0]!;
  const to = all.times.at(-1)! + 1;
  const now = options.at === null ? to : Date.parse(options.at);
  if (Number.isNaN(now)) throw new UserError(`"${options.at}" is not a time.`, 'Write --at 2017-05-05T20:00:00Z.');
  const known = (await database.first<{ first: number }>('select epoch_ms(min(time))::double as first from post'))!
    .first;
  const from = Math.max(Math.min(known, first), first - Math.max(sixHours, (to - first) / 10));
  const onsetBinMs = Math.max(
    options.binMinutes * 60_000,
    chooseBinWidth(to - from, mostOnsetBins) > options.binMinutes * 60_000
      ? chooseBinWidth(to - from, mostOnsetBins)
      : 0,
  );
  return {
    from,
    to,
    now,
    recentMs: options.recentMinutes * 60_000,
    onsetBinMs,
    base: options.base,
    gamma: options.gamma,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

function strongest(own: readonly Burst[]): Burst[] {
  const above = own.filter((burst) => burst.level > 0);
  above.sort((a, b) => b.weight - a.weight || a.first - b.first);
  return above.slice(0, mostBurstsShown).sort((a, b) => a.level - b.level || a.first - b.first);
}

function describe(examined: Examined, span: Span, names: ReadonlyMap<number, string>): BurstSeries {
  const { series, bursts: own } = examined;
  const { times } = series;
  const widthMs = chooseBinWidth(span.to - span.from, 240);
  const start = Math.floor(span.from / widthMs) * widthMs;
  const bins = countWithin(times, start, span.to, widthMs);
  return {
    kind: series.kind,
    value: series.value,
    posts: times.length,
    first: iso(times[0]!),
    last: iso(times.at(-1)!),
    firstPost: names.get(series.postKey[0]!)!,
    maxLevel: own.reduce((most, burst) => Math.max(most, burst.level), 0),
    bursts: strongest(own).map((burst) => ({
      level: burst.level,
      start: iso(burst.start),
      end: iso(burst.end),
      posts: burst.last - burst.first + 1,
      weight: finite(burst.weight),
      firstPost: names.get(series.postKey[burst.first]!)!,
      lastPost: names.get(series.postKey[burst.last]!)!,
    })),
    onset: onsetOf(times, span),
    stretches: poissonChangePoints(bins.counts).map((one) => ({
      from: iso(start + one.from * widthMs),
      to: iso(start + one.to * widthMs),
      perHour: finite((one.rate * 3_600_000) / widthMs),
    })),
    bins: { start: iso(start), seconds: widthMs / 1000, counts: Array.from(bins.counts) },
    now: nowOf(examined, span),
  };
}

/** The rule of the MacronLeaks figures: the bins before the first tenth of the series, or of the time before its first post, are the usual. */
function onsetOf(times: Float64Array, span: Span): BurstSeries['onset'] {
  const start = Math.floor(span.from / span.onsetBinMs) * span.onsetBinMs;
  const { counts } = countWithin(times, start, span.to, span.onsetBinMs);
  const before = Math.floor((times[0]! - start) / span.onsetBinMs);
  const baselineBins = Math.max(before, Math.floor(counts.length / 10));
  if (baselineBins < 6 || baselineBins >= counts.length) return null;
  const found = poissonOnset(counts, { baselineBins });
  if (!found) return null;
  return {
    time: iso(start + found.bin * span.onsetBinMs),
    posts: found.count,
    expected: finite(found.expected),
    log10P: finite(found.logPValue / Math.LN10),
  };
}

function nowOf({ series, bursts: own }: Examined, span: Span): BurstSeries['now'] {
  const since = span.now - span.recentMs;
  let before = 0;
  let recent = 0;
  for (const time of series.times) {
    if (time < since) before++;
    else if (time <= span.now) recent++;
  }
  const earlier = Math.max(span.recentMs, since - span.from);
  const isUsualKnown = since - span.from >= span.recentMs;
  const expected = (before * span.recentMs) / earlier + 0.5;
  const level = own.reduce(
    (most, burst) => (burst.start <= span.now && burst.end >= since ? Math.max(most, burst.level) : most),
    0,
  );
  return {
    posts: recent,
    expected: finite(expected),
    log10P: isUsualKnown && recent > expected ? finite(logPoissonUpperTail(recent, expected) / Math.LN10) : 0,
    level,
  };
}
