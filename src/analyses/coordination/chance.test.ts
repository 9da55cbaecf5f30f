import { describe, expect, it } from 'vitest';
import { type PlantedGroupOptions, shareWorld } from '../../../test/support/share-world.ts';
import { resolveOptions } from '../analysis.ts';
import { connectedParts } from './connected-parts.ts';
import { coordinationDefinition, coordinationOptions } from './coordination-options.ts';
import { runChance } from './run-chance.ts';
import { orderShares } from './share-columns-kernel.ts';

const world = { shares: 20_000, accounts: 2_500, objects: 4_000, days: 10, burstShare: 0.2, fanShare: 0.1 };
const options = coordinationOptions(resolveOptions(coordinationDefinition, {}));
const planted = (accounts: number, spreadSeconds: number, ownObjects: number): PlantedGroupOptions => ({
  accounts,
  coActions: 12,
  spreadSeconds,
  ownObjects,
  taking: 0.85,
});

/** Sets of three and more accounts that significant edges hold together. */
async function groupsOf(shares: ReturnType<typeof shareWorld>['shares']): Promise<number[][]> {
  const prepared = {
    shares,
    isItself: null,
    kinds: ['url'],
    kindOf: new Uint8Array(0),
    platforms: undefined,
    nameOf: async (artifact: number) => `artifact ${artifact}`,
    read: { shares: 0, accounts: 0, artifacts: 0, withoutAccount: 0, withoutTime: 0, leftOut: 0, repeats: 0 },
  };
  const { edges, tested } = await runChance(prepared, options, 60, { onStep: () => {}, signal: undefined });
  const flagged = tested.edges.filter((_, place) => tested.adjusted[place]! < options.level);
  return connectedParts(
    Uint32Array.from(flagged, (edge) => edges.a[edge]!),
    Uint32Array.from(flagged, (edge) => edges.b[edge]!),
  ).filter((one) => one.length >= 3);
}

describe('the test against chance', () => {
  it.each([1, 2, 3])('finds no group in a world without coordination (seed %i)', async (seed) => {
    const { shares } = shareWorld({ ...world, seed, groups: [] });
    expect(await groupsOf(shares)).toEqual([]);
  });

  it.each([
    ['things that nobody else shares', 1],
    ['things that others share too', 0],
  ])('recovers groups that act together on %s', async (_, own) => {
    const groups = [planted(5, 5, own), planted(12, 20, own), planted(30, 15, own)];
    const { shares, groups: truth } = shareWorld({ ...world, seed: 11, groups });
    const wanted = new Set(truth.flat());
    const found = new Set((await groupsOf(shares)).flat());
    const right = [...found].filter((account) => wanted.has(account)).length;
    expect(right / found.size).toBeGreaterThanOrEqual(0.9);
    expect(right / wanted.size).toBeGreaterThanOrEqual(0.9);
  });

  it('does not depend on a shift in time or on the names of accounts', async () => {
    const { shares } = shareWorld({ ...world, seed: 12, groups: [planted(8, 10, 0.5)] });
    const first = await groupsOf(shares);
    const shifted = { ...shares, time: shares.time.map((time) => time + 7 * 24 * 3.6e9) };
    expect(await groupsOf(shifted)).toEqual(first);
    expect(first.length).toBeGreaterThan(0);
    const turned = orderShares({ ...shares, account: shares.account.map((account) => 9_999 - account) });
    const back = (await groupsOf(turned)).map((group) => group.map((account) => 9_999 - account).sort((x, y) => x - y));
    expect(back.sort((x, y) => x[0]! - y[0]!)).toEqual(first);
  });
});
