import { SourceError } from '../base/errors.ts';
import type { HttpAnswer } from './polite-http.ts';

export interface ListedThread {
  no: number;
  /** Seconds since 1970. */
  modified: number;
  page: number;
}

/** @throws SourceError where the answer is not 200. */
export function expectOk(answer: HttpAnswer, what: string): void {
  if (answer.status !== 200) throw new SourceError('fourchan', `${what} answers ${answer.status}`, false);
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceError('fourchan', `${what} is no JSON`, true, { cause: error });
  }
}

/** The threads of `threads.json`. @throws SourceError where it is something else. */
export function readThreadList(text: string): ListedThread[] {
  const pages = parse(text, 'the list of threads');
  if (!Array.isArray(pages)) throw new SourceError('fourchan', 'the list of threads is no list', true);
  return pages.flatMap((page: { page?: number; threads?: { no?: number; last_modified?: number }[] } | null) =>
    (page?.threads ?? [])
      .filter((thread) => typeof thread?.no === 'number')
      .map((thread) => ({ no: thread.no!, modified: thread.last_modified ?? 0, page: page?.page ?? 0 })),
  );
}

/** The members of a thread as they came. @throws SourceError where the answer is no thread. */
export function readThreadPosts(text: string): unknown[] {
  const posts = (parse(text, 'a thread') as { posts?: unknown } | null)?.posts;
  if (!Array.isArray(posts) || posts.length === 0) throw new SourceError('fourchan', 'a thread without posts', true);
  return posts;
}

/** The numbers of `archive.json`. @throws SourceError where it is something else. */
export function readArchiveNumbers(text: string): Set<number> {
  const numbers = parse(text, 'the archive');
  if (!Array.isArray(numbers)) throw new SourceError('fourchan', 'the archive is no list', true);
  return new Set(numbers.map(Number));
}
