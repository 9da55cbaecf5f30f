import { cappedRuns } from '../../base/capped-runs.ts';
import type { CaseContext } from '../../domain/case-context.ts';
import { platformTiers } from '../../domain/lists/venues.ts';
import type { VenueTiers } from '../../domain/venue-tiers.ts';
import type { Database } from '../../store/database.ts';
import type { CoverageEntry } from './trace-result.ts';

const hour = 3_600_000;
/** A silence is a gap only where chance would leave it about once in a million such silences. */
const gapSurprise = Math.log(1e6);
const fewestPostsForGaps = 200;

/** What was collected of one platform, in milliseconds since 1970. */
export interface PlatformCoverage {
  platform: string;
  from: number;
  to: number;
  posts: number;
  storyPosts: number;
  declared: boolean;
  /** What live collections were limited to, in words; empty where there was none. */
  collected: readonly string[];
  spans: [from: number, to: number][];
  gaps: [from: number, to: number][];
  capped: [from: number, to: number][];
  /** Hours with posts, where nobody declared what was collected: the only sign that collection ran. */
  activeHours: ReadonlySet<number> | null;
  /** Part of the posts that the collector is known to have missed, 0 to 1. */
  loss: number;
}

/**
 * Coverage of every platform: as declared in the context and by live collections, else the span of its posts; silences that a steady stream of that
 * size would not leave are gaps, runs of hours with suspiciously equal counts are capped.
 */
export async function measureCoverage(database: Database, context: CaseContext): Promise<PlatformCoverage[]> {
  const rows = await database.rows<{ platform: string; hour: number; posts: number }>(`
    select platform, epoch_ms(date_trunc('hour', time)) as hour, count(*) as posts
    from post where time is not null and not embedded group by all order by platform, hour`);
  const edges = await database.rows<{ platform: string; first: number; last: number; posts: number; story: number }>(`
    select platform, epoch_ms(min(time) filter (not embedded)) as first, epoch_ms(max(time) filter (not embedded)) as last,
      count(*) filter (not embedded) as posts, count(story_post.post_key) as story
    from post left join story_post using (post_key) where time is not null
    group by platform having count(*) filter (not embedded) > 0 order by platform`);
  const notices = await database.rows<{ platform: string; time: number }>(
    `select platform, epoch_ms(from_time) as time from coverage where flag = 'limit-notice' and from_time is not null`,
  );
  const live = await liveCoverage(database);
  const declared = new Map<string, CaseContext['coverage']>();
  for (const entry of context.coverage) {
    if (entry.accounts) continue;
    declared.set(entry.platform, [...(declared.get(entry.platform) ?? []), entry]);
  }
  const platforms = new Set([...edges.map((edge) => edge.platform), ...declared.keys(), ...live.keys()]);
  return [...platforms].sort().map((platform) => {
    const edge = edges.find((one) => one.platform === platform);
    const told = declared.get(platform);
    const lived = live.get(platform);
    const toldSpans = (told ?? []).map((one): [number, number] => [Date.parse(one.from), Date.parse(one.to)]);
    const isDeclared = told !== undefined || lived !== undefined;
    const spans: [number, number][] = isDeclared
      ? [...toldSpans, ...(lived?.spans ?? []), ...(lived?.gaps ?? [])]
      : [[edge!.first, edge!.last]];
    const own = rows.filter((row) => row.platform === platform);
    const toldGaps = (told ?? []).flatMap((one) =>
      one.gaps.map(([from, to]): [number, number] => [Date.parse(from), Date.parse(to)]),
    );
    const gaps = isDeclared
      ? [
          ...without(toldGaps, lived?.spans ?? []),
          ...without(lived?.gaps ?? [], [...(lived?.spans ?? []), ...toldSpans]),
        ]
      : silences(own, edge?.posts ?? 0);
    return {
      platform,
      loss: told ? Math.max(...told.map((one) => one.loss)) : 0,
      activeHours: isDeclared ? null : new Set(own.map((row) => row.hour)),
      from: Math.min(...spans.map(([from]) => from)),
      to: Math.max(...spans.map(([, to]) => to)),
      posts: edge?.posts ?? 0,
      storyPosts: edge?.story ?? 0,
      declared: isDeclared,
      collected: lived?.scopes ?? [],
      spans,
      gaps,
      capped: merge([
        ...plateaus(own),
        ...(lived?.capped ?? []),
        ...notices
          .filter((one) => one.platform === platform)
          .map((one): [number, number] => [one.time, one.time + hour]),
      ]),
    };
  });
}

interface LiveCoverage {
  spans: [number, number][];
  gaps: [number, number][];
  capped: [number, number][];
  scopes: string[];
}

/** What live collections of whole platforms received, by platform. Collections of single places do not speak for their platform. */
async function liveCoverage(database: Database): Promise<Map<string, LiveCoverage>> {
  const rows = await database.rows<{ platform: string; flag: string; from: number; to: number; scope: string }>(`
    select platform, flag, epoch_ms(from_time) as "from", epoch_ms(to_time) as "to", scope from coverage
    where collection in (select collection from coverage where flag = 'collected') and flag in ('collected', 'gap', 'capped')
    order by platform, from_time, to_time, collection`);
  const found = new Map<string, LiveCoverage>();
  for (const { platform, flag, from, to, scope } of rows) {
    const one = found.get(platform) ?? { spans: [], gaps: [], capped: [], scopes: [] };
    found.set(platform, one);
    one[flag === 'collected' ? 'spans' : flag === 'gap' ? 'gaps' : 'capped'].push([from, to]);
    if (!one.scopes.includes(scope)) one.scopes.push(scope);
  }
  return found;
}

