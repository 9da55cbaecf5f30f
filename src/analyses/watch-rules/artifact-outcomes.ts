import type { Database } from '../../store/database.ts';
import { watchedKinds } from './load-young-artifacts.ts';
import { tierSql, venueJoins } from './venue-tables.ts';

export interface NamedArtifact {
  kind: string;
  value: string;
}

const wanted = `wanted as (
      select artifact_key, kind || ':' || value as name from artifact
      where kind || ':' || value in (select unnest(from_json($names, '["varchar"]')))
    )`;
const names = (artifacts: readonly NamedArtifact[]) =>
  JSON.stringify(artifacts.map((one) => `${one.kind}:${one.value}`));

/** First shares on mainstream venues of artifacts, by `kind:value`, with hindsight: only those that a lower venue shared before. Needs the venue tables. */
export async function ownCrossings(
  database: Database,
  artifacts: readonly NamedArtifact[],
): Promise<Map<string, { time: number; post: string }>> {
  if (artifacts.length === 0) return new Map();
  const rows = await database.rows<{ name: string; time: number; post: string }>(
    `with ${wanted}, carried as (
      select name, share.time, ${tierSql} as tier, post.platform || '/' || post.post_id as post
      from share join wanted using (artifact_key) join post using (post_key) ${venueJoins} where share.time is not null
    )
    select name, epoch_ms(min(time) filter (tier = 2))::double as time, arg_min(post, (time, post)) filter (tier = 2) as post
    from carried group by name having min(time) filter (tier = 2) > min(time) filter (tier < 2)`,
    { names: names(artifacts) },
  );
  return new Map(rows.map(({ name, time, post }) => [name, { time, post }]));
}

/** Those artifacts, as `kind:value`, of whose shares at least half are posts of a story's table, with hindsight. */
export async function mostlyIn(
  database: Database,
  table: string,
  artifacts: readonly NamedArtifact[],
): Promise<string[]> {
  if (artifacts.length === 0) return [];
  const rows = await database.rows<{ name: string }>(
    `with ${wanted}
    select name from share join wanted using (artifact_key) left join ${table} as story using (post_key)
    group by name having count(story.post_key) * 2 >= count(*) order by name`,
    { names: names(artifacts) },
  );
  return rows.map((row) => row.name);
}

/**
 * The first share by a story's posts of one of its artifacts: those that at least two of its posts carry and that are mostly its own. What announces the story without
 * one does not count. Null where it carries none. Needs the venue tables.
 */
export async function firstCarried(database: Database, table: string): Promise<number | null> {
  const row = await database.first<{ time: number | null }>(
    `with own as (
      select artifact_key, count(*) as shares, min(seen) as first_seen
      from share join ${table} as story using (post_key) join artifact using (artifact_key)
      where artifact.kind in ${watchedKinds} and artifact_key not in (select artifact_key from mainstream_page)
      group by artifact_key having count(*) >= 2
    ), wide as (
      select artifact_key, count(*) as everywhere from share semi join own using (artifact_key) group by artifact_key
    )
    select epoch_ms(min(first_seen))::double as time from own join wide using (artifact_key) where shares * 2 >= everywhere`,
  );
  return row?.time ?? null;
}
