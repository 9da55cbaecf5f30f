import type { Database } from '../../store/database.ts';
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
