import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importedCase } from '../../../test/support/imported-case.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { analyse } from '../../case/analyse.ts';
import type { Case } from '../../case/case.ts';
import { quietEffects } from '../../case/effects.ts';
import type { CoordinationResult } from './coordination-result.ts';
import { cosineEdges } from './cosine-kernel.ts';
import { orderShares } from './share-columns-kernel.ts';

const toolkit = sharedData('formats/coordination_network_toolkit/coretweet_test_input.csv');
const table = sharedData('coortweet/russian_coord_tweets.csv.gz');
const oracles = sharedData('oracle/methods.json');

async function run(spilloverCase: Case, options: Record<string, unknown>): Promise<CoordinationResult> {
  const { result } = await analyse(spilloverCase, 'coordination', { options }, quietEffects);
  return result as CoordinationResult;
}

describe.skipIf(!toolkit)('cnt on the toolkit’s own test input', () => {
  let spilloverCase: Case;
  let remove: () => void;
  beforeAll(async () => {
    ({ spilloverCase, remove } = await importedCase([toolkit!], { platform: 'x' }));
  }, 120_000);
  afterAll(() => remove?.());

  it.each([
    [1, 1, false, 2],
    [1, 1, true, 3],
    [1, 2, false, 0],
    [1, 2, true, 1],
    [60, 1, false, 6],
    [60, 1, true, 7],
  ])(
    'joins at %i s, weight %i, loops %s: %i accounts by co-retweets',
    async (windowSeconds, minWeight, keepLoops, nodes) => {
      const result = await run(spilloverCase, { method: 'cnt', on: 'reshared', windowSeconds, minWeight, keepLoops });
      expect(result.counts.accounts).toBe(nodes);
      expect(new Set(result.edges.flatMap((one) => [one.a, one.b])).size).toBe(nodes);
      const asParticipation = await run(spilloverCase, {
        method: 'cnt',
        on: 'reshared',
        windowSeconds,
        minParticipation: minWeight,
        keepLoops,
      });
      expect(asParticipation.edges).toEqual(result.edges);
    },
  );

  it('makes no edges from empty addresses', async () => {
    await expect(run(spilloverCase, { method: 'cnt', on: 'url', minWeight: 1, windowSeconds: 3600 })).rejects.toThrow(
      'no shares of url',
    );
  });
});

describe.skipIf(!table)('published methods on russian_coord_tweets', () => {
  let spilloverCase: Case;
  let remove: () => void;
  beforeAll(async () => {
    ({ spilloverCase, remove } = await importedCase([table!], { platform: 'x' }));
  }, 120_000);
  afterAll(() => remove?.());

  it('gives cnt’s directed edges: 12,412 at 60 s, 62 of them with another weight backwards, 95 from weight 2', async () => {
    const { edges } = await run(spilloverCase, { method: 'cnt', on: 'object', windowSeconds: 60, minWeight: 1 });
    expect(edges.length).toBe(12_412);
    const weightOf = new Map(edges.map((one) => [`${one.a} ${one.b}`, one.weight]));
    expect(edges.filter((one) => weightOf.get(`${one.b} ${one.a}`) !== one.weight).length).toBe(62);
    const heavy = await run(spilloverCase, { method: 'cnt', on: 'object', windowSeconds: 60, minWeight: 2 });
    expect(heavy.edges.length).toBe(95);
  });

  it('finds nothing significant where two accounts hardly ever coincide three times', async () => {
    const result = await run(spilloverCase, { method: 'spillover', on: 'object', sweep: 'none' });
    expect(result.insufficient).toBe(null);
    expect(result.groups).toEqual([]);
  });

  it('takes the top similarities of active accounts', async () => {
    const result = await run(spilloverCase, { method: 'cosine', on: 'object', minParticipation: 20, posts: true });
    const { counts, threshold, edges } = result;
    expect(edges.every((one) => one.flagged === one.weight >= threshold!)).toBe(true);
    expect(edges.filter((one) => one.flagged).length).toBeGreaterThanOrEqual(Math.floor(counts.edges * 0.005));
    expect(edges[0]!.posts!.length).toBeGreaterThan(1);
  });
});

describe.skipIf(!oracles)('cosine', () => {
  it('agrees with the recorded similarities', () => {
    const all = JSON.parse(readFileSync(oracles!, 'utf8')) as {
      oracles: { id: string; inputs: { rows?: number[][] } }[];
    };
    expect(all.oracles.some((one) => /tf-?idf/i.test(one.id))).toBe(true);
    const rows = [
      [1, 1, 1, 0, 0],
      [1, 1, 0, 0, 0],
      [0, 0, 1, 2, 0],
      [0, 0, 0, 1, 3],
    ];
    const acts = rows.flatMap((row, account) =>
      row.flatMap((times, artifact) => Array.from({ length: times }, () => ({ account, artifact }))),
    );
    const { a, b, cosine } = cosineEdges(
      orderShares({
        artifact: Uint32Array.from(acts, (one) => one.artifact),
        account: Uint32Array.from(acts, (one) => one.account),
        time: new Float64Array(acts.length),
        content: Uint32Array.from(acts.keys()),
      }),
    );
    const found = Array.from(a, (one, edge) => [one, b[edge]!, Number(cosine[edge]!.toFixed(6))]);
    expect(found).toEqual([
      [0, 1, 0.816497],
      [0, 2, 0.258199],
      [2, 3, 0.227339],
    ]);
  });
});
