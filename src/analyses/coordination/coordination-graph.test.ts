import { UndirectedGraph } from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { expect, it } from 'vitest';
import { importedCase } from '../../../test/support/imported-case.ts';
import { sampleFile } from '../../../test/support/importer-checks.ts';
import { analyse } from '../../case/analyse.ts';
import { quietEffects } from '../../case/effects.ts';
import { gexf } from '../../exports/gexf.ts';
import { graphml } from '../../exports/graphml.ts';

const rows = [1, 2, 3].flatMap((n) => [
  `https://example.org/${n},a,p${n}a,${1_600_000_000 + n * 5000}`,
  `https://example.org/${n},b,p${n}b,${1_600_000_004 + n * 5000}`,
  `https://example.org/${n},c,p${n}c,${1_600_000_900 + n * 5000}`,
]);

it('writes every edge with its posts, so that graphology reads them back', async () => {
  const file = sampleFile('shares.csv', `object_id,account_id,content_id,timestamp_share\n${rows.join('\n')}\n`);
  const { spilloverCase, remove } = await importedCase([file], { platform: 'x' });
  const options = { method: 'coortweet', on: 'url,object', edgeWeight: 0, posts: true };
  const run = await analyse(spilloverCase, 'coordination', { options }, quietEffects);
  const posts = 'x/p1a x/p1b x/p2a x/p2b x/p3a x/p3b';
  const ofGexf = parseGexf(UndirectedGraph, [...gexf(run.network!, { dynamic: false })].join(''));
  const ofGraphml = parseGraphml(UndirectedGraph, [...graphml(run.network!)].join(''));
  expect(ofGexf.nodes().sort()).toEqual(['x/a', 'x/b']);
  expect(ofGraphml.mapNodes((_, { name }) => name).sort()).toEqual(['x/a', 'x/b']);
  for (const graph of [ofGexf, ofGraphml])
    expect(graph.mapEdges((_, attributes) => attributes)).toMatchObject([{ weight: 6, avg_time_delta: 4, posts }]);
  const { edges } = run.result as { edges: { layers: Record<string, number> }[] };
  expect(edges[0]!.layers).toEqual({ url: 3, object: 3 });
  await expect(
    analyse(spilloverCase, 'coordination', { options: { method: 'cosine', windowSeconds: 5 } }, quietEffects),
  ).rejects.toThrow('does not know --window');
  remove();
});
