import { expect, it } from 'vitest';
import type { PlatformCoverage } from './coverage.ts';
import type { TracePosts } from './load-trace-posts.ts';
import { keptParts, sampledWithin } from './sampling.ts';

const hour = 3_600_000;
const posts = {
  count: 8,
  platforms: ['telegram', 'x'],
  platform: Uint8Array.of(0, 0, 1, 1, 1, 1, 0, 0),
  time: Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7], (at) => at * hour),
} as unknown as TracePosts;
const covered = (platform: string, loss: number, capped: [number, number][]) =>
  ({ platform, loss, capped }) as unknown as PlatformCoverage;

it('takes off what was declared lost, and half of the posts that stand in capped runs', () => {
  const kept = keptParts(posts, [covered('telegram', 0.2, []), covered('x', 0, [[3 * hour, 5 * hour]])]);
  expect([...kept]).toEqual([0.8, 0.75]);
  expect([...keptParts(posts, [])]).toEqual([1, 1]);
});

it('leaves a count open only where something is missing', () => {
  expect(sampledWithin(1, 10)).toBe(0);
  expect(sampledWithin(0.75, 10)).toBeCloseTo(1.645 * Math.sqrt(0.025), 12);
});
