import type { Case } from './case.ts';
import { type PostFilter, postCondition } from './post-filter.ts';
import { caseTiers } from './show-posts.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const lengths = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => n),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 56, 91, 182, 364, 728].map((n) => n * day),
];

/** The shortest round length of a bin with which a span needs no more than `bins` of them. */
export function roundBin(spanMs: number, bins: number): number {
  const wanted = spanMs / bins;
  return lengths.find((length) => length >= wanted) ?? Math.ceil(wanted / lengths.at(-1)!) * lengths.at(-1)!;
}

export interface Volume {
  from: string | null;
  to: string | null;
  binMs: number;
  bins: number;
  total: number;
  platforms: { platform: string; tier: 'fringe' | 'social' | 'mainstream'; posts: number; counts: number[] }[];
}

/** Posts over time per platform, in bins of a round length that begin at multiples of it; platforms from fringe to mainstream, then by first post. */
export async function showVolume(
  spilloverCase: Case,
  relation: string,
  filter: PostFilter,
  mostBins: number,
): Promise<Volume> {
  const { database } = spilloverCase;
  const { sql, bound } = await postCondition(spilloverCase, filter);
  const seen =
    filter.from && filter.to
      ? null
      : await database.first<{ first: number | null; last: number | null }>(
          `select epoch_ms(min(time)) as first, epoch_ms(max(time)) as last from ${relation} as p where ${sql}`,
          bound,
        );
  const first = filter.from?.getTime() ?? seen?.first ?? null;
  const end = filter.to?.getTime() ?? (seen?.last == null ? null : seen.last + 1);
  if (first === null || end === null || end <= first)
    return { from: null, to: null, binMs: 0, bins: 0, total: 0, platforms: [] };
  const binMs = roundBin(end - first, mostBins);
  const start = Math.floor(first / binMs) * binMs;
  const bins = Math.ceil((end - start) / binMs);
  const rows = await database.columns(
    `select platform, ((epoch_ms(time) - $start::bigint) // $bin::bigint)::integer as bin, count(*)::integer as posts
     from ${relation} as p where time is not null and ${sql} group by all order by bin, platform`,
    { ...bound, start: BigInt(start), bin: BigInt(binMs) },
  );
  const [platforms = [], places = [], posts = []] = rows as [string[], number[], number[]];
  const tiers = await caseTiers(spilloverCase);
  const lanes = new Map<string, Volume['platforms'][number]>();
  let total = 0;
  for (let row = 0; row < platforms.length; row++) {
    const platform = platforms[row]!;
    let lane = lanes.get(platform);
    if (!lane) {
      lane = { platform, tier: tiers.platform(platform), posts: 0, counts: new Array<number>(bins).fill(0) };
      lanes.set(platform, lane);
    }
    lane.counts[places[row]!] = posts[row]!;
    lane.posts += posts[row]!;
    total += posts[row]!;
  }
  const rank = { fringe: 0, social: 1, mainstream: 2 };
  return {
    from: new Date(start).toISOString(),
    to: new Date(start + bins * binMs).toISOString(),
    binMs,
    bins,
    total,
    platforms: [...lanes.values()].sort((a, b) => rank[a.tier] - rank[b.tier]),
  };
}
