import { expect, it } from 'vitest';
import { Random } from '../../base/random.ts';
import { countPairs, EdgeCollector, pairRanges } from './co-share-kernel.ts';
import { estimateEdges } from './estimate-edges-kernel.ts';
import { emptyShares, orderShares } from './share-columns-kernel.ts';

it('is exact for all accounts and near for a sample', () => {
  const random = new Random(3);
  const shares = emptyShares(40_000);
  for (let row = 0; row < 40_000; row++) {
    shares.artifact[row] = 1 + Math.floor(20 * random.uniform() ** 2);
    shares.account[row] = Math.floor(4000 * random.uniform());
    shares.time[row] = Math.floor(86_400e6 * random.uniform());
    shares.content[row] = row;
  }
  const ordered = orderShares(shares);
  const rules = { window: 60e6, keepLoops: false };
  const count = countPairs(ordered, rules, 4000);
  const collector = new EdgeCollector(ordered, rules, 4000, true);
  for (const range of pairRanges(count, 1e9)) collector.add(range, count);
  const edges = collector.finish().count;
  expect(estimateEdges(ordered, rules, 1)).toBe(edges);
  expect(Math.abs(estimateEdges(ordered, rules, 10) / edges - 1)).toBeLessThan(0.1);
});
