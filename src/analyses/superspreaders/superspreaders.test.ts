import { describe, expect, it } from 'vitest';
import { caseOfPosts, type TestPost } from '../../../test/support/case-of-posts.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import type { CommunitiesResult } from '../communities/communities-result.ts';
import { dismantlingCurve, takenUntil } from './dismantling-kernel.ts';
import type { SuperspreadersResult } from './superspreaders-result.ts';

const start = Date.UTC(2020, 0, 1);

/** Posts of an account with these numbers of reshares, by accounts of the same camp. */
function camp(author: string, counts: readonly number[], fans: string): TestPost[] {
  return counts.flatMap((n, post) => [
    { id: `${author}${post}`, account: author, time: start + post * 1000, reshares: 10 * n },
    ...Array.from(
      { length: n },
      (_, i): TestPost => ({
        id: `${author}${post}-${i}`,
        account: `${fans}${i}`,
        time: start + post * 1000 + i * 100 + 50,
        kind: 'reshare',
        parent: `${author}${post}`,
      }),
    ),
  ]);
}

async function run<T>(posts: readonly TestPost[], id: string, options: Record<string, unknown> = {}): Promise<T> {
  const { spilloverCase, remove } = await caseOfPosts(posts);
  try {
    return (await analyse(spilloverCase, id, { options }, quietEffects)).result as T;
  } finally {
    remove();
  }
}

const posts = [
  ...camp('one', [10, 8, 5, 4, 3], 'r'),
  ...camp('two', [25, 8, 5, 3, 3], 's'),
  ...camp('three', [60], 't'),
];

describe('superspreaders', () => {
  it('ranks by FIB and by total reshares', async () => {
    const result = await run<SuperspreadersResult>(posts, 'superspreaders');
    const of = (account: string) => result.superspreaders.find((one) => one.account === `x/${account}`)!;
    expect([of('one').fib, of('two').fib, of('three').fib]).toEqual([4, 3, 1]);
    expect([of('one').reshares, of('two').reshares, of('three').reshares]).toEqual([30, 44, 60]);
    expect(of('three').evidence).toEqual([{ post: 'x/three0', reshares: 60 }]);
    expect(result.reshares).toBe(134);
    const byReshares = result.dismantling.find((one) => one.ranking === 'reshares')!;
    expect(byReshares.curve[1]).toEqual([1, 0.552239]);
    expect(result.halfAt).toEqual([
      { ranking: 'FIB', accounts: 2 },
      { ranking: 'reshares', accounts: 2 },
      { ranking: 'core', accounts: 2 },
    ]);
    const stated = await run<SuperspreadersResult>(posts, 'superspreaders', { count: 'stated' });
    expect(stated.superspreaders.find((one) => one.account === 'x/three')!.reshares).toBe(600);
  });

  it('dismantles nothing where nothing was reshared', () => {
    expect(dismantlingCurve([0, 0], [0, 1])).toEqual([[0, 1]]);
    expect(takenUntil([0, 0], [0, 1], 0.5)).toBe(0);
    expect(dismantlingCurve([1, 3], [1, 0])).toEqual([
      [0, 1],
      [1, 0.25],
      [2, 0],
    ]);
  });
});

describe('communities', () => {
  it('finds the camps and says how firm they are', async () => {
    const result = await run<CommunitiesResult>(posts, 'communities');
    expect(result.communities.map((one) => one.leaders[0]!.account)).toEqual(['x/three', 'x/two', 'x/one']);
    expect(result.communities.map((one) => one.accounts.length)).toEqual([61, 26, 11]);
    expect(result.stability).toBe(1);
    expect(result.communities[0]!.inside).toBe(1);
  });

  it('refuses a network that is too small', async () => {
    await expect(run(posts.slice(0, 5), 'communities')).rejects.toThrow(/Too few for communities/);
  });
});
