import type { Database } from '../../store/database.ts';
import { tierSql, venueJoins } from './venue-tables.ts';

/** Kinds that name one thing; a domain holds too much, a near-duplicate text is known only after clustering. */
export const watchedKinds = `('url', 'thread', 'media', 'hashtag', 'object')`;
export const nobody = 0xffffffff;

/**
 * Artifacts that may come from the fringe, with all their shares up to `until`, artifact by artifact and in order of time: the shares of
 * artifact `i` stand at `offset[i]` to `offset[i + 1]`. `youngOnFringe` says which of them count at a moment.
 */
export interface YoungArtifacts {
  names: readonly { kind: string; value: string; display: string }[];
  /** 1 for cited threads that lie on a fringe venue. */
  fringeThread: Uint8Array;
  offset: Uint32Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** 0 fringe, 1 social, 2 mainstream. */
  tier: Uint8Array;
  platform: Uint8Array;
  platforms: readonly string[];
  /** First post of each platform in the case, milliseconds since 1970. */
  collectedFrom: Float64Array;
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

/** Milliseconds since 1970: moments from `from` to `until` can be asked about, nothing later is read. */
export interface YoungSpan {
  from: number;
  until: number;
  oldestMs: number;
  activeMs: number;
  fewestShares: number;
}

/**
 * Reads the artifacts that can count as young at some moment of the span: shared in it, first seen less than `oldestMs` before its start or in it,
 * on the fringe at some time (or cited threads that lie there), pages of mainstream outlets excepted. Needs the venue tables.
 */
export async function loadYoungArtifacts(database: Database, span: YoungSpan): Promise<YoungArtifacts> {
  const [
    artifact = [],
    artifactKind = [],
    value = [],
    display = [],
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
    `with active as (
      select distinct artifact_key from share where time > $active::timestamp and time <= $until::timestamp
    ), wanted as (
      select artifact_key, kind, split_part(value, '/', 1) as place from active join artifact using (artifact_key)
      where kind in ${watchedKinds} and artifact_key not in (select artifact_key from mainstream_page)
    ), young as (
      select artifact_key from share semi join wanted using (artifact_key) where time <= $until::timestamp
      group by artifact_key having min(time) > $oldest::timestamp and count(*) >= $fewest
    ), recent_post as (
      select * from post where time > $oldest::timestamp and time <= $until::timestamp
    ), carried as (
      select share.artifact_key, post.*, ${tierSql} as tier
      from share semi join young using (artifact_key) join recent_post as post using (post_key) ${venueJoins}
      where share.time > $oldest::timestamp and share.time <= $until::timestamp
    ), fringe as (
      select artifact_key from (select artifact_key, tier from carried) join wanted using (artifact_key) group by artifact_key
      having min(tier) = 0 or any_value(kind) = 'thread' and any_value(place) in (select platform from venue_platform where tier = 0)
    ), said as (
      select carried.*, artifact.kind as artifact_kind, value, coalesce(display, value) as display,
        case when carried.kind = 'reshare' then coalesce(parent_id, text_hash) else text_hash end as words
      from carried join fringe using (artifact_key) join artifact using (artifact_key)
    )
    select said.artifact_key, artifact_kind, value, display, epoch_ms(time)::double, tier, said.platform, account_key, (said.kind = 'reshare')::utinyint,
      dense_rank() over (order by words nulls last, case when words is null then post_id end), reach::double,
      epoch_ms(created_at)::double, said.platform || '/' || post_id
    from said left join (select account_key, created_at from account) using (account_key)
    order by artifact_kind, value, time, tier, said.platform, post_id`,
    {
      until: sqlTime(span.until),
      oldest: sqlTime(span.from - span.oldestMs),
      active: sqlTime(span.from - span.activeMs),
      fewest: span.fewestShares,
    },
  );
  const venues = await database.rows<{ platform: string; tier: number; start: number | null }>(
    'select platform, tier, epoch_ms(start)::double as start from venue_platform',
  );
  const fringe = new Set(venues.filter((row) => row.tier === 0).map((row) => row.platform));
  const collected = new Map(venues.map((row) => [row.platform, row.start ?? Number.NaN]));
  const starts = [...artifact.keys()].filter((at) => at === 0 || artifact[at] !== artifact[at - 1]);
  const platforms = [...new Set(platform as string[])].sort();
  return {
    names: starts.map((at) => ({
      kind: artifactKind[at] as string,
      value: value[at] as string,
      display: display[at] as string,
    })),
    fringeThread: Uint8Array.from(starts, (at) =>
      artifactKind[at] === 'thread' && fringe.has((value[at] as string).split('/', 1)[0]!) ? 1 : 0,
    ),
    offset: Uint32Array.from([...starts, artifact.length]),
    time: doubles(time),
    tier: Uint8Array.from(tier as number[], Number),
    platform: Uint8Array.from(platform as string[], (one) => platforms.indexOf(one)),
    platforms,
    collectedFrom: Float64Array.from(platforms, (one) => collected.get(one) ?? Number.NaN),
    account: Uint32Array.from(account as (number | null)[], (one) => one ?? nobody),
    reshare: Uint8Array.from(reshare as number[], Number),
    repeated: Uint32Array.from(repeated as (number | bigint)[], Number),
    reach: doubles(reach),
    created: doubles(created),
    post: post as string[],
  };
}

/** A moment as DuckDB reads it. */
export const sqlTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '');

const doubles = (values: unknown[]) =>
  Float64Array.from(values as (number | null)[], (one) => (one === null ? Number.NaN : Number(one)));
