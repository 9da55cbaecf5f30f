import { expect, test } from 'vitest';
import { axisTicks } from './axis-ticks.ts';
import { mapLanes } from './map-lanes.ts';
import { niceBins } from './nice-bins.ts';
import { placeLabels } from './place-labels.ts';
import { panSpan, zoomSpan } from './time-span.ts';
import { areaPath, storedVolume } from './volume-bins.ts';

const iso = (time: number) => new Date(time).toISOString();

test.each([
  ['milliseconds', 0, 25, 1],
  ['seconds', 0, 9000, 1000],
  ['hours', 0, 8 * 3_600_000, 3_600_000],
  ['days', 0, 9 * 86_400_000, 86_400_000],
])('ticks over %s stand at round times', (_, from, to, step) => {
  const ticks = axisTicks(from, to, 10, iso);
  expect(ticks.length).toBeGreaterThan(3);
  expect(ticks.length).toBeLessThanOrEqual(27);
  for (const tick of ticks) expect(tick.time % step).toBe(0);
});

test('ticks over years stand at the first of January, in the zone of the reader', () => {
  const from = Date.UTC(2010, 4, 1);
  const to = Date.UTC(2024, 4, 1);
  const offset = 3_600_000;
  const ticks = axisTicks(from, to, 8, iso, () => offset);
  expect(ticks.map((tick) => iso(tick.time + offset).slice(4, 16))).toEqual(ticks.map(() => '-01-01T00:00'));
  expect(ticks.length).toBeGreaterThan(5);
});

test('labels never lie on each other and never leave the plot', () => {
  const labels = Array.from({ length: 40 }, (_, place) => ({
    x: (place * 37) % 600,
    width: 60 + ((place * 13) % 90),
  })).sort((a, b) => a.x - b.x);
  const placed = placeLabels(labels, 600, 8);
  placed.forEach((one, a) => {
    expect(one.left).toBeGreaterThanOrEqual(0);
    expect(one.left + labels[a]!.width).toBeLessThanOrEqual(600);
    placed.forEach((other, b) => {
      if (a >= b || one.row !== other.row) return;
      expect(one.left + labels[a]!.width <= other.left || other.left + labels[b]!.width <= one.left).toBe(true);
    });
  });
});

test('lanes go from fringe to mainstream, within a tier by their first post', () => {
  const lanes = mapLanes({
    coverage: [
      { platform: 'news', tier: 'mainstream', storyPosts: 2 },
      { platform: 'x', tier: 'social', storyPosts: 9 },
      { platform: 'bluesky', tier: 'social', storyPosts: 4 },
      { platform: '4chan', tier: 'fringe', storyPosts: 1 },
      { platform: 'reddit', tier: 'social', storyPosts: 0 },
    ],
    volume: [
      { binStart: '2024-01-01T01:00:00Z', binSeconds: 60, platform: 'bluesky', posts: 1 },
      { binStart: '2024-01-01T02:00:00Z', binSeconds: 60, platform: 'x', posts: 1 },
    ],
  } as unknown as Parameters<typeof mapLanes>[0]);
  expect(lanes.map((lane) => lane.platform)).toEqual(['4chan', 'bluesky', 'x', 'news']);
});

test('bins have a round length, begin at a round time and cover the range', () => {
  for (const [from, to] of [
    [1_715_796_935_123, 1_715_796_935_250],
    [1_715_790_000_000, 1_715_801_234_567],
    [0, 40 * 31_557_600_000],
  ] as const) {
    const bins = niceBins({ from, to }, 170);
    expect(bins.bins).toBeLessThanOrEqual(172);
    expect(bins.from % bins.binMs).toBe(0);
    expect(bins.from).toBeLessThanOrEqual(from);
    expect(bins.to).toBeGreaterThanOrEqual(to);
    expect(bins.from + bins.bins * bins.binMs).toBe(bins.to);
  }
});

test('zooming keeps what lies under the pointer and stays within 20 ms and 60 years', () => {
  const span = { from: 1000, to: 2000 };
  expect(zoomSpan(span, 0.5, 1250)).toEqual({ from: 1125, to: 1625 });
  expect(zoomSpan(span, 1e-9, 1500).to - zoomSpan(span, 1e-9, 1500).from).toBeCloseTo(20, 5);
  expect(panSpan(span, 0.1)).toEqual({ from: 1100, to: 2100 });
});

test('stored bins fall into their columns; an area has a step per bin and none where nothing was posted', () => {
  const volume = storedVolume(
    [
      { binStart: '1970-01-01T00:00:00Z', binSeconds: 1, platform: 'x', posts: 2 },
      { binStart: '1970-01-01T00:00:02Z', binSeconds: 1, platform: 'x', posts: 4 },
    ],
    { from: 0, to: 3000 },
  )!;
  expect([...(volume.platforms.get('x') as Float64Array)]).toEqual([2, 0, 4]);
  expect(areaPath([2, 0, 4], (bin) => bin * 10, 50, 40, 4)).toBe('M0.0 50V30.0H10.0V50ZM20.0 50V10.0H30.0V50Z');
});
