import { UnionFind } from '../../base/union-find.ts';

/** Accounts held together by edges, each set ascending, by their smallest account. */
export function connectedParts(a: Uint32Array, b: Uint32Array): number[][] {
  const keys = [...new Set([...a, ...b])].sort((x, y) => x - y);
  const place = new Map(keys.map((key, at) => [key, at]));
  const sets = new UnionFind(keys.length);
  for (let edge = 0; edge < a.length; edge++) sets.union(place.get(a[edge]!)!, place.get(b[edge]!)!);
  const parts = new Map<number, number[]>();
  keys.forEach((key, at) => {
    const root = sets.find(at);
    const part = parts.get(root);
    if (part) part.push(key);
    else parts.set(root, [key]);
  });
  return [...parts.values()];
}
