import { caseRevision } from './case-revision.ts';
import type { Database } from './database.ts';
import { shortestTextArtifact } from './write-artifacts.ts';

const settingName = 'text-clusters';

interface Recorded {
  texts: number;
  clusters: number;
  clustered: number;
  parameters: Record<string, number>;
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
  return { ...(await distinctTexts(database, 'post')), fresh: null };
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
    const inCompany = hashes.flatMap((_, text) => ((members.get(cluster[text]!) ?? 0) < 2 ? [] : [text]));
    await database.append({ name: 'text_cluster', isTemporary: false }, [
      inCompany.map((text) => hashes[text]!),
      inCompany.map((text) => hashes[cluster[text]!]!),
    ]);
    await database.run('delete from setting where name = $name', { name: settingName });
    await database.run('insert into setting values ($name, $value)', {
      name: settingName,
      value: `{"revision":${revision},"summary":${summary}}`,
    });
  });
}

/** The distinct normalised texts of `post`, or of the relation that stands for it, by fingerprint. */
export async function distinctTexts(
  database: Database,
  posts: 'post' | 'post semi join story_post using (post_key)',
): Promise<{ texts: string[]; hashes: string[] }> {
  const [hashes = [], texts = []] = await database.columns(
    `select text_hash, normalised_text(arg_min(text, post_key)) from ${posts}
     where text_hash is not null and length(text) >= ${shortestTextArtifact} group by text_hash order by text_hash`,
  );
  return { texts: texts as string[], hashes: hashes as string[] };
}

/** The distinct normalised texts of the posts in `story_post`, by fingerprint. */
export function storyTexts(database: Database): Promise<{ texts: string[]; hashes: string[] }> {
  return distinctTexts(database, 'post semi join story_post using (post_key)');
}

/** Fills the temporary table `story_text_cluster` with the texts that have company, named by the fingerprint of their representative. */
export async function keepStoryClusters(
  database: Database,
  hashes: readonly string[],
  cluster: Uint32Array,
): Promise<void> {
  await database.run(
    'create or replace temp table story_text_cluster (text_hash varchar not null, cluster_hash varchar not null)',
  );
  const followers = hashes.flatMap((_, text) => (cluster[text] === text ? [] : [text]));
  await database.append({ name: 'story_text_cluster', isTemporary: true }, [
    followers.map((text) => hashes[text]!),
    followers.map((text) => hashes[cluster[text]!]!),
  ]);
}

/** How many distinct texts a clustering of the whole case would compare. */
export async function countTexts(database: Database): Promise<number> {
  const row = await database.first<{ n: number }>(
    `select count(distinct text_hash) as n from post where text_hash is not null and length(text) >= ${shortestTextArtifact}`,
  );
  return row?.n ?? 0;
}

/** What the last clustering of the whole case found; `stale` when something was imported since. */
export async function recordedClusters(database: Database): Promise<(Recorded & { stale: boolean }) | null> {
  const recorded = await database.first<{ value: string }>('select value from setting where name = $name', {
    name: settingName,
  });
  if (!recorded) return null;
  const state = JSON.parse(recorded.value) as { revision: number; summary: Recorded };
  return { ...state.summary, stale: state.revision !== (await caseRevision(database)) };
}
