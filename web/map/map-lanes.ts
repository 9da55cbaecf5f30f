import type { Tier, TraceResult } from '../../src/analyses/trace/trace-result.ts';

export interface Lane {
  platform: string;
  tier: Tier;
  posts: number;
}

export const tierOrder: Record<Tier, number> = { fringe: 0, social: 1, mainstream: 2 };

/** Platforms with posts of the story, from fringe to mainstream, within a tier by their first post. */
export function mapLanes(result: Pick<TraceResult, 'coverage' | 'volume'>): Lane[] {
  const first = new Map<string, string>();
  for (const bin of result.volume) {
    const known = first.get(bin.platform);
    if (bin.posts > 0 && (known === undefined || bin.binStart < known)) first.set(bin.platform, bin.binStart);
  }
  return result.coverage
    .filter((one) => one.storyPosts > 0)
    .map(({ platform, tier, storyPosts }) => ({ platform, tier, posts: storyPosts }))
    .sort(
      (a, b) =>
        tierOrder[a.tier] - tierOrder[b.tier] ||
        (first.get(a.platform) ?? '').localeCompare(first.get(b.platform) ?? '') ||
        a.platform.localeCompare(b.platform),
    );
}
