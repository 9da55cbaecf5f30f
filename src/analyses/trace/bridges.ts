import type { TraceArtifact } from './load-trace-artifacts.ts';
import type { TracePosts } from './load-trace-posts.ts';
import type { BridgeKind } from './trace-result.ts';

export interface FoundBridge {
  artifact: TraceArtifact | null;
  kind: BridgeKind;
  /** Indices of story posts. */
  from: number;
  to: number;
  /** False where the clocks are too coarse to tell which came first. */
  certain: boolean;
}

/** First post of an artifact on each platform, in the order of time. */
export function firstOnPlatforms(posts: TracePosts, members: readonly number[]): number[] {
  const first: number[] = [];
  const seen = new Set<number>();
  for (const i of members) {
    const platform = posts.platform[i]!;
    if (seen.has(platform)) continue;
    seen.add(platform);
    first.push(i);
  }
  return first;
}

export const bridgeKindOf: Record<string, BridgeKind> = {
  url: 'direct',
  thread: 'direct',
  media: 'same-media',
  text: 'same-text',
};

/**
 * Every ordered pair of platforms that an artifact reached one after the other, from its first post on the one to its first on
 * the other; a post that points to a board thread is a bridge of its own from that thread's post.
 * `announced` joins the first post of a platform that carries nothing of the story to what was there before.
 */
export function findBridges(
  posts: TracePosts,
  artifacts: readonly TraceArtifact[],
  threadPosts: ReadonlyMap<string, number>,
  primary: readonly TraceArtifact[],
): FoundBridge[] {
  const found: FoundBridge[] = [];
  for (const artifact of artifacts) {
    if (artifact.kind === 'hashtag') continue;
    const first = firstOnPlatforms(posts, artifact.posts);
    for (let a = 0; a < first.length; a++) {
      for (let b = a + 1; b < first.length; b++) {
        found.push({
          artifact,
          kind: bridgeKindOf[artifact.kind]!,
          from: first[a]!,
          to: first[b]!,
          certain: apart(posts, first[a]!, first[b]!),
        });
      }
    }
    if (artifact.kind !== 'thread') continue;
    const source = threadPosts.get(artifact.value);
    if (source === undefined) continue;
    for (const to of first) {
      if (posts.platform[to] !== posts.platform[source] && to > source) {
        found.push({ artifact, kind: 'cites-thread', from: source, to, certain: apart(posts, source, to) });
      }
    }
  }
  found.push(...announcements(posts, primary));
  return found.sort((x, y) => posts.time[x.to]! - posts.time[y.to]! || x.to - y.to || x.from - y.from || compare(x, y));
}

function announcements(posts: TracePosts, primary: readonly TraceArtifact[]): FoundBridge[] {
  const carriers = new Set(primary.flatMap((artifact) => artifact.posts));
  if (carriers.size === 0) return [];
  let origin = Infinity;
  for (const i of carriers) if (i < origin) origin = i;
  const firstSilent = new Map<number, number>();
  const firstCarrier = new Map<number, number>();
  for (let i = origin; i < posts.count; i++) {
    const platform = posts.platform[i]!;
    const firsts = carriers.has(i) ? firstCarrier : firstSilent;
    if (!firsts.has(platform)) firsts.set(platform, i);
  }
  const found: FoundBridge[] = [];
  for (const [platform, silent] of firstSilent) {
    if (platform === posts.platform[origin]) continue;
    if (silent < (firstCarrier.get(platform) ?? Infinity)) {
      found.push({
        artifact: null,
        kind: 'announced',
        from: origin,
        to: silent,
        certain: apart(posts, origin, silent),
      });
    }
  }
  return found;
}

/** True where the second post is later whatever the clocks' coarseness hides. */
export function apart(posts: TracePosts, earlier: number, later: number): boolean {
  return posts.time[earlier]! + posts.precisionMs[earlier]! <= posts.time[later]!;
}

function compare(x: FoundBridge, y: FoundBridge): number {
  const a = x.artifact?.value ?? '';
  const b = y.artifact?.value ?? '';
  return a < b ? -1 : a > b ? 1 : x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : 0;
}