/** The parts of the spans that lie in none of the others. */
function without(spans: readonly [number, number][], others: readonly [number, number][]): [number, number][] {
  let left: [number, number][] = spans.map(([from, to]) => [from, to]);
  for (const [a, b] of others) {
    left = left.flatMap(([from, to]): [number, number][] =>
      [[from, Math.min(to, a)] as [number, number], [Math.max(from, b), to] as [number, number]].filter(
        ([x, y]) => y > x,
      ),
    );
  }
  return left;
}

function hourly(rows: readonly { hour: number; posts: number }[]): { start: number; counts: Float64Array } {
  const start = rows[0]!.hour;
  const counts = new Float64Array(Math.round((rows.at(-1)!.hour - start) / hour) + 1);
  for (const row of rows) counts[Math.round((row.hour - start) / hour)] = row.posts;
  return { start, counts };
}

function silences(rows: readonly { hour: number; posts: number }[], posts: number): [number, number][] {
  if (posts < fewestPostsForGaps || rows.length === 0) return [];
  const { start, counts } = hourly(rows);
  if (counts.length > 24 * 366 * 30) return [];
  const byHourOfDay = new Float64Array(24);
  const days = Math.max(1, counts.length / 24);
  for (let h = 0; h < counts.length; h++) byHourOfDay[h % 24] = byHourOfDay[h % 24]! + counts[h]! / days;
  const found: [number, number][] = [];
  for (let h = 0; h < counts.length; h++) {
    if (counts[h]! > 0) continue;
    let end = h;
    let missed = 0;
    while (end < counts.length && counts[end] === 0) missed += byHourOfDay[end++ % 24]!;
    if (missed > gapSurprise && end - h >= 2) found.push([start + h * hour, start + end * hour]);
    h = end;
  }
  return found;
}

function plateaus(rows: readonly { hour: number; posts: number }[]): [number, number][] {
  if (rows.length === 0) return [];
  const { start, counts } = hourly(rows);
  return cappedRuns(counts).map((run): [number, number] => [
    start + run.start * hour,
    start + (run.start + run.length) * hour,
  ]);
}

function merge(spans: [number, number][]): [number, number][] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Part of the time from `from` to `to` in which the platform was being collected, 0 to 1; less the declared loss; where nobody declared it, the part of the hours that hold posts. */
export function coveredShare(coverage: PlatformCoverage, from: number, to: number): number {
  if (to <= from) return 0;
  if (coverage.activeHours) {
    const first = Math.floor(from / hour) * hour;
    const last = Math.floor((to - 1) / hour) * hour;
    let active = 0;
    for (let at = first; at <= last; at += hour) if (coverage.activeHours.has(at)) active++;
    return active / ((last - first) / hour + 1);
  }
  const overlap = ([a, b]: [number, number]) => Math.max(0, Math.min(b, to) - Math.max(a, from));
  const seen = merge(coverage.spans).reduce((sum, span) => sum + overlap(span), 0);
  const lost = coverage.gaps.reduce((sum, gap) => sum + overlap(gap), 0);
  return (Math.max(0, seen - lost) / (to - from)) * (1 - coverage.loss);
}

const iso = (time: number) => new Date(time).toISOString();

export function describeCoverage(coverage: readonly PlatformCoverage[], tiers: VenueTiers): CoverageEntry[] {
  return coverage.map((one) => ({
    platform: one.platform,
    tier: tiers.platform(one.platform),
    from: iso(one.from),
    to: iso(one.to),
    posts: one.posts,
    storyPosts: one.storyPosts,
    declared: one.declared,
    spans: one.spans.map(([from, to]): [string, string] => [iso(from), iso(to)]),
    loss: one.loss,
    gaps: one.gaps.map(([from, to]): [string, string] => [iso(from), iso(to)]),
    capped: one.capped.map(([from, to]): [string, string] => [iso(from), iso(to)]),
    statement: [
      one.collected.length > 0
        ? `Collected live: ${one.collected.join('; ')}. What lies outside that was not looked at.`
        : one.declared
          ? 'Collected as declared by the analyst.'
          : 'Nobody declared what was collected: the span is that of the posts at hand, so nothing is known before its first post.',
      one.loss > 0
        ? `About ${Math.round(100 * one.loss)} % of the posts were missed: counts are lower bounds, the first post at hand need not be the first, and few that acted together are seen doing so.`
        : '',
      one.gaps.length > 0 ? `${one.gaps.length} gaps: what happened in them cannot be seen.` : '',
      one.capped.length > 0
        ? 'The stream was capped for a time: counts there are lower bounds, and who was first or who acted together cannot be told.'
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  }));
}

/** Platforms a reader would think of that the case holds nothing of from the time of the story. */
export function platformsNotCollected(
  coverage: readonly PlatformCoverage[],
  window: { from: number; to: number },
): string[] {
  const seen = new Set(
    coverage.filter((one) => one.from <= window.to && one.to >= window.from).map((one) => one.platform),
  );
  const usual = [
    '4chan',
    '8kun',
    'telegram',
    'gab',
    'reddit',
    'x',
    'bluesky',
    'mastodon',
    'facebook',
    'instagram',
    'youtube',
    'tiktok',
    'news',
  ];
  return usual.filter((platform) => platform in platformTiers && !seen.has(platform));
}
