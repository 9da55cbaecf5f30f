import { writeSync } from 'node:fs';
import { resolveOptions } from '../src/analyses/analysis.ts';
import { connectedParts } from '../src/analyses/coordination/connected-parts.ts';
import { coordinationDefinition, coordinationOptions } from '../src/analyses/coordination/coordination-options.ts';
import { runChance } from '../src/analyses/coordination/run-chance.ts';
import { type PlantedGroupOptions, shareWorld } from '../test/support/share-world.ts';

/**
 * Proof of the test against chance: 20 worlds without coordination may show at most one group; in 20 worlds with groups of 5 to 50 accounts that act within 5 to 20 s,
 * precision and recall of accounts must reach .9. `node --import tsx bench/coordination-chance.ts [seeds]`
 */
const seeds = Number(process.argv[2] ?? 20);
const world = { shares: 40_000, accounts: 4_000, objects: 8_000, days: 14 };
const calm = { burstShare: 0.15, fanShare: 0.1 };
const stormy = { burstShare: 0.4, fanShare: 0.3 };
const options = coordinationOptions(resolveOptions(coordinationDefinition, {}));

async function groupsOf(shares: ReturnType<typeof shareWorld>['shares']): Promise<number[][]> {
  const prepared = {
    shares,
    isItself: null,
    kinds: ['url'],
    kindOf: new Uint8Array(0),
    platforms: undefined,
    nameOf: async () => '',
    read: {},
  };
  const { edges, tested } = await runChance(prepared as never, options, 60, { onStep: () => {}, signal: undefined });
  const flagged = tested.edges.filter((_, place) => tested.adjusted[place]! < options.level);
  return connectedParts(
    Uint32Array.from(flagged, (edge) => edges.a[edge]!),
    Uint32Array.from(flagged, (edge) => edges.b[edge]!),
  ).filter((one) => one.length >= 3);
}

const planted = (coActions: number, ownObjects: number): PlantedGroupOptions[] =>
  [5, 8, 12, 20, 50].map((accounts, place) => ({
    accounts,
    coActions,
    spreadSeconds: [5, 10, 20, 20, 15][place]!,
    ownObjects,
    taking: 0.8,
  }));

for (const [name, weather] of [
  ['calm', calm],
  ['stormy', stormy],
] as const) {
  let withGroup = 0;
  for (let seed = 1; seed <= seeds; seed++)
    if ((await groupsOf(shareWorld({ ...world, ...weather, seed, groups: [] }).shares)).length > 0) withGroup++;
  writeSync(
    1,
    `${JSON.stringify({ worlds: `without coordination, ${name}`, seeds, withSignificantGroup: withGroup, allowed: 1 })}\n`,
  );
}
for (const [name, own] of [
  ['own objects', 1],
  ['objects others share too', 0],
  ['half and half', 0.5],
] as const)
  for (const coActions of [8, 12, 20]) {
    let right = 0;
    let found = 0;
    let wanted = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { shares, groups } = shareWorld({ ...world, ...calm, seed, groups: planted(coActions, own) });
      const truth = new Set(groups.flat());
      const seen = new Set((await groupsOf(shares)).flat());
      wanted += truth.size;
      found += seen.size;
      for (const account of seen) if (truth.has(account)) right++;
    }
    writeSync(
      1,
      `${JSON.stringify({ worlds: `planted on ${name}, ${coActions} co-actions`, seeds, precision: Number((right / found).toFixed(4)), recall: Number((right / wanted).toFixed(4)) })}\n`,
    );
  }
