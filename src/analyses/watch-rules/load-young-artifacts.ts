import type { Database } from '../../store/database.ts';
import { tierSql, venueJoins } from './venue-tables.ts';

/** Kinds that name one thing; a domain holds too much, a near-duplicate text is known only after clustering. */
export const watchedKinds = `('url', 'thread', 'media', 'hashtag', 'object')`;
export const nobody = 0xffffffff;

/**
 * Young artifacts of the fringe with all their shares up to a moment, artifact by artifact and in order of time: the shares of
 * artifact `i` stand at `offset[i]` to `offset[i + 1]`.
 */
export interface YoungArtifacts {
  names: readonly { kind: string; value: string; display: string }[];
  offset: Uint32Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** 0 fringe, 1 social, 2 mainstream. */
  tier: Uint8Array;
  platform: Uint8Array;
  platforms: readonly string[];
  /** Account key; `nobody` for anonymous posts. */
  account: Uint32Array;
  /** 1 for reshares. */
  reshare: Uint8Array;
  /** What was repeated: shares with the same number reshare one post or say the same text. */
  repeated: Uint32Array;
  /** Followers at that time, and milliseconds since 1970 of the account's creation; NaN where unknown. */
  reach: Float64Array;
  created: Float64Array;
  /** Native post names, `platform/post_id`. */
  post: readonly string[];
}

export interface YoungQuestion {
  /** Milliseconds since 1970; nothing later is read. */
  asOf: number;
  oldestHours: number;
  /** Fewest shares, and hours of collecting before the first share without which nobody can say that it is new. */
  fewestShares: number;
  settledHours: number;
  /** Only artifacts that were shared in this time are looked at. */
  activeMinutes: number;
}

const hour = 3_600_000;

/** A first share on the fringe may be chance: it takes two of them, or ten minutes, before the first one elsewhere. */
const fewestBefore = 2;
const minutesBefore = 10;

/**
 * Reads artifacts that come from the fringe (cited threads that lie there, and what was seen there clearly before anywhere else, pages of
 * mainstream outlets excepted) and are not older than `oldestHours`. Needs the venue tables.
 */
export async function loadYoungArtifacts(database: Database, question: YoungQuestion): Promise<YoungArtifacts> {
  const { asOf, oldestHours, fewestShares, settledHours, activeMinutes } = question;
  const bound = {
    asOf: sqlTime(asOf),
    oldest: sqlTime(asOf - oldestHours * hour),
    active: sqlTime(asOf - activeMinutes * 60_000),
    fewest: fewestShares,
    settled: settledHours,
  };
  await database.run(
    `create or replace temp table young_share as
    with active as (
      select distinct artifact_key from share where time > $active::timestamp and time <= $asOf::timestamp
    ), wanted as (
      select artifact_key, kind, value from active join artifact using (artifact_key) where kind in ${watchedKinds}
        and artifact_key not in (select artifact_key from mainstream_page)
    ), young as (
      select artifact_key, any_value(kind) as artifact_kind, any_value(value) as artifact_value
      from share join wanted using (artifact_key) where time <= $asOf::timestamp
      group by artifact_key having min(time) > $oldest::timestamp and count(*) >= $fewest
    ), carried as (
      select share.artifact_key, artifact_kind, artifact_value, share.time, ${tierSql} as tier, post.platform, post.post_key, post.account_key,
        venue_platform.start
      from share join young using (artifact_key) join post using (post_key) ${venueJoins}
      where share.time <= $asOf::timestamp
    ), risen as (
      select *, min(time) filter (tier > 0) over (partition by artifact_key) as bridged from carried
    ), fringe as (
      select artifact_key from risen group by artifact_key
      having (arg_min(tier, (time, tier)) = 0
            and (count(*) filter (tier = 0 and time < coalesce(bridged, $asOf::timestamp)) >= ${fewestBefore}
              or coalesce(any_value(bridged), $asOf::timestamp) >= min(time) + to_minutes(${minutesBefore}))
          or any_value(artifact_kind) = 'thread'
            and split_part(any_value(artifact_value), '/', 1) in (select platform from venue_platform where tier = 0))
        and min(time) >= arg_min(start, (time, tier)) + to_seconds($settled * 3600)
    )
    select artifact_key, time, tier, platform, post_key from carried semi join fringe using (artifact_key)`,
    bound,
  );
  const names = await database.rows<{ kind: string; value: string; display: string; shares: number }>(
    `select kind, value, coalesce(any_value(display), value) as display, count(*) as shares
    from young_share join artifact using (artifact_key) group by artifact_key, kind, value order by kind, value`,
  );
  const [
    time = [],
    tier = [],
    platform = [],
    account = [],
    reshare = [],
    repeated = [],
    reach = [],
    created = [],
    post = [],
  ] = await database.columns(
    `with row as (
      select artifact.kind as artifact_kind, value, young_share.*, post.post_id, post.account_key, post.kind as post_kind, post.reach, account.created_at,
        case when post.kind = 'reshare' then coalesce(post.parent_id, post.text_hash) else post.text_hash end as said
      from young_share join artifact using (artifact_key) join post using (post_key) left join account using (account_key)
    )
    select epoch_ms(time)::double, tier, platform, account_key, (post_kind = 'reshare')::utinyint,
      dense_rank() over (order by said nulls last, case when said is null then post_id end), reach::double,
      epoch_ms(created_at)::double, platform || '/' || post_id
    from row order by artifact_kind, value, time, tier, platform, post_id`,
  );
  const platforms = [...new Set(platform as string[])].sort();
  const offset = new Uint32Array(names.length + 1);
  names.forEach((one, i) => {
    offset[i + 1] = offset[i]! + one.shares;
  });
  return {
    names,
    offset,
    time: doubles(time),
    tier: Uint8Array.from(tier as number[], Number),
    platform: Uint8Array.from(platform as string[], (one) => platforms.indexOf(one)),
    platforms,
    account: Uint32Array.from(account as (number | null)[], (one) => one ?? nobody),
    reshare: Uint8Array.from(reshare as number[], Number),
    repeated: Uint32Array.from(repeated as number[], Number),
    reach: doubles(reach),
    created: doubles(created),
    post: post as string[],
  };
}

/** A moment as DuckDB reads it. */
export const sqlTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '');

const doubles = (values: unknown[]) =>
  Float64Array.from(values as (number | null)[], (one) => (one === null ? Number.NaN : Number(one)));
