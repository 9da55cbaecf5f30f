import type { Stage, Tier, TraceResult, VolumeBin } from '../analyses/trace/trace-result.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { escapeHtml } from './html.ts';

const width = 1160;
const left = 118;
const right = 20;
const laneHeight = 74;
const laneGap = 26;
const axisHeight = 30;
const labelRow = 17;
const labelWidth = 6.3;

const tierOrder: Record<Tier, number> = { fringe: 0, social: 1, mainstream: 2 };
const tierColour: Record<Tier, string> = { fringe: '#8a3b5c', social: '#2f6690', mainstream: '#3f7d4e' };
const stageWords: Record<string, string> = {
  foreshadow: 'announced',
  'first-seen': 'first seen',
  crossing: 'reaches',
  takeoff: 'takes off',
  trend: 'trends',
  outward: 'leaves its community',
  mainstream: 'mainstream',
  response: 'response',
};

interface Mark {
  x: number;
  lane: number;
  text: string;
  colour: string;
}

/**
 * Picture of a story: a lane per platform from fringe to mainstream, posts as areas, bridges as arcs, stages as labelled marks,
 * coverage beneath. `bins` and the span are chosen by the caller: the opening hours, or the whole.
 */
export function spreadMap(
  result: TraceResult,
  bins: readonly VolumeBin[],
  from: number,
  to: number,
  title: string,
): string {
  const lanes = lanesOf(result);
  const laneOf = new Map(lanes.map((lane, place) => [lane.platform, place]));
  const x = (time: number) => left + ((width - left - right) * (time - from)) / Math.max(1, to - from);
  const inside = (time: number) => time >= from && time <= to;
  const marks = marksOf(result, laneOf, x, inside);
  const rows = placeLabels(marks);
  const top = 16 + labelRow * Math.max(1, ...rows.map((row) => row + 1));
  const laneTop = (lane: number) => top + lane * (laneHeight + laneGap);
  const height = laneTop(lanes.length) + axisHeight;
  const parts: string[] = [];
  lanes.forEach((lane, place) => {
    const y = laneTop(place);
    parts.push(`<rect x="${left}" y="${y}" width="${width - left - right}" height="${laneHeight}" fill="#f5f3ee"/>`);
    parts.push(
      `<text x="${left - 10}" y="${y + 20}" text-anchor="end" font-weight="600">${escapeHtml(lane.platform)}</text>`,
    );
    parts.push(
      `<text x="${left - 10}" y="${y + 36}" text-anchor="end" class="dim" fill="${tierColour[lane.tier]}">${lane.tier}</text>`,
    );
    parts.push(
      `<text x="${left - 10}" y="${y + 52}" text-anchor="end" class="dim">${lane.posts.toLocaleString('en')} posts</text>`,
    );
    parts.push(
      area(
        bins.filter((bin) => bin.platform === lane.platform),
        from,
        to,
        x,
        y,
        tierColour[lane.tier],
      ),
    );
    parts.push(coverageStrip(result, lane.platform, from, to, x, y + laneHeight + 4));
  });
  parts.push(...arcs(result, laneOf, laneTop, x, inside));
  marks.forEach((mark, place) => {
    const labelY = 12 + rows[place]! * labelRow;
    const y = laneTop(mark.lane);
    const anchor = mark.x > width - 160 ? 'end' : 'start';
    parts.push(
      `<line x1="${mark.x}" y1="${labelY + 3}" x2="${mark.x}" y2="${y + laneHeight}" stroke="${mark.colour}" stroke-width="1" stroke-dasharray="2 2"/>`,
    );
    parts.push(`<circle cx="${mark.x}" cy="${y + laneHeight - 6}" r="4" fill="${mark.colour}" stroke="#fff"/>`);
    parts.push(
      `<text x="${mark.x + (anchor === 'end' ? -3 : 3)}" y="${labelY}" text-anchor="${anchor}" fill="${mark.colour}" class="mark">${escapeHtml(mark.text)}</text>`,
    );
  });
  parts.push(axis(from, to, x, laneTop(lanes.length) - laneGap + 14));
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}"><title>${escapeHtml(title)}</title>${parts.join('')}</svg><figcaption>${escapeHtml(title)} Areas: posts per ${Math.round((bins[0]?.binSeconds ?? 300) / 60)} minutes, each lane on its own scale. Arcs: first posts that brought something of the story from one platform to the next. Strip below each lane: <span class="key full"></span> collected <span class="key gap"></span> gap <span class="key cap"></span> capped <span class="key none"></span> not collected. Times are UTC.</figcaption></figure>`;
}

