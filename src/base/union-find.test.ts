import { describe, expect, it } from 'vitest';
import { UnionFind } from './union-find.ts';

describe('UnionFind', () => {
  it('starts with every member alone', () => {
    expect([...new UnionFind(3).roots()]).toEqual([0, 1, 2]);
  });

  it('names each set by its smallest member', () => {
    const sets = new UnionFind(7);
    expect(sets.union(6, 5)).toBe(true);
    expect(sets.union(5, 2)).toBe(true);
    expect(sets.union(4, 3)).toBe(true);
    expect(sets.union(2, 6)).toBe(false);
    expect([...sets.roots()]).toEqual([0, 1, 2, 3, 3, 2, 2]);
  });

  it('gives the same roots for any order of the unions', () => {
    const pairs = [
      [0, 9],
      [3, 4],
      [9, 8],
      [4, 8],
      [1, 2],
    ] as const;
    const rootsOf = (order: readonly (readonly [number, number])[]) => {
      const sets = new UnionFind(10);
      for (const [one, other] of order) sets.union(one, other);
      return [...sets.roots()];
    };
    expect(rootsOf([...pairs].reverse())).toEqual(rootsOf(pairs));
    expect(rootsOf(pairs)).toEqual([0, 1, 1, 0, 0, 5, 6, 7, 0, 0]);
  });

  it('walks a long chain without recursion', () => {
    const sets = new UnionFind(200_000);
    for (let member = 199_999; member > 0; member--) sets.union(member, member - 1);
    expect(sets.find(199_999)).toBe(0);
  });
});
