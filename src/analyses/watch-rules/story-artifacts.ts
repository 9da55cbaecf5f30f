import type { Database } from '../../store/database.ts';
import type { StoryArtifacts } from './arrivals-kernel.ts';
import { watchedKinds } from './load-young-artifacts.ts';
import type { StoryPosts } from './story-posts.ts';
import { tierSql, venueJoins } from './venue-tables.ts';

const fewestStoryShares = 2;
const kept = new WeakMap<StoryPosts, StoryArtifacts>();

/** Reads them once for as long as the posts of the story hold. Needs the venue tables and the table of the story. */
export async function storyArtifacts(database: Database, story: StoryPosts): Promise<StoryArtifacts> {
  const known = kept.get(story);
  if (known) return known;
  const [artifact, time, tier, post, seen] = await database.numbers(
    `with own as (
      select artifact_key from share semi join ${story.table} using (post_key) join artifact using (artifact_key)
      where kind in ${watchedKinds} group by artifact_key having count(*) >= ${fewestStoryShares}
    ), carried as (
      select share.artifact_key, share.time, (${tierSql})::integer as tier, post.platform, post.post_id, post_key
      from share semi join own using (artifact_key) join post using (post_key) ${venueJoins}
    ), climbing as (
      select artifact_key from carried group by artifact_key having min(tier) < max(tier)
    )
    select artifact_key::integer, epoch_ms(carried.time)::double, carried.tier, post_key::integer, coalesce(epoch_ms(story.seen)::double, 'infinity'::double)
    from carried semi join climbing using (artifact_key) left join ${story.table} as story using (post_key)
    where carried.time is not null order by artifact_key, carried.time, carried.platform, carried.post_id`,
  );
  const of = artifact ?? new Float64Array(0);
  const starts = [...of.keys()].filter((at) => at === 0 || of[at] !== of[at - 1]);
  const artifacts = {
    artifact: Int32Array.from(starts, (at) => of[at]!),
    offset: Uint32Array.from([...starts, of.length]),
    time: Float64Array.from(time ?? []),
    tier: Uint8Array.from(tier ?? []),
    post: Int32Array.from(post ?? []),
    seen: Float64Array.from(seen ?? []),
  };
  kept.set(story, artifacts);
  return artifacts;
}