function lanesOf(result: TraceResult): { platform: string; tier: Tier; posts: number }[] {
  return result.coverage
    .filter((one) => one.storyPosts > 0)
    .map((one) => ({
      platform: one.platform,
      tier: one.tier,
      posts: one.storyPosts,
      first: result.volume.find((bin) => bin.platform === one.platform)?.binStart ?? '',
    }))
    .sort((a, b) => tierOrder[a.tier] - tierOrder[b.tier] || (a.first < b.first ? -1 : 1));
}

function marksOf(
  result: TraceResult,
  laneOf: Map<string, number>,
  x: (time: number) => number,
  inside: (time: number) => boolean,
): Mark[] {
  const handleOf = new Map(result.cited.map((post) => [post.account, post.handle ?? post.name]));
  const word = (stage: Stage) => {
    const who =
      stage.account === null || isAnonymousPlatform(stage.platform)
        ? ''
        : (handleOf.get(stage.account) ?? stage.account.split('/').slice(1).join('/'));
    const what = `${stageWords[stage.id]}${stage.id === 'crossing' ? ` ${stage.platform}` : ''}`;
    return ['takeoff', 'trend'].includes(stage.id) || who === '' ? what : `${what}: ${who}`;
  };
  const marks = result.stages
    .filter((stage) => inside(Date.parse(stage.time)) && laneOf.has(stage.platform))
    .map(
      (stage): Mark => ({
        x: x(Date.parse(stage.time)),
        lane: laneOf.get(stage.platform)!,
        text: word(stage),
        colour: stage.id === 'mainstream' || stage.id === 'outward' ? '#b3261e' : '#333',
      }),
    );
  const shown = new Set(result.stages.map((stage) => stage.post));
  for (const role of result.roles.filter((one) => one.role === 'catalyst' && one.significant).slice(0, 3)) {
    const first = result.cited.find((post) => post.post === role.posts[0]);
    if (!first || shown.has(first.post) || !inside(Date.parse(first.time)) || !laneOf.has(first.platform)) continue;
    marks.push({
      x: x(Date.parse(first.time)),
      lane: laneOf.get(first.platform)!,
      text: `catalyst: ${role.handle ?? role.account}`,
      colour: '#a15c00',
    });
  }
  return marks.sort((a, b) => a.x - b.x);
}

/** Row of each label, so that none lies on another. */
function placeLabels(marks: readonly Mark[]): number[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const length = mark.text.length * labelWidth + 12;
    const start = mark.x > width - 160 ? mark.x - length : mark.x;
    let row = ends.findIndex((end) => end < start);
    if (row < 0) row = ends.length;
    ends[row] = start + length;
    return row;
  });
}

function area(
  bins: readonly VolumeBin[],
  from: number,
  to: number,
  x: (time: number) => number,
  y: number,
  colour: string,
): string {
  const most = Math.max(1, ...bins.map((bin) => bin.posts));
  const floor = y + laneHeight - 2;
  const bars = bins.flatMap((bin) => {
    const start = Math.max(from, Date.parse(bin.binStart));
    const end = Math.min(to, Date.parse(bin.binStart) + bin.binSeconds * 1000);
    if (end <= start) return [];
    const high = ((laneHeight - 22) * bin.posts) / most;
    return [
      `M${x(start).toFixed(1)} ${floor}V${(floor - Math.max(high, 1.5)).toFixed(1)}H${Math.max(x(end), x(start) + 1).toFixed(1)}V${floor}Z`,
    ];
  });
  return `<path d="${bars.join('')}" fill="${colour}" fill-opacity=".55"/><text x="${width - right - 4}" y="${y + 13}" text-anchor="end" class="dim">at most ${most.toLocaleString('en')}</text>`;
}

