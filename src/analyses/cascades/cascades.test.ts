import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestPost } from '../../../test/support/case-of-posts.ts';
import { matchedDifference } from '../../base/matched-difference.ts';
import { Random } from '../../base/random.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import type { CascadesResult } from './cascades-result.ts';

const start = Date.UTC(2020, 0, 1);

async function run(posts: readonly TestPost[], options: Record<string, unknown> = {}): Promise<CascadesResult> {
  const { spilloverCase, remove } = await caseOfPosts(posts);
  try {
    return (await analyse(spilloverCase, 'cascades', { options }, quietEffects)).result as CascadesResult;
  } finally {
    remove();
  }
}

/** The 7-post tree of the oracle: 1, 2, 3 answer 0; 4, 5 answer 1; 6 answers 4. */
const tree: TestPost[] = [null, 0, 0, 0, 1, 1, 4].map((parent, i) => ({
  id: `p${i}`,
  time: start + i * 60_000,
  kind: parent === null ? 'original' : 'reply',
  ...(parent === null ? {} : { parent: `p${parent}` }),
}));

describe('cascades', () => {
  it('measures a stated tree', async () => {
    const { top, links } = await run([...tree, { id: 'alone', time: start }]);
    expect(top).toHaveLength(1);
    expect(top[0]).toMatchObject({
      root: 'x/p0',
      size: 7,
      depth: 3,
      maxBreadth: 3,
      breadthByDepth: [1, 3, 2, 1],
      replies: 6,
    });
    expect(top[0]!.structuralVirality).toBeCloseTo(2.190476, 5);
    expect(top[0]).toMatchObject({ halfSeconds: 180, lastSeconds: 360, withinTenSeconds: 0, withinHour: 1 });
    expect(links).toEqual({ reshare: 0, reply: 6, quote: 0 });
  });

  it('keeps cascades whose root was not collected, and leaves out links to later posts', async () => {
    const result = await run([
      { id: 'a', time: start, kind: 'reshare', parent: 'gone' },
      { id: 'b', time: start + 1000, kind: 'reshare', parent: 'gone' },
      { id: 'c', time: start, kind: 'reply', parent: 'd' },
      { id: 'd', time: start + 5000, kind: 'reply', parent: 'c' },
    ]);
    expect(result).toMatchObject({ parentMissing: 2, parentLater: 1, cascades: 2 });
    expect(result.top[0]).toMatchObject({ root: 'x/gone', rootCollected: false, size: 3, reshares: 2, lastSeconds: 1 });
  });

  it('shows the spread of possible trees where only the root is known', async () => {
    const flat: TestPost[] = Array.from({ length: 40 }, (_, i) => ({
      id: `r${i}`,
      time: start + i * 30_000,
      kind: i === 0 ? 'original' : 'reshare',
      reach: i === 0 ? 5000 : i === 3 ? 50_000 : 100,
      ...(i === 0 ? {} : { parent: 'r0' }),
    }));
    const { top, ensembles } = await run(flat, { trees: 20 });
    expect(top[0]!.depth).toBe(1);
    expect(ensembles[0]!.trees).toBe(16 * 20);
    expect(ensembles[0]!.depth.median).toBeGreaterThan(1);
    expect(ensembles[0]!.depth.low).toBeLessThan(ensembles[0]!.depth.high);
    expect(ensembles[0]!.carriers[0]!.post).toBe('x/r3');
    expect(ensembles[0]!.carriers[0]!.casin).toBeGreaterThan(10);
    expect(await run(new Random(1).shuffle([...flat]), { trees: 20 })).toMatchObject({ ensembles });
  });
});

describe('matchedDifference', () => {
  it('sees a difference within sizes and no difference that is only size', () => {
    const random = new Random(1);
    const size = Array.from({ length: 400 }, (_, i) => (i < 200 ? 2 + (i % 5) : 2 + (i % 3)));
    const first = size.map((_, i) => i < 200);
    const onlySize = matchedDifference(
      Float64Array.from(size, (one) => one * 3),
      first,
      size,
      random,
    )!;
    expect(onlySize.difference).toBeCloseTo(0, 12);
    expect(onlySize.pValue).toBeGreaterThan(0.5);
    const real = matchedDifference(
      Float64Array.from(size, (one, i) => one + (first[i] ? 1 : 0) + random.uniform()),
      first,
      size,
      random,
    )!;
    expect(real.difference).toBeGreaterThan(0.8);
    expect(real.pValue).toBe(0.001);
    expect(matchedDifference(Float64Array.of(1, 2), [true, false], [1, 2], random)).toBeNull();
  });
});
