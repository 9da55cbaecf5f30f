import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  coortweetEdges,
  coortweetPairs,
  fastPairs,
  type ShareRow,
  shareRows,
} from '../../../test/support/coortweet-reference.ts';
import { importedCase } from '../../../test/support/imported-case.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { analyse } from '../../case/analyse.ts';
import type { Case } from '../../case/case.ts';
import { quietEffects } from '../../case/effects.ts';
import type { CoordinationResult } from './coordination-result.ts';

const table = sharedData('coortweet/russian_coord_tweets.csv.gz');

async function run(spilloverCase: Case, options: Record<string, unknown>): Promise<CoordinationResult> {
  const { result } = await analyse(
    spilloverCase,
    'coordination',
    { options: { method: 'coortweet', on: 'object', ...options } },
    quietEffects,
  );
  return result as CoordinationResult;
}

const plain = (name: string) => name.replace(/^x\//, '');

function edgeLines(result: CoordinationResult): string[] {
  return result.edges
    .map((one) =>
      [
        plain(one.a),
        plain(one.b),
        one.weight,
        Number(one.avgDelta!.toPrecision(12)),
        one.contentsA,
        one.contentsB,
        Number(one.symmetry.toPrecision(12)),
      ].join(),
    )
    .sort();
}

describe.skipIf(!table)('coortweet on russian_coord_tweets', () => {
  let spilloverCase: Case;
  let remove: () => void;
  let rows: ShareRow[];

  beforeAll(async () => {
    ({ spilloverCase, remove } = await importedCase([table!], { platform: 'x' }));
    rows = shareRows(gunzipSync(readFileSync(table!)).toString('utf8'));
  }, 120_000);
  afterAll(() => remove?.());

  it.each([
    [10, 'edges_tw10_mp2.csv', [447, 525, 170, 442, 3], [95, 8, 4, 4]],
    [60, 'edges_tw60_mp2.csv', [3791, 2110, 502, 3721, 4], [23, 94, 60, 34]],
    [300, 'edges_tw300_mp2.csv.gz', [19887, 3440, 939, 19239, 8], [13, 528, 505, 78]],
  ])('gives the package’s edges at %i s, all of them', async (windowSeconds, file, counts, graph) => {
    const result = await run(spilloverCase, { windowSeconds, minParticipation: 2 });
    const { pairs, accounts, artifacts, edges, maxWeight } = result.counts;
    expect([pairs, accounts, artifacts, edges, maxWeight]).toEqual(counts);
    const { flagged } = result;
    expect([result.components, flagged.accounts, flagged.edges, flagged.components]).toEqual(graph);
    const bytes = readFileSync(sharedData(`oracle/coortweet/${file}`)!);
    const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n').slice(1);
    const wanted = lines.map((line) => {
      const [a, b, weight, delta, left, right, symmetry, threshold] = line.split(',');
      return {
        line: [
          a,
          b,
          Number(weight),
          Number(Number(delta).toPrecision(12)),
          left,
          right,
          Number(Number(symmetry).toPrecision(12)),
        ].join(),
        threshold,
      };
    });
    expect(edgeLines(result)).toEqual(wanted.map(({ line }) => line).sort());
    expect(result.edges.filter((one) => one.flagged).length).toBe(wanted.filter((one) => one.threshold === '1').length);
  });

  it.each([
    [10, 1, true],
    [60, 1, false],
    [60, 2, true],
    [60, 5, false],
    [300, 10, true],
  ])(
    'gives the edges of the published rules at %i s, participation %i, loops kept: %s',
    async (window, participation, loops) => {
      const result = await run(spilloverCase, {
        windowSeconds: window,
        minParticipation: participation,
        keepLoops: loops,
      });
      const pairs = coortweetPairs(rows, window, participation, loops);
      expect(result.counts.pairs).toBe(pairs.length);
      expect(edgeLines(result)).toEqual(coortweetEdges(pairs));
    },
  );

  it('gives fast edges and subgraphs as flag_speed_share and generate_coordinated_network define them', async () => {
    const options = { windowSeconds: 60, minParticipation: 2, fastWindowSeconds: 10, edgeWeight: 0.5 };
    const full = await run(spilloverCase, options);
    const pairs = coortweetPairs(rows, 60, 2, false);
    const fast = coortweetEdges(fastPairs(rows, pairs, 10, 2));
    const found = full.edges.filter((one) => one.fast);
    expect(edgeLines({ ...full, edges: found.map((one) => ({ ...one, ...one.fast! })) })).toEqual(fast);
    const flaggedFast = found.filter((one) => one.fast!.flagged);
    const cut = await run(spilloverCase, { ...options, subgraph: 2 });
    expect(edgeLines(cut)).toEqual(edgeLines({ ...full, edges: flaggedFast }));
    const ends = new Set(flaggedFast.flatMap((one) => [one.a, one.b]));
    const near = new Set(
      full.edges.flatMap((one) => [...(ends.has(one.a) ? [one.b] : []), ...(ends.has(one.b) ? [one.a] : [])]),
    );
    const around = await run(spilloverCase, { ...options, subgraph: 3 });
    expect(edgeLines(around)).toEqual(
      edgeLines({ ...full, edges: full.edges.filter((one) => near.has(one.a) && near.has(one.b)) }),
    );
    expect(flaggedFast.length).toBeGreaterThan(0);
    expect(around.edges.length).toBeGreaterThan(cut.edges.length);
    await expect(run(spilloverCase, { ...options, subgraph: 1 })).rejects.toThrow('Subgraph 1');
  });

  it('counts accounts per object right, and as the package does', async () => {
    const { groupStats, accountStats, edges } = await run(spilloverCase, {
      windowSeconds: 60,
      groupStats: 'none',
      accountStats: 'full',
    });
    expect(groupStats![0]).toEqual({
      artifact: 'object:a371898f3f2019c75eb6f44715db1ec1',
      accounts: 511,
      fromAccounts: 339,
    });
    expect(groupStats!.filter((one) => one.fromAccounts < one.accounts).length).toBe(502);
    const flagged = edges.filter((one) => one.flagged);
    expect(accountStats!.length).toBe(new Set(flagged.flatMap((one) => [one.a, one.b])).size);
  });

  it('lists the posts of every edge', async () => {
    const { edges } = await run(spilloverCase, { windowSeconds: 10, posts: true, objects: true });
    const accountOf = new Map(rows.map((row) => [row.content, row.account]));
    for (const edge of edges) {
      expect(new Set(edge.posts!.map((post) => accountOf.get(plain(post))))).toEqual(
        new Set([plain(edge.a), plain(edge.b)]),
      );
      expect(edge.objects!.length).toBeGreaterThan(0);
    }
  });
});
