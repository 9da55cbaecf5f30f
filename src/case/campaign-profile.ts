import type { CampaignProfile, ProfileAccount } from '../analyses/comparison/campaign-profile.ts';
import { cascadeShapes } from '../base/cascade-shape.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { getStory, selectStory } from './stories.ts';
import { tracedStory } from './traced.ts';

/** Texts shorter than this are everybody's. */
const shortestText = 40;
const anonymous = `('4chan', '8chan', '8kun', 'endchan')`;

/** Reads what a comparison needs of a story; traces it first where that was not done. */
export async function campaignProfile(
  spilloverCase: Case,
  story: string,
  label: string,
  effects: Effects,
): Promise<CampaignProfile> {
  const { database } = spilloverCase;
  const trace = await tracedStory(spilloverCase, story, effects);
  await selectStory(spilloverCase, await getStory(spilloverCase, story));
  const accounts = await database.rows<ProfileAccount>(`
    with own as (
      select account_key, count(*) as posts, (list(platform || '/' || post_id order by time, post_id))[1:5] as evidence
      from story_post join post using (post_key) where account_key is not null group by account_key
    ), counted as (
      select account_key, hour(time) as hour, count(*) as n from post semi join own using (account_key) where time is not null group by all
    ), rhythm as (
      select account_key, list_transform(range(24), lambda h: coalesce(map_from_entries(list((hour, n)))[h], 0)) as hours from counted group by account_key
    )
    select account.platform || '/' || account.account_id as account, account.platform, account.handle, account.name, account.description,
      own.posts, rhythm.hours, own.evidence
    from own join account using (account_key) join rhythm using (account_key) where account.platform not in ${anonymous} order by account`);
  const [collected = []] = await database.columns(
    `select platform || '/' || account_id from account semi join post using (account_key) where platform not in ${anonymous}`,
  );
  const artifacts = await database.rows<{ key: string; display: string; posts: number }>(`
    select artifact.kind || ':' || artifact.value as key, coalesce(any_value(artifact.display), any_value(artifact.value)) as display, count(distinct post_key) as posts
    from story_post join share using (post_key) join artifact using (artifact_key)
    where artifact.kind in ('url', 'domain', 'hashtag', 'media') group by artifact.kind, artifact.value
    union all
    select 'text:' || text_hash, left(any_value(text order by post_key), 200), count(*) from story_post join post using (post_key)
    where text_hash is not null and length(text) >= ${shortestText} group by text_hash`);
  return {
    label,
    case: spilloverCase.directory,
    trace,
    accounts,
    collected: new Set(collected as string[]),
    artifacts: new Map(artifacts.map(({ key, display, posts }) => [key, { display, posts }])),
    cascades: await cascades(spilloverCase),
  };
}

/** Shapes of the trees of stated reshares, quotes and replies within the story. */
async function cascades(spilloverCase: Case): Promise<CampaignProfile['cascades']> {
  const [parents = []] = await spilloverCase.database.columns(`
    with own as (
      select post_key, platform, post_id, parent_id, row_number() over (order by time, platform, post_id) - 1 as i from story_post join post using (post_key)
    )
    select parent.i::double from own left join own as parent on parent.platform = own.platform and parent.post_id = own.parent_id and parent.i < own.i
    order by own.i`);
  const shapes = cascadeShapes(Int32Array.from(parents as (number | null)[], (one) => one ?? -1));
  return Array.from(shapes.sizes, (size, at) => ({
    size,
    depth: shapes.depths[at]!,
    breadth: shapes.maxBreadths[at]!,
    virality: shapes.structuralViralities[at]!,
  })).filter((one) => one.size > 1);
}
