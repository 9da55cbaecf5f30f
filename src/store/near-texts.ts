import { clusterNearDuplicates } from '../domain/near-duplicate-texts.ts';
import type { Database } from './database.ts';
import { distinctTexts, keepStoryClusters, recordedClusters, storyTexts } from './text-clusters.ts';

/**
 * Makes the temporary view `near_text (text_hash, cluster_hash)` of texts that have near-duplicates: from the clusters of the case where they are
 * up to date, else by comparing the texts of `story_post` or of the whole case now.
 */
export async function viewNearTexts(database: Database, ofStory: boolean): Promise<void> {
  const recorded = ofStory ? null : await recordedClusters(database);
  if (recorded && !recorded.stale) {
    await database.run('create or replace temp view near_text as select text_hash, cluster_hash from text_cluster');
    return;
  }
  const { texts, hashes } = ofStory ? await storyTexts(database) : await distinctTexts(database, 'post');
  const { cluster } = clusterNearDuplicates(texts);
  await keepStoryClusters(database, hashes, cluster);
  await database.run('create or replace temp view near_text as select text_hash, cluster_hash from story_text_cluster');
}
