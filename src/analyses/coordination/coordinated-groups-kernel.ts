import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { poissonUpperTail } from '../../base/poisson.ts';
import { UnionFind } from '../../base/union-find.ts';
import { type Acts, coActions } from './co-action-kernel.ts';

/** Accounts that pairs hold together which coincide more often than chance explains. */
export interface AccountGroup {
  /** Ascending. */
  accounts: number[];
  /** Significant pairs inside. */
  pairs: number;
  /** The largest adjusted p value that holds it together. */
  pValue: number;
}

const falseDiscoveryRate = 0.05;
const fewestTogether = 3;
const mostPairs = 20_000_000;

/**
 * Groups of accounts that acted on the same things at the same time more often than the usual delays of what they share explain:
 * pairs that coincide on at least 3 artifacts with a Poisson tail below .05 after Benjamini-Hochberg over all pairs that ever
 * coincided, joined to connected components. `strength` by account: coincidences above chance in its significant pairs.
 * @throws RangeError where more than 20 million coincidences come up.
 */
export function coordinatedGroups(
  acts: Acts,
  windowSeconds: number,
  accountCount: number,
): { groups: AccountGroup[]; strength: Float64Array } {
  const found = coActions(acts, windowSeconds * 1000, fewestTogether, mostPairs);
  const pValues = Float64Array.from(found.weight, (weight, pair) =>
    poissonUpperTail(weight, Math.max(found.expected[pair]!, 1e-9)),
  );
  const adjusted = benjaminiHochberg(pValues, Math.max(found.tested, pValues.length));
  const significant = [...adjusted.keys()].filter((pair) => adjusted[pair]! < falseDiscoveryRate);
  const strength = new Float64Array(accountCount);
  const sets = new UnionFind(accountCount);
  for (const pair of significant) {
    sets.union(found.a[pair]!, found.b[pair]!);
    for (const end of [found.a[pair]!, found.b[pair]!])
      strength[end] = strength[end]! + found.weight[pair]! - found.expected[pair]!;
  }
  const components = new Map<number, { accounts: Set<number>; pairs: number; pValue: number }>();
  for (const pair of significant) {
    const root = sets.find(found.a[pair]!);
    const component = components.get(root) ?? { accounts: new Set<number>(), pairs: 0, pValue: 0 };
    component.accounts.add(found.a[pair]!).add(found.b[pair]!);
    component.pairs++;
    component.pValue = Math.max(component.pValue, adjusted[pair]!);
    components.set(root, component);
  }
  const groups = [...components.values()].map((one) => ({
    ...one,
    accounts: [...one.accounts].sort((x, y) => x - y),
  }));
  return { groups, strength };
}
