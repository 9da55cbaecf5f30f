import type { Database } from '../../store/database.ts';
import type { OptionValue } from '../analysis.ts';
import { sqlTime, watchedKinds } from './load-young-artifacts.ts';
import type { Signal } from './signal.ts';
import { type StoryPosts, seenBy } from './story-posts.ts';
import { firstOfTier, inWords, isoTime, recentFrom } from './story-rules.ts';
import { tierNames, tierSql, venueJoins } from './venue-tables.ts';

interface Arrival {
  kind: string;
  value: string;
  display: string;
  tier: number;
  time: number;
  post: string;
  platform: string;
  before_tier: number;
  before_time: number;
  before_post: string;
  before_platform: string;
}

const fewestStoryShares = 2;
const mainstream = 2;

/** First shares of the story's artifacts (those which mostly its posts carry) on a tier nearer to the mainstream than any before. */
export async function higherTierSignals(
  database: Database,
  story: StoryPosts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const from = recentFrom(options, asOf);
  const rows = await database.rows<Arrival>(
    `with own as (
      select share.artifact_key, count(*) as shares, max(seen) as latest
      from share join ${story.table} as story using (post_key)
      where seen <= $asOf::timestamp and share.time <= $asOf::timestamp
      group by share.artifact_key having count(*) >= ${fewestStoryShares} and max(seen) >= $from::timestamp
    ), carried as (
      select share.artifact_key, own.shares, share.time, ${tierSql} as tier, post.platform, post.post_id
      from share join own using (artifact_key) join post using (post_key) ${venueJoins}
      where share.time <= $asOf::timestamp
    ), mostly as (
      select artifact_key from carried group by artifact_key having any_value(shares) * 2 >= count(*)
    ), first_on_tier as (
      select artifact_key, tier, min(time) as time, arg_min(platform, (time, platform, post_id)) as platform,
        arg_min(post_id, (time, platform, post_id)) as post_id
      from carried semi join mostly using (artifact_key) group by artifact_key, tier
    ), arrival as (
      select high.artifact_key, high.tier, high.time, high.platform, high.post_id,
        arg_min({'tier': low.tier, 'time': low.time, 'platform': low.platform, 'post_id': low.post_id}, low.time) as below
      from first_on_tier as high join first_on_tier as low
        on low.artifact_key = high.artifact_key and low.tier < high.tier and low.time < high.time
      where high.time >= $from::timestamp
        and not exists (select 1 from first_on_tier as top
          where top.artifact_key = high.artifact_key and top.tier > high.tier and top.time <= high.time)
      group by all
    )
    select kind, value, coalesce(display, value) as display, arrival.tier, epoch_ms(arrival.time)::double as time,
      arrival.platform || '/' || arrival.post_id as post, arrival.platform, below.tier as before_tier,
      epoch_ms(below.time)::double as before_time, below.platform || '/' || below.post_id as before_post, below.platform as before_platform
    from arrival join artifact using (artifact_key) where kind in ${watchedKinds}
    order by arrival.time, kind, value, arrival.tier`,
    { asOf: sqlTime(asOf), from: sqlTime(from) },
  );
  const crossed = firstOfTier(story, seenBy(story, asOf), mainstream);
  const carriedUntil = options.belowMainstreamOnly === true && crossed !== null ? story.seen[crossed]! : asOf;
  const told = rows.filter((row) => row.tier === mainstream || row.time <= carriedUntil);
  return told.map((row) => ({
    rule: 'higher-tier',
    story: story.name,
    subject: row.display,
    artifact: { kind: row.kind, value: row.value },
    key: `higher-tier:${story.name}:${row.kind}:${row.value}:${tierNames[row.tier]}`,
    at: isoTime(row.time),
    headline: `${row.display} is now on a ${tierNames[row.tier]} venue`,
    reasons: [
      `first share on a ${tierNames[row.tier]} venue: ${row.platform}`,
      `${inWords(row.time - row.before_time)} after its first share in this collection, on ${row.before_platform} (${tierNames[row.before_tier]})`,
    ],
    posts: [row.before_post, row.post],
  }));
}
