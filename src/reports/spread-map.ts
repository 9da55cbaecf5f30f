import type { CoverageEntry, Tier, TraceResult, VolumeBin } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { escapeHtml } from './html.ts';
import { platformTitle } from './report-page.ts';
import { arcColour, arcs, arcWords } from './spread-arcs.ts';
import { axis, gridlines } from './spread-axis.ts';
import { map } from './spread-layout.ts';
import { type Lane, laneLabels, marksOf, placeLabels } from './spread-marks.ts';

const tierOrder: Record<Tier, number> = { fringe: 0, social: 1, mainstream: 2 };
export const tierColour: Record<Tier, string> = { fringe: '#8a3b5c', social: '#2f6690', mainstream: '#3f7d4e' };

export interface SpreadMapView {
  bins: readonly VolumeBin[];
  from: number;
  to: number;
  title: string;
  /** Only the turning points are labelled, and no arcs drawn. */
  brief: boolean;
  /** A shorter span that another picture shows, to be marked in this one. */
  inset?: { from: number; to: number } | undefined;
}

/**
 * Picture of a story: a lane per platform from fringe to mainstream, posts as areas, first bridges as arcs, stages and roles as
 * labelled marks, coverage beneath each lane. Times run from left to right over the given span.
 */
export function spreadMap(result: TraceResult, view: SpreadMapView): string {
  const { bins, from, to, title } = view;
  const x = (time: number) => map.left + ((map.width - map.left - map.right) * (time - from)) / Math.max(1, to - from);
  const inside = (time: number) => time >= from && time <= to;
  const marks = marksOf(result, x, inside, view.brief);
  const lanes: Lane[] = [];
  let y = 12;
  for (const one of lanesOf(result)) {
    const own = placeLabels(marks.filter((mark) => mark.platform === one.platform));
    const rows = Math.max(0, ...own.map((mark) => mark.row + 1));
    const floor = y + Math.max(rows * map.labelRow + 6, 14) + map.area;
    lanes.push({ ...one, top: y, floor, marks: own });
    y = floor + map.strip + map.gap;
  }
  const bottom = y - map.gap;
  const floorOf = new Map(lanes.map((lane) => [lane.platform, lane.floor]));
  const height = bottom + 44;
  const insetBand = view.inset
    ? `<rect x="${x(Math.max(from, view.inset.from)).toFixed(1)}" y="4" width="${Math.max(2, x(Math.min(to, view.inset.to)) - x(Math.max(from, view.inset.from))).toFixed(1)}" height="${bottom - 4}" fill="#e8d9a8" fill-opacity=".45"/>`
    : '';
  const parts = [
    ...lanes.map((lane) => laneGround(lane, x(from), x(to))),
    insetBand,
    gridlines(from, to, x, 8, bottom),
    ...lanes.map((lane) => laneArea(lane, bins, from, to, x)),
    ...lanes.map((lane) => coverageStrip(lane.coverage, from, to, x, lane.floor + 1)),
    ...(view.brief ? [] : arcs(result, floorOf, x, inside)),
    ...lanes.map((lane) => laneLabels(lane)),
    axis(from, to, x, bottom + 4),
  ];
  const kinds = view.brief ? [] : [...new Set(arcs.shown(result, floorOf, inside).map((one) => one.kind))];
  return `<figure><div class="wide"><svg viewBox="0 0 ${map.width} ${height}" role="img" aria-label="${escapeHtml(title)}"><title>${escapeHtml(title)}</title>${parts.join('')}</svg></div><figcaption><b>${escapeHtml(title)}</b> Areas: posts per ${binWidth(bins)}, each lane on its own scale.${view.inset ? ' The shaded span is the picture above.' : ''}${
    kinds.length > 0
      ? ` Arcs: how something of the story first came to a platform, from where it was seen first: ${kinds.map((kind) => `${key(arcColour[kind])} ${arcWords[kind]}`).join(', ')}.`
      : ''
  } Strip under each lane: ${key(declared)} collected, ${result.coverage.some((one) => one.storyPosts > 0 && !one.declared) ? `${key(undeclared)} posts at hand but nobody declared what was collected, ` : ''}${key('#d8d2c2')} gap or not collected, ${key('#d9a441')} capped. Times are UTC.</figcaption></figure>`;
}

