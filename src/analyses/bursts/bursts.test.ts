import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestPost } from '../../../test/support/case-of-posts.ts';
import { Random } from '../../base/random.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import type { BurstsResult } from './bursts-result.ts';

const start = Date.UTC(2020, 0, 1);
const hour = 3_600_000;

/** Two days: #steady every 20 minutes, #wave 300 times from hour 30 on, #late in the last half hour. */
function posts(): TestPost[] {
  const made: TestPost[] = [];
  const add = (tag: string, ms: number, text: string) =>
    made.push({ id: `${tag}${made.length}`, time: start + ms, hashtags: [tag], text });
  for (let ms = 0; ms < 48 * hour; ms += hour / 3) add('steady', ms, 'weather report of the day');
  for (let i = 0; i < 300; i++) add('wave', 30 * hour + i * 10_000, 'leaked papers now online');
  for (let i = 0; i < 40; i++) add('late', 47.5 * hour + i * 40_000, 'something else entirely');
  return made;
}

async function run(given: readonly TestPost[], options: Record<string, unknown> = {}): Promise<BurstsResult> {
  const { spilloverCase, remove } = await caseOfPosts(given);
  try {
    return (await analyse(spilloverCase, 'bursts', { options }, quietEffects)).result as BurstsResult;
  } finally {
    remove();
  }
}

describe('bursts', () => {
  it('finds the wave, its onset and what bursts now', async () => {
    const result = await run(posts());
    const of = (value: string) => result.series.find((one) => one.value === value)!;
    expect(of('all posts').bursts.some((one) => one.level >= 1 && Date.parse(one.start) === start + 30 * hour)).toBe(
      true,
    );
    expect(Date.parse(of('all posts').onset!.time)).toBe(start + 30 * hour);
    expect(of('steady').maxLevel).toBe(0);
    expect(result.burstingNow.map((at) => result.series[at]!.value)).toEqual(['late']);
    const earlier = await run(posts(), { at: new Date(start + 30.5 * hour).toISOString() });
    expect(earlier.burstingNow.map((at) => earlier.series[at]!.value)).toEqual(['wave']);
    expect(of('wave').stretches.length).toBeGreaterThan(1);
  });

  it('follows a word, and says when there is no such series', async () => {
    const { series } = await run(posts(), { item: 'term:PAPERS' });
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ kind: 'term', value: 'papers', posts: 300 });
    await expect(run(posts(), { item: '#nothing' })).rejects.toThrow(/No series/);
    await expect(run(posts(), { item: 'nothing' })).rejects.toThrow(/not a series/);
    await expect(run(posts(), { at: 'soon' })).rejects.toThrow(/not a time/);
  });

  it('does not depend on the order of rows and moves with the clock', async () => {
    const here = await run(posts());
    expect(await run(new Random(1).shuffle(posts()))).toEqual(here);
    const later = await run(posts().map((post) => ({ ...post, time: post.time! + 240 * hour })));
    const spans = (result: BurstsResult, shift: number) =>
      result.series.map((one) => [
        one.value,
        one.maxLevel,
        ...one.bursts.map((burst) => Date.parse(burst.start) - shift),
      ]);
    expect(spans(later, 240 * hour)).toEqual(spans(here, 0));
  });
});
