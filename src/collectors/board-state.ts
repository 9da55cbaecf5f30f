import { fnv1a } from '../base/fnv1a.ts';

/** What is known of one thread: when the board says it changed, and a fingerprint of each post that was there. */
export interface ThreadState {
  modified: number;
  page: number;
  posts: Record<string, number>;
}

/** What is known of one board; plain JSON. */
export interface BoardState {
  threads: Record<string, ThreadState>;
  /** When the list of threads was last read, milliseconds since 1970. */
  listed: number;
}

export interface BoardPost {
  no?: unknown;
  sub?: unknown;
  com?: unknown;
  md5?: unknown;
  filedeleted?: unknown;
  [field: string]: unknown;
}

/** Members of a thread that carry no number are told apart by their content, so that they are written once. */
const oddMember = '?';

const fingerprint = (post: BoardPost): number =>
  fnv1a(JSON.stringify([post.sub ?? null, post.com ?? null, post.md5 ?? null, post.filedeleted ?? null]));

/**
 * Compares a thread as it is now with what is known of it, and makes that the new state. Returns the posts that are new or
 * changed, and the numbers of those that are gone.
 */
export function updateThread(
  thread: ThreadState,
  posts: readonly unknown[],
): { fresh: unknown[]; changed: BoardPost[]; gone: string[] } {
  const fresh: unknown[] = [];
  const changed: BoardPost[] = [];
  const now: Record<string, number> = {};
  for (const member of posts) {
    const post = (typeof member === 'object' && member !== null ? member : {}) as BoardPost;
    const isNumbered = typeof post.no === 'number' || typeof post.no === 'string';
    const mark = isNumbered ? fingerprint(post) : fnv1a(JSON.stringify(member));
    const number = isNumbered ? String(post.no) : `${oddMember}${mark}`;
    const known = thread.posts[number];
    if (known === undefined) fresh.push(member);
    else if (known !== mark) changed.push(post);
    now[number] = mark;
  }
  const gone = Object.keys(thread.posts).filter((number) => !(number in now) && !number.startsWith(oddMember));
  thread.posts = now;
  return { fresh, changed, gone };
}