function coverageStrip(
  result: TraceResult,
  platform: string,
  from: number,
  to: number,
  x: (time: number) => number,
  y: number,
): string {
  const one = result.coverage.find((entry) => entry.platform === platform)!;
  const bar = (start: number, end: number, colour: string) => {
    const a = Math.max(from, start);
    const b = Math.min(to, end);
    return b <= a
      ? ''
      : `<rect x="${x(a).toFixed(1)}" y="${y}" width="${(x(b) - x(a)).toFixed(1)}" height="5" fill="${colour}"/>`;
  };
  return [
    bar(from, to, '#e3ded2'),
    bar(Date.parse(one.from), Date.parse(one.to), '#6b8f71'),
    ...one.gaps.map(([a, b]) => bar(Date.parse(a), Date.parse(b), '#e3ded2')),
    ...one.capped.map(([a, b]) => bar(Date.parse(a), Date.parse(b), '#d9a441')),
  ].join('');
}

const bridgeColour: Record<string, string> = {
  'cites-thread': '#a15c00',
  direct: '#555',
  announced: '#999',
  'same-text': '#7a6fa6',
  'same-media': '#3a7d80',
};

/** The first bridge of each kind between two platforms. */
function arcs(
  result: TraceResult,
  laneOf: Map<string, number>,
  laneTop: (lane: number) => number,
  x: (time: number) => number,
  inside: (time: number) => boolean,
): string[] {
  const seen = new Set<string>();
  const drawn: string[] = [];
  const linked = new Set(
    result.bridges.filter((one) => one.kind !== 'same-text').map((one) => `${one.from.platform} ${one.to.platform}`),
  );
  for (const bridge of result.bridges) {
    if (bridge.kind === 'same-text' && linked.has(`${bridge.from.platform} ${bridge.to.platform}`)) continue;
    const key = `${bridge.from.platform} ${bridge.to.platform} ${bridge.kind}`;
    const a = laneOf.get(bridge.from.platform);
    const b = laneOf.get(bridge.to.platform);
    if (
      seen.has(key) ||
      a === undefined ||
      b === undefined ||
      !inside(Date.parse(bridge.from.time)) ||
      !inside(Date.parse(bridge.to.time))
    )
      continue;
    seen.add(key);
    const x1 = x(Date.parse(bridge.from.time));
    const x2 = x(Date.parse(bridge.to.time));
    const y1 = laneTop(a) + laneHeight - 6;
    const y2 = laneTop(b) + laneHeight - 6;
    drawn.push(
      `<path d="M${x1.toFixed(1)} ${y1}C${(x1 + 26).toFixed(1)} ${((y1 + y2) / 2).toFixed(1)} ${(x2 - 26).toFixed(1)} ${((y1 + y2) / 2).toFixed(1)} ${x2.toFixed(1)} ${y2}" fill="none" stroke="${bridgeColour[bridge.kind]}" stroke-width="1.5" stroke-opacity=".8"><title>${escapeHtml(`${bridge.kind}: ${bridge.artifact} from ${bridge.from.platform} to ${bridge.to.platform}`)}</title></path>`,
    );
  }
  return drawn;
}

const steps = [
  60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 7_776_000,
  31_536_000,
].map((seconds) => seconds * 1000);

function axis(from: number, to: number, x: (time: number) => number, y: number): string {
  const step = steps.find((one) => (to - from) / one <= 11) ?? steps.at(-1)!;
  const ticks: string[] = [];
  let day = '';
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const iso = new Date(time).toISOString();
    const label = step >= 86_400_000 ? iso.slice(0, 10) : iso.slice(11, 16);
    ticks.push(
      `<line x1="${x(time).toFixed(1)}" y1="${y - 8}" x2="${x(time).toFixed(1)}" y2="${y - 3}" stroke="#777"/><text x="${x(time).toFixed(1)}" y="${y + 9}" text-anchor="middle" class="dim">${label}</text>`,
    );
    if (step < 86_400_000 && iso.slice(0, 10) !== day) {
      day = iso.slice(0, 10);
      ticks.push(`<text x="${x(time).toFixed(1)}" y="${y + 23}" text-anchor="middle" class="dim">${day}</text>`);
    }
  }
  return ticks.join('');
}
