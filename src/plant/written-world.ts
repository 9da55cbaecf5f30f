import { join } from 'node:path';
import type { BuiltWorld } from './build-world.ts';
import { deleted, kept } from './losses.ts';
import type { NativeIds } from './native-ids.ts';
import type { PostContent } from './post-content.ts';

/** Everything that the writers of native files need. */
export interface WrittenWorld {
  built: BuiltWorld;
  content: PostContent;
  ids: NativeIds;
  /** All posts in order of time. */
  order: Uint32Array;
  /** See `losses.ts`, by post. */
  fates: Uint8Array;
  /** 1 for a post that stands inside the record of another one. */
  embedded: Uint8Array;
  /** How often each post was reshared, answered and quoted in truth. */
  counts: { reshares: Uint32Array; replies: Uint32Array; quotes: Uint32Array };
  outDir: string;
  files: { path: string; bytes: number; posts: number }[];
  onWritten: (posts: number) => void;
}

export function inOutDir(written: WrittenWorld, ...parts: string[]): string {
  return join(written.outDir, ...parts);
}

/** The kept posts of a platform, in order of time or, where the user asked for it, in random order. */
export function keptPosts(written: WrittenWorld, platform: number, shuffleable: boolean): Uint32Array {
  const { log, options, random } = written.built.world;
  let count = 0;
  for (const post of written.order) if (log.platform[post] === platform && written.fates[post] === kept) count++;
  const posts = new Uint32Array(count);
  let at = 0;
  for (const post of written.order)
    if (log.platform[post] === platform && written.fates[post] === kept) posts[at++] = post;
  return shuffleable && options.shuffle ? random(`shuffle ${platform}`).shuffle(posts) : posts;
}

/** Whether a record may hold the post inside it. */
export function canEmbed(written: WrittenWorld, post: number): boolean {
  return written.fates[post] !== deleted;
}
