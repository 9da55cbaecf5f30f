import { carries, platformNames } from './post-log.ts';
import { type PostTruth, postTruth } from './post-truth.ts';
import { mainTopic } from './stories.ts';
import type { WrittenWorld } from './written-world.ts';

export interface ArtifactTruth {
  kind: 'url' | 'thread' | 'hashtag' | 'phrase';
  role: 'leak' | 'archive' | 'thread' | 'hashtag' | 'phrase' | 'article';
  value: string;
  /** First post with it, by true time; null where nobody carried it. */
  first: PostTruth | null;
  /** First record with it on each platform of the files, by stated time. */
  firstInFiles: Record<string, PostTruth>;
}

/** The artifacts of the story with their first posts. */
export function artifactTruths(written: WrittenWorld): ArtifactTruth[] {
  const { world, campaign, organic } = written.built;
  const { story } = world;
  const bits: readonly (readonly [ArtifactTruth['kind'], ArtifactTruth['role'], string, number])[] = [
    ['url', 'leak', story.page, carries.leak],
    ['url', 'archive', story.copy, carries.archive],
    ...(campaign ? [['thread', 'thread', written.content.threadUrl, carries.thread] as const] : []),
    ['hashtag', 'hashtag', story.tag, carries.tag],
    ['phrase', 'phrase', story.phrase, carries.phrase],
  ];
  const { reports } = (campaign ?? organic)!;
  return [
    ...bits.map(([kind, role, value, bit]) => ({ kind, role, value, ...firstWith(written, bit) })),
    ...reports.map((item) => {
      const first = postTruth(written, item);
      const firstInFiles: Record<string, PostTruth> = first.inFiles === 'record' ? { news: first } : {};
      return { kind: 'url' as const, role: 'article' as const, value: written.content.link(item), first, firstInFiles };
    }),
  ];
}

function firstWith(written: WrittenWorld, bit: number): Pick<ArtifactTruth, 'first' | 'firstInFiles'> {
  const { log } = written.built.world;
  let first: PostTruth | null = null;
  const firstInFiles: Record<string, PostTruth> = {};
  for (const post of written.order) {
    if (log.topic[log.source(post)] !== mainTopic || (log.carry[log.source(post)]! & bit) === 0) continue;
    const platform = platformNames[log.platform[post]!]!;
    if (first !== null && firstInFiles[platform]) continue;
    const truth = postTruth(written, post);
    first ??= truth;
    if (truth.inFiles === 'record') firstInFiles[platform] ??= truth;
  }
  return { first, firstInFiles };
}
