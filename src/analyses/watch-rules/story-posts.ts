import type { Database } from '../../store/database.ts';
import { tierSql, venueJoins } from './venue-tables.ts';

/** The posts of a watched story in columns, in the order in which they can be seen. */
export interface StoryPosts {
  name: string;
  /** Temporary table `(post_key, seen, tier)`. */
  table: string;
  count: number;
  /** Milliseconds since 1970. A reshare that belongs by the reshared post only is seen when both are there. */
  seen: Float64Array;
  /** 0 fringe, 1 social, 2 mainstream. */
  tier: Uint8Array;
  platform: Uint8Array;
  platforms: readonly string[];
  /** `platform/post_id`. */
  post: readonly string[];
}

/** Reads the temporary table `story_post` into columns and keeps it as `table`. Needs the venue tables. */
export async function loadStoryPosts(database: Database, name: string, table: string): Promise<StoryPosts> {
  await database.run(
    `create or replace temp table ${table} as
    with dated as (
      select post.post_key, post.platform, post.post_id, ${tierSql} as tier,
        case when post.kind = 'reshare' then greatest(post.time, coalesce(parent.time, post.time)) else post.time end as seen
      from story_post join post using (post_key) ${venueJoins}
        left join post as parent on parent.platform = post.platform and parent.post_id = post.parent_id
    )
    select * from dated order by seen, platform, post_id`,
  );
  const [seen = [], tier = [], platform = [], post = []] = await database.columns(
    `select epoch_ms(seen)::double, tier, platform, platform || '/' || post_id from ${table} order by seen, platform, post_id`,
  );
  const platforms = [...new Set(platform as string[])].sort();
  const place = new Map(platforms.map((one, i) => [one, i]));
  return {
    name,
    table,
    count: seen.length,
    seen: Float64Array.from(seen as number[], Number),
    tier: Uint8Array.from(tier as number[], Number),
    platform: Uint8Array.from(platform as string[], (one) => place.get(one)!),
    platforms,
    post: post as string[],
  };
}

/** How many of the posts are seen at a moment. */
export function seenBy(story: StoryPosts, asOf: number): number {
  let low = 0;
  let high = story.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (story.seen[middle]! <= asOf) low = middle + 1;
    else high = middle;
  }
  return low;
}
