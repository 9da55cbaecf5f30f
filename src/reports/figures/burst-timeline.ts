import type { BurstSeries, BurstsResult } from '../../analyses/bursts/bursts-result.ts';
import { seriesName } from '../../analyses/bursts/summarise-bursts.ts';
import { at, type Figure, label, line, palette, picture, short } from './figure.ts';

const width = 1160;
const left = 210;
const right = 20;
const rowHeight = 54;
const axis = 30;
const mostRows = 12;

/** Rows of series: posts by bin as bars, bursts as bands beneath that grow darker with their level, the onset as a line. Null for none. */
export function burstTimeline(result: BurstsResult): Figure | null {
  const rows = result.series.slice(0, mostRows);
  if (rows.length === 0) return null;
  const from = Date.parse(result.from);
  const to = Math.max(Date.parse(result.to), from + 1000);
  const height = rows.length * rowHeight + axis + 10;
  const x = (ms: number) => left + ((Math.min(to, Math.max(from, ms)) - from) / (to - from)) * (width - left - right);
  const body = rows.flatMap((row, place) => drawRow(row, place * rowHeight + 8, x));
  for (let tick = 0; tick <= 5; tick++) {
    const ms = from + ((to - from) * tick) / 5;
    body.push(line([x(ms), 4], [x(ms), height - axis]));
    body.push(
      label(x(ms), height - 10, new Date(ms).toISOString().slice(5, 16).replace('T', ' '), {
        anchor: tick === 0 ? 'start' : tick === 5 ? 'end' : 'middle',
        look: 'dim',
      }),
    );
  }
  const description = rows
    .map((row) => {
      const best = [...row.bursts].sort((a, b) => b.level - a.level || b.weight - a.weight)[0];
      return `${seriesName(row)}: ${row.posts} posts${best ? `, strongest burst level ${best.level} from ${best.start.slice(0, 16)} to ${best.end.slice(0, 16)} UTC` : ', no burst'}`;
    })
    .join('; ');
  return {
    caption:
      'Posts over time (UTC), each row to its own scale. Bands beneath are bursts, darker for higher levels; the orange line is the onset.',
    svg: picture({ width, height }, 'Bursts', description, body),
  };
}

function drawRow(row: BurstSeries, y: number, x: (ms: number) => number): string[] {
  const base = y + rowHeight - 20;
  const most = row.bins.counts.reduce((largest, count) => Math.max(largest, count), 1);
  const start = Date.parse(row.bins.start);
  const step = row.bins.seconds * 1000;
  const bars = row.bins.counts.map((count, bin) => {
    if (count === 0) return '';
    const tall = (count / most) * (rowHeight - 26);
    const from = x(start + bin * step);
    return `M${at(from)} ${at(base)}v${at(-tall)}h${at(Math.max(0.6, x(start + (bin + 1) * step) - from - 0.3))}v${at(tall)}z`;
  });
  const bands = row.bursts.map((burst) => {
    const from = x(Date.parse(burst.start));
    const span = Math.max(1.5, x(Date.parse(burst.end)) - from);
    return `<rect x="${at(from)}" y="${at(base + 2)}" width="${at(span)}" height="8" fill="${palette[0]}" fill-opacity="${at(Math.min(0.9, 0.25 + 0.15 * burst.level))}"/>`;
  });
  const onset = row.onset
    ? [line([x(Date.parse(row.onset.time)), y + 2], [x(Date.parse(row.onset.time)), base + 10], palette[1], 2)]
    : [];
  return [
    label(8, y + 20, short(seriesName(row), 30)),
    label(8, y + 35, `${row.posts.toLocaleString('en')} posts, most ${most.toLocaleString('en')} a bin`, {
      look: 'dim',
    }),
    `<path d="${bars.join('')}" fill="#6b6557"/>`,
    ...bands,
    ...onset,
  ];
}
