import { isShortener } from '../../domain/lists/url-shorteners.ts';
import { positiveLeaves, type StoryQuery } from '../../domain/story-query.ts';
import type { TraceArtifact } from './load-trace-artifacts.ts';

/** Fewest posts, smallest part of the story's carrying posts, and smallest part of all its shares that lie in the story. */
const fewestPosts = 3;
const smallestPart = 0.02;
const smallestOwnShare = 0.5;

/**
 * The addresses, threads and media that the story is about: those that the query names; else those that belong to the story
 * more than to anything else and that a notable part of it carries. Hashtags and texts are its words, not its things.
 */
export function primaryArtifacts(
  artifacts: readonly TraceArtifact[],
  query: StoryQuery,
  storyPosts: number,
): TraceArtifact[] {
  const things = artifacts.filter((one) => one.kind !== 'hashtag' && one.kind !== 'text' && !isShortLink(one));
  const named = positiveLeaves(query).flatMap((leaf) =>
    leaf.op === 'url'
      ? [
          leaf.value
            .toLowerCase()
            .replace(/^https?:\/\//, '')
            .replace(/\/$/, ''),
        ]
      : [],
  );
  const asked = things.filter(
    (one) =>
      one.kind === 'url' &&
      named.some((name) =>
        one.value
          .replace(/^https?:\/\//, '')
          .toLowerCase()
          .startsWith(name),
      ),
  );
  const own = things.filter(
    (one) =>
      one.posts.length >= Math.max(fewestPosts, smallestPart * storyPosts) &&
      one.posts.length >= smallestOwnShare * one.everywhere,
  );
  return [...new Set([...asked, ...own])];
}

function isShortLink(artifact: TraceArtifact): boolean {
  if (artifact.kind !== 'url') return false;
  const host = /^https?:\/\/([^/]+)/.exec(artifact.value)?.[1] ?? '';
  return isShortener(host);
}
