import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { buildWorld } from './build-world.ts';
import { contextOf, storyQuery } from './context-file.ts';
import { applyLosses } from './losses.ts';
import { NativeIds } from './native-ids.ts';
import { type PlantOptions, resolvePlantOptions } from './plant-options.ts';
import { PostContent } from './post-content.ts';
import { type PostLog, quote, reply, reshare } from './post-log.ts';
import { gatherTruth, type Truth } from './truth.ts';
import { writeBluesky } from './write-bluesky.ts';
import { writeBoard } from './write-board.ts';
import { writeNews } from './write-news.ts';
import { writeTelegram } from './write-telegram.ts';
import { writeX } from './write-x.ts';
import type { WrittenWorld } from './written-world.ts';

export interface PlantSummary {
  campaign: boolean;
  query: string;
  /** Posts made in the invented world, and records in the files, by platform. */
  counts: Truth['counts'];
  storyPosts: Truth['story']['posts'];
  files: { path: string; bytes: number; posts: number }[];
}

/**
 * Writes the native files of an invented, harmless campaign amid ordinary posts, with `context.json`, `story.txt` and `truth.json`.
 *
 * The same options give the same bytes. Progress counts every post twice: made, then written. Memory grows by about 100 bytes a post.
 * @throws UserError for options out of range, and for a directory that holds files of another making.
 */
export async function plantCampaign(
  options: Partial<PlantOptions>,
  outDir: string,
  effects: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): Promise<PlantSummary> {
  const resolved = resolvePlantOptions(options);
  await emptyOutDir(outDir);
  const total = resolved.posts * 2;
  const built = buildWorld(resolved, {
    ...(effects.signal ? { signal: effects.signal } : {}),
    onProgress: (made) => effects.onProgress?.(made, total),
  });
  const { log, start } = built.world;
  const order = log.order(start);
  const content = new PostContent(built);
  const ids = new NativeIds(built, content, order);
  if (built.campaign)
    content.threadUrl = `https://boards.4chan.org/inv/thread/${ids.boardNumber(built.campaign.origin)}`;
  let done = log.count;
  const written: WrittenWorld = {
    built,
    content,
    ids,
    order,
    fates: applyLosses(built, order),
    embedded: new Uint8Array(log.count),
    counts: countReactions(log),
    outDir,
    files: [],
    onWritten: (posts) => {
      done += posts;
      effects.onProgress?.(done, total);
    },
  };
  const writers = { '4chan': writeBoard, telegram: writeTelegram, bluesky: writeBluesky, x: writeX, news: writeNews };
  for (const [platform, write] of Object.entries(writers))
    if (platform !== resolved.missingPlatform) await write(written);
  const truth = gatherTruth(written);
  await writeFile(join(outDir, 'story.txt'), `${storyQuery(written)}\n`);
  await writeFile(join(outDir, 'context.json'), `${JSON.stringify(contextOf(written), null, 2)}\n`);
  await writeFile(join(outDir, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
  effects.onProgress?.(total, total);
  return {
    campaign: truth.campaign,
    query: truth.story.query,
    counts: truth.counts,
    storyPosts: truth.story.posts,
    files: written.files,
  };
}

/** Makes the directory, and removes what an earlier run left there. */
async function emptyOutDir(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const names = await readdir(outDir);
  if (names.length > 0 && !existsSync(join(outDir, 'truth.json')))
    throw new UserError(`${outDir} is not empty and holds no planted campaign.`, 'Name an empty directory.');
  const own = names.filter((name) =>
    /^(4chan|telegram|x\.jsonl|bluesky\.ndjson|news-[\w-]+\.xml|story\.txt|context\.json|truth\.json)$/.test(name),
  );
  for (const name of own) await rm(join(outDir, name), { recursive: true });
}

function countReactions(log: PostLog): WrittenWorld['counts'] {
  const counts = {
    reshares: new Uint32Array(log.count),
    replies: new Uint32Array(log.count),
    quotes: new Uint32Array(log.count),
  };
  for (let post = 0; post < log.count; post++) {
    const parent = log.parent[post]!;
    if (parent < 0) continue;
    if (log.kind[post] === reshare) counts.reshares[parent]!++;
    else if (log.kind[post] === reply) counts.replies[parent]!++;
    else if (log.kind[post] === quote) counts.quotes[parent]!++;
  }
  return counts;
}
