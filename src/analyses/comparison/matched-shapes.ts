import type { CampaignProfile } from './campaign-profile.ts';
import type { MatchedShapes } from './comparison-result.ts';

const fewestCascades = 5;
const sizes: readonly [from: number, to: number][] = [
  [3, 4],
  [5, 9],
  [10, 19],
  [20, 49],
  [50, 99],
  [100, 499],
  [500, Infinity],
];

/** Mean depth, breadth and structural virality of cascades of like size, where both stories have at least 5 of them. */
export function matchedShapes(profiles: readonly CampaignProfile[], pair: [number, number]): MatchedShapes[] {
  return sizes.flatMap(([from, to]) => {
    const [a, b] = pair.map((at) => profiles[at]!.cascades.filter((one) => one.size >= from && one.size <= to)) as [
      CampaignProfile['cascades'],
      CampaignProfile['cascades'],
    ];
    if (a.length < fewestCascades || b.length < fewestCascades) return [];
    const mean = (list: CampaignProfile['cascades'], key: 'depth' | 'breadth' | 'virality') =>
      list.reduce((sum, one) => sum + one[key], 0) / list.length;
    const both = (key: 'depth' | 'breadth' | 'virality'): [number, number] => [mean(a, key), mean(b, key)];
    return [
      {
        campaigns: pair,
        size: to === Infinity ? `${from} or more` : `${from} to ${to}`,
        counts: [a.length, b.length],
        depth: both('depth'),
        breadth: both('breadth'),
        virality: both('virality'),
      },
    ];
  });
}
