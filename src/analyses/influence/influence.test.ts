import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestPost } from '../../../test/support/case-of-posts.ts';
import { Random } from '../../base/random.ts';
import { simulateHawkes } from '../../base/simulate-hawkes.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import type { InfluenceResult } from './influence-result.ts';

const start = Date.UTC(2017, 4, 5);
const sides = ['4chan', 'x', 'telegram'];

/** Posts of a process in which 4chan sets off X and X sets off Telegram. */
function spreadPosts(): TestPost[] {
  const model = {
    processes: 3,
    decays: Float64Array.of(1 / 600),
    background: Float64Array.of(0.002, 0.0002, 0.0002),
    weights: Float64Array.of(0.2, 1, 0, 0, 0.3, 0.4, 0, 0, 0.1),
  };
  const events = simulateHawkes(model, { from: 0, to: 200_000 }, new Random(5));
  return Array.from(events.times, (seconds, i) => ({
    id: String(i),
    platform: sides[events.process[i]!]!,
    account: sides[events.process[i]!] === '4chan' ? null : `u${i % 40}`,
    time: start + Math.floor(seconds * 1000),
    urls: [`https://example.org/${Math.floor(seconds / 50_000)}`],
  }));
}

async function run(posts: readonly TestPost[], options: Record<string, unknown> = {}): Promise<InfluenceResult> {
  const { spilloverCase, remove } = await caseOfPosts(posts);
  try {
    return (await analyse(spilloverCase, 'influence', { options: { replicates: 40, ...options } }, quietEffects))
      .result as InfluenceResult;
  } finally {
    remove();
  }
}

describe('influence', () => {
  const posts = spreadPosts();
  const pair = (result: InfluenceResult, source: string, destination: string) =>
    result.pairs.find((one) => one.source === source && one.destination === destination)!;

  it('finds who set off whom, directly and at the root', async () => {
    const result = await run(posts);
    expect(pair(result, '4chan', 'x').weight.value).toBeGreaterThan(0.7);
    expect(pair(result, '4chan', 'x').weight.value).toBeLessThan(1.3);
    expect(pair(result, '4chan', 'telegram').directShare.value).toBeLessThan(0.1);
    expect(pair(result, '4chan', 'telegram').rootShare.value).toBeGreaterThan(0.4);
    expect(pair(result, '4chan', 'x').exceedsReverse).toBe(1);
    expect(pair(result, '4chan', 'x').examples).toHaveLength(3);
    for (const side of sides) {
      const shares = result.pairs.filter((one) => one.destination === side).map((one) => one.rootShare.value);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    }
    expect(result.processes.every((one) => one.fit!.pValue > 0.01)).toBe(true);
  });

  it('agrees in bins and per address on the direction', async () => {
    for (const options of [{ form: 'discrete', lagBins: 60, binSeconds: 60 }, { unit: 'url' }]) {
      const result = await run(posts, options);
      const there = pair(result, '4chan', 'x');
      expect(there.rootShare.value, JSON.stringify(options)).toBeGreaterThan(
        pair(result, 'x', '4chan').rootShare.value,
      );
      expect(there.exceedsReverse).toBeGreaterThan(0.5);
      expect(there.weight.low).toBeLessThanOrEqual(there.weight.high);
    }
  });

  it('refuses too few posts, and posts of one moment, with the reason', async () => {
    await expect(run(posts.slice(0, 60))).rejects.toThrow(/at least two sides/);
    const same = posts.slice(0, 300).map((post) => ({ ...post, time: start, precisionMs: 1000 }));
    await expect(run(same, { minimumEvents: 10 })).rejects.toThrow(/no order to learn from/);
    const days = posts.map((post) => ({ ...post, precisionMs: 86_400_000 }));
    await expect(run(days)).rejects.toThrow(/at least two sides/);
  });

  it('does not depend on the order of rows, and spreads posts of one second', async () => {
    const coarse = posts.map((post) => ({
      ...post,
      time: Math.floor(post.time! / 60_000) * 60_000,
      precisionMs: 60_000,
    }));
    const here = await run(coarse);
    expect(await run(new Random(1).shuffle([...coarse]))).toEqual(here);
    expect(pair(here, '4chan', 'x').exceedsReverse).toBeGreaterThan(0.9);
  });
});
