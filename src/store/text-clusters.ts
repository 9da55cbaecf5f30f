import type { Database } from './database.ts';
import { shortestTextArtifact } from './write-artifacts.ts';

const settingName = 'text-clusters';

interface Recorded {
  texts: number;
  clusters: number;
  clustered: number;
  parameters: Record<string, number>;
}

/** Revision of the case: how many sources it holds. Results are stored with it. */
export async function caseRevision(database: Database): Promise<number> {
  return (await database.first<{ n: number }>('select coalesce(max(source_key), 0) as n from source'))?.n ?? 0;
}

/** The distinct normalised texts that are long enough to mean something, by fingerprint; `fresh` where they are grouped already. */
export async function textsToCluster(
  database: Database,
): Promise<{ texts: string[]; hashes: string[]; fresh: Recorded | null }> {
  const recorded = await database.first<{ value: string }>('select value from setting where name = $name', {
    name: settingName,
  });
  const state = recorded ? (JSON.parse(recorded.value) as { revision: number; summary: Recorded }) : null;
  if (state && state.revision === (await caseRevision(database)))
    return { texts: [], hashes: [], fresh: state.summary };
  const [hashes = [], texts = []] = await database.columns(
    `select text_hash, normalised_text(any_value(text order by post_key)) from post
     where text_hash is not null and length(text) >= ${shortestTextArtifact} group by text_hash order by text_hash`,
  );
  return { texts: texts as string[], hashes: hashes as string[], fresh: null };
}

/** Stores the cluster of every text that has company; the cluster is named by the fingerprint of its representative. */
export async function replaceTextClusters(
  database: Database,
  hashes: readonly string[],
  cluster: Uint32Array,
  members: ReadonlyMap<number, number>,
  summary: string,
): Promise<void> {
  const revision = await caseRevision(database);
  await database.transaction(async () => {
    await database.run('delete from text_cluster');
    const appender = await database.connection.createAppender('text_cluster');
    for (let text = 0; text < cluster.length; text++) {
      const representative = cluster[text]!;
      if ((members.get(representative) ?? 0) < 2) continue;
      appender.appendVarchar(hashes[text]!);
      appender.appendVarchar(hashes[representative]!);
      appender.endRow();
    }
    appender.closeSync();
    await database.run('delete from setting where name = $name', { name: settingName });
    await database.run('insert into setting values ($name, $value)', {
      name: settingName,
      value: `{"revision":${revision},"summary":${summary}}`,
    });
  });
}