const declared = '#6b8f71';
const undeclared = '#bccbb6';

const key = (colour: string) =>
  `<svg class="key" viewBox="0 0 16 8" width="16" height="8" aria-hidden="true"><rect width="16" height="6" y="1" fill="${colour}"/></svg>`;

const binWidth = (bins: readonly VolumeBin[]) => duration(bins[0]?.binSeconds ?? 300);

function lanesOf(result: TraceResult): { platform: string; tier: Tier; posts: number; coverage: CoverageEntry }[] {
  const first = new Map<string, string>();
  for (const bin of result.volume) if (!first.has(bin.platform)) first.set(bin.platform, bin.binStart);
  const start = (one: { platform: string }) => first.get(one.platform) ?? '';
  return result.coverage
    .filter((one) => one.storyPosts > 0)
    .map((one) => ({ platform: one.platform, tier: one.tier, posts: one.storyPosts, coverage: one }))
    .sort((a, b) => tierOrder[a.tier] - tierOrder[b.tier] || (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : 0));
}

function laneGround(lane: Lane, left: number, right: number): string {
  const label = (y: number, text: string, more: string) =>
    `<text x="${map.left - 12}" y="${y}" text-anchor="end" ${more}>${escapeHtml(text)}</text>`;
  return `<rect x="${left}" y="${lane.top}" width="${right - left}" height="${lane.floor - lane.top}" fill="#f6f3ea"/><rect x="${left - 4}" y="${lane.top}" width="4" height="${lane.floor - lane.top}" fill="${tierColour[lane.tier]}"/>${label(lane.floor - 34, platformTitle(lane.platform), 'class="lane"')}${label(lane.floor - 19, lane.tier, `class="dim" fill="${tierColour[lane.tier]}"`)}${label(lane.floor - 5, `${lane.posts.toLocaleString('en')} ${lane.posts === 1 ? 'post' : 'posts'}`, 'class="dim"')}`;
}

function laneArea(
  lane: Lane,
  bins: readonly VolumeBin[],
  from: number,
  to: number,
  x: (time: number) => number,
): string {
  const own = bins.filter((bin) => bin.platform === lane.platform);
  const visible = own.filter(
    (bin) => Date.parse(bin.binStart) < to && Date.parse(bin.binStart) + bin.binSeconds * 1000 > from,
  );
  const most = Math.max(1, ...visible.map((bin) => bin.posts));
  const bars = visible.map((bin) => {
    const start = Math.max(from, Date.parse(bin.binStart));
    const end = Math.min(to, Date.parse(bin.binStart) + bin.binSeconds * 1000);
    const high = Math.max(1.5, (map.area * bin.posts) / most);
    return `M${x(start).toFixed(1)} ${lane.floor}V${(lane.floor - high).toFixed(1)}H${Math.max(x(end), x(start) + 1.2).toFixed(1)}V${lane.floor}Z`;
  });
  return `<path d="${bars.join('')}" fill="${tierColour[lane.tier]}" fill-opacity=".5"/>${
    visible.length > 0
      ? `<text x="${map.width - map.right - 4}" y="${lane.floor - map.area + 2}" text-anchor="end" class="dim halo">max ${most.toLocaleString('en')}</text>`
      : ''
  }`;
}

function coverageStrip(one: CoverageEntry, from: number, to: number, x: (time: number) => number, y: number): string {
  const bar = (start: number, end: number, colour: string) => {
    const a = Math.max(from, start);
    const b = Math.min(to, end);
    return b <= a
      ? ''
      : `<rect x="${x(a).toFixed(1)}" y="${y}" width="${(x(b) - x(a)).toFixed(1)}" height="${map.strip}" fill="${colour}"/>`;
  };
  const spans = (list: readonly [string, string][], colour: string) =>
    list.map(([a, b]) => bar(Date.parse(a), Date.parse(b), colour));
  return [
    bar(from, to, '#d8d2c2'),
    ...spans(one.spans, one.declared ? declared : undeclared),
    ...spans(one.gaps, '#d8d2c2'),
    ...spans(one.capped, '#d9a441'),
  ].join('');
}
