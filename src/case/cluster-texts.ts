import { clusterNearDuplicates } from '../domain/near-duplicate-texts.ts';
import {
  countTexts,
  keepStoryClusters,
  replaceTextClusters,
  storyTexts,
  textsToCluster,
} from '../store/text-clusters.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';

/** Up to this many distinct texts are grouped at the end of every import: some five seconds. */
const textsGroupedAtImport = 300_000;

export interface TextClusterSummary {
  texts: number;
  clusters: number;
  /** Texts that share a cluster with another text. */
  clustered: number;
  parameters: Record<string, number>;
  seconds: number;
  /** True where nothing had changed since the last time. */
  fresh: boolean;
}

/** Groups the distinct texts of the case into near-duplicate clusters, unless that was done since the last import. */
export async function clusterTexts(spilloverCase: Case, effects: Effects): Promise<TextClusterSummary> {
  const began = effects.now().getTime();
  const { database } = spilloverCase;
  const waiting = await textsToCluster(database);
  if (waiting.fresh) return { ...waiting.fresh, seconds: 0, fresh: true };
  effects.onProgress({
    step: 'grouping near-duplicate texts',
    done: null,
    total: waiting.texts.length,
    unit: 'records',
  });
  const { cluster, parameters } = clusterNearDuplicates(waiting.texts);
  const members = new Map<number, number>();
  for (const representative of cluster) members.set(representative, (members.get(representative) ?? 0) + 1);
  let clusters = 0;
  let clustered = 0;
  for (const size of members.values()) {
    if (size < 2) continue;
    clusters++;
    clustered += size;
  }
  const summary = { texts: waiting.texts.length, clusters, clustered, parameters: { ...parameters } };
  await replaceTextClusters(database, waiting.hashes, cluster, members, JSON.stringify(summary));
  return { ...summary, seconds: (effects.now().getTime() - began) / 1000, fresh: false };
}

/** Groups the texts of the selected story only, for one trace; fills the temporary table `story_text_cluster`. */
export async function clusterStoryTexts(spilloverCase: Case): Promise<void> {
  const { texts, hashes } = await storyTexts(spilloverCase.database);
  const { cluster } = clusterNearDuplicates(texts);
  await keepStoryClusters(spilloverCase.database, hashes, cluster);
}

/** Groups the texts of the case unless they are very many; then a note says how to. */
export async function clusterIfSmall(spilloverCase: Case, effects: Effects): Promise<void> {
  const texts = await countTexts(spilloverCase.database);
  if (texts <= textsGroupedAtImport) await clusterTexts(spilloverCase, effects);
  else
    effects.onNote(
      `${texts.toLocaleString('en')} distinct texts: near-duplicates are not grouped now; run spillover cluster when you need them.`,
    );
}
