import type { Database } from '../../store/database.ts';

/** An artifact as the story carries it: `posts` are indices of story posts in the order of time. */
export interface TraceArtifact {
  key: number;
  kind: 'url' | 'thread' | 'media' | 'text' | 'hashtag';
  value: string;
  display: string;
  posts: number[];
  /** Shares anywhere in the case. */
  everywhere: number;
}

/**
 * Artifacts that at least `fewest` story posts carry, url, thread, media and hashtag from the shares and text as near-duplicate cluster;
 * most carried first, then by value. Needs the temporary table `trace_post`.
 */
export async function loadTraceArtifacts(database: Database, fewest: number, most: number): Promise<TraceArtifact[]> {
  await database.run(`create or replace temp table trace_carried as
    select share.artifact_key, trace_post.i from share semi join artifact on artifact.artifact_key = share.artifact_key and artifact.kind in ('url', 'thread', 'media', 'hashtag')
      join trace_post using (post_key)`);
  const rows = await database.rows<{
    key: number;
    kind: TraceArtifact['kind'];
    value: string;
    display: string | null;
    everywhere: number;
    posts: number[];
  }>(
    `with chosen as (
      select artifact_key, list(i order by i) as posts from trace_carried group by artifact_key having count(*) >= $fewest
    ), wide as (
      select artifact_key, count(*) as everywhere from share semi join chosen using (artifact_key) group by artifact_key
    ), linked as (
      select artifact_key as key, kind, value, display, everywhere, posts
      from chosen join artifact using (artifact_key) join wide using (artifact_key)
    ), spoken as (
      select text_key, list(i order by i) as posts from trace_post where text_key is not null and text_length >= 20 group by text_key
      having count(*) >= $fewest
    ), text as (
      select 0 as key, 'text' as kind, text_key as value, null as display, len(posts) as everywhere, posts from spoken
    )
    select * from (select * from linked union all by name select * from text) order by len(posts) desc, kind, value limit $most`,
    { fewest: BigInt(fewest), most: BigInt(most) },
  );
  return rows.map((row) => ({ ...row, display: row.display ?? row.value, posts: row.posts.map(Number) }));
}
