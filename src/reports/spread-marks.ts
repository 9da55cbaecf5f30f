import type { CoverageEntry, Stage, Tier, TraceResult } from '../analyses/trace/trace-result.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { escapeHtml } from './html.ts';
import { map } from './spread-layout.ts';

export interface Mark {
  x: number;
  /** Where the interval of the moment begins. */
  earliestX: number;
  platform: string;
  text: string;
  colour: string;
}

export type PlacedMark = Mark & { row: number; anchor: 'start' | 'end' };

export interface Lane {
  platform: string;
  tier: Tier;
  posts: number;
  coverage: CoverageEntry;
  top: number;
  floor: number;
  marks: PlacedMark[];
}

const stageWords: Record<Stage['id'], string> = {
  foreshadow: 'announced',
  'first-seen': 'first seen',
  crossing: 'arrives',
  takeoff: 'takes off',
  trend: 'trends',
  outward: 'leaves its community',
  mainstream: 'mainstream',
  response: 'response',
};
const turningPoints = new Set<Stage['id']>(['foreshadow', 'first-seen', 'outward', 'mainstream', 'response']);
const ink = '#2b2b2b';
const red = '#b3261e';
const amber = '#96540a';
const characterWidth = 6.1;

/** Stages and significant catalysts within the span, by time. A crossing that is the mainstream crossing is marked once. */
export function marksOf(
  result: TraceResult,
  x: (time: number) => number,
  inside: (time: number) => boolean,
  brief: boolean,
): Mark[] {
  const names = new Map(result.cited.map((post) => [post.account, post.handle ?? post.name]));
  const nameOf = (account: string | null, platform: string) =>
    account === null || isAnonymousPlatform(platform)
      ? ''
      : (names.get(account) ?? account.slice(account.indexOf('/') + 1));
  const mainstream = result.stages.find((stage) => stage.id === 'mainstream')?.post;
  const catalysts = result.roles.filter((one) => one.role === 'catalyst' && one.significant).slice(0, 3);
  const catalystPosts = new Map(catalysts.map((one) => [one.posts[0], one]));
  const marks = result.stages
    .filter((stage) => inside(Date.parse(stage.time)))
    .filter((stage) => !(stage.id === 'crossing' && stage.post === mainstream))
    .filter((stage) => !brief || turningPoints.has(stage.id))
    .map((stage): Mark => {
      const who = ['takeoff', 'trend'].includes(stage.id) ? '' : nameOf(stage.account, stage.platform);
      const role = stage.id === 'crossing' && catalystPosts.has(stage.post ?? '') ? ', catalyst' : '';
      return {
        x: x(Date.parse(stage.time)),
        earliestX: Math.max(map.left, x(Date.parse(stage.earliest))),
        platform: stage.platform,
        text: `${stageWords[stage.id]}${who === '' ? '' : `: ${who}`}${role}`,
        colour: stage.id === 'mainstream' || stage.id === 'outward' ? red : role === '' ? ink : amber,
      };
    });
  if (brief) return marks.sort((a, b) => a.x - b.x);
  const shown = new Set(result.stages.map((stage) => stage.post));
  for (const role of catalysts) {
    const first = result.cited.find((post) => post.post === role.posts[0]);
    if (!first || shown.has(first.post) || !inside(Date.parse(first.time))) continue;
    const at = x(Date.parse(first.time));
    marks.push({
      x: at,
      earliestX: at,
      platform: first.platform,
      text: `catalyst: ${role.handle ?? nameOf(role.account, first.platform)}`,
      colour: amber,
    });
  }
  return marks.sort((a, b) => a.x - b.x);
}

/** Gives each label of a lane a row, so that none lies on another; the lowest row is the nearest to the area. */
export function placeLabels(marks: readonly Mark[]): PlacedMark[] {
  const taken: [from: number, to: number][][] = [];
  const placed = [...marks].reverse().map((mark): PlacedMark => {
    const length = mark.text.length * characterWidth + 14;
    const anchor = mark.x + length > map.width - map.right ? 'end' : 'start';
    const [from, to] = anchor === 'start' ? [mark.x - 3, mark.x + length] : [mark.x - length, mark.x + 3];
    let row = taken.findIndex((spans) => spans.every(([a, b]) => to < a || from > b));
    if (row < 0) row = taken.push([]) - 1;
    taken[row]!.push([from, to]);
    return { ...mark, row, anchor };
  });
  return placed.reverse();
}

export function laneLabels(lane: Lane): string {
  const base = lane.floor - map.area - 5;
  const lines = lane.marks.map(
    (mark) =>
      `<line x1="${mark.x.toFixed(1)}" x2="${mark.x.toFixed(1)}" y1="${base - mark.row * map.labelRow - 8}" y2="${lane.floor}" stroke="${mark.colour}" stroke-width="1"/>${
        mark.x - mark.earliestX > 1.5
          ? `<line x1="${mark.earliestX.toFixed(1)}" x2="${mark.x.toFixed(1)}" y1="${lane.floor - 4}" y2="${lane.floor - 4}" stroke="${mark.colour}" stroke-width="3" stroke-opacity=".45"/>`
          : ''
      }<circle cx="${mark.x.toFixed(1)}" cy="${lane.floor - 4}" r="4" fill="${mark.colour}" stroke="#fff"/>`,
  );
  const texts = lane.marks.map(
    (mark) =>
      `<text x="${(mark.x + (mark.anchor === 'end' ? -4 : 4)).toFixed(1)}" y="${base - mark.row * map.labelRow}" text-anchor="${mark.anchor}" class="mark" fill="${mark.colour}">${escapeHtml(mark.text)}</text>`,
  );
  return lines.join('') + texts.join('');
}
