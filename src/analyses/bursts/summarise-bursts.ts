import type { ResultSummary } from '../analysis.ts';
import { count, counted, lengthOfTime, measured, utc } from '../in-words.ts';
import type { BurstSeries, BurstsResult } from './bursts-result.ts';

/** A series as a reader would name it. */
export function seriesName({ kind, value }: Pick<BurstSeries, 'kind' | 'value'>): string {
  if (kind === 'hashtag') return `#${value}`;
  return kind === 'term' ? `"${value}"` : value;
}

export function summariseBursts(result: BurstsResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  for (const one of result.series.slice(0, 6)) {
    const top = [...one.bursts].sort((a, b) => b.level - a.level || b.weight - a.weight)[0];
    if (!top) {
      findings.push({ text: `${seriesName(one)}: ${counted(one.posts, 'post')}, no burst.`, posts: [one.firstPost] });
      continue;
    }
    const length = (Date.parse(top.end) - Date.parse(top.start)) / 1000;
    const onset = one.onset
      ? ` It set in at ${utc(one.onset.time)}: ${counted(one.onset.posts, 'post')} in ${lengthOfTime(result.onsetBinSeconds)} where ${measured(one.onset.expected, 2)} were usual.`
      : '';
    findings.push({
      text: `${seriesName(one)}: ${counted(one.posts, 'post')}; its strongest burst (level ${top.level} of ${one.maxLevel}) ran from ${utc(top.start)} for ${lengthOfTime(length)} with ${counted(top.posts, 'post')}.${onset}`,
      posts: [top.firstPost, top.lastPost],
    });
  }
  const now = result.burstingNow.map((at) => result.series[at]!);
  findings.push({
    text: !isUsualKnown(result)
      ? `What bursts at ${utc(result.at)} cannot be said: fewer than ${count(result.recentMinutes)} minutes of posts lie before the last ${count(result.recentMinutes)}, so what is usual is not known.`
      : now.length === 0
        ? `At ${utc(result.at)} nothing stood above its usual rate (last ${count(result.recentMinutes)} minutes).`
        : `Bursting at ${utc(result.at)} (last ${count(result.recentMinutes)} minutes): ${now
            .slice(0, 5)
            .map((one) => `${seriesName(one)} (${count(one.now.posts)}, usually ${measured(one.now.expected, 2)})`)
            .join(', ')}.`,
    posts: now.slice(0, 3).flatMap((one) => one.bursts.slice(-1).map((burst) => burst.lastPost)),
  });
  return {
    findings,
    tables: [
      {
        title: `Series (${count(result.examined)} examined)`,
        columns: [
          'kind',
          'series',
          'posts',
          'levels',
          'onset',
          'bursts',
          'strongest from',
          'to',
          'now',
          'usually',
          'log10 p now',
        ],
        rows: result.series.map((one) => {
          const top = [...one.bursts].sort((a, b) => b.weight - a.weight)[0];
          return [
            one.kind,
            one.value,
            one.posts,
            one.maxLevel,
            one.onset?.time ?? null,
            one.bursts.length,
            top?.start ?? null,
            top?.end ?? null,
            one.now.posts,
            isUsualKnown(result) ? Number(one.now.expected.toPrecision(3)) : null,
            isUsualKnown(result) ? Number(one.now.log10P.toPrecision(3)) : null,
          ];
        }),
      },
      {
        title: 'Bursts',
        columns: ['kind', 'series', 'level', 'start', 'end', 'posts', 'weight', 'first post', 'last post'],
        rows: result.series.flatMap((one) =>
          one.bursts.map((burst) => [
            one.kind,
            one.value,
            burst.level,
            burst.start,
            burst.end,
            burst.posts,
            Number(burst.weight.toPrecision(4)),
            burst.firstPost,
            burst.lastPost,
          ]),
        ),
      },
    ],
  };
}

/** Whether at least as much time as counts as now lies before it. */
function isUsualKnown({ from, at, recentMinutes }: BurstsResult): boolean {
  return Date.parse(at) - Date.parse(from) >= 2 * recentMinutes * 60_000;
}
