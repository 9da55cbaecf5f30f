import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, openCase } from '../../../src/case/case.ts';

export interface FoundPost {
  id: string;
  text: string | null;
  edited: boolean;
  deleted: boolean;
}

/** Plays a scene in a directory of its own, once, however many cells look at what came of it. */
export function once<T>(play: (directory: string) => Promise<T>): () => Promise<T> {
  let played: Promise<T> | undefined;
  const start = async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spillover-contract-'));
    try {
      return await play(directory);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  };
  return () => {
    played ??= start();
    return played;
  };
}

/** The same with a case. */
export const onceWithCase = <T>(play: (spilloverCase: Case) => Promise<T>): (() => Promise<T>) =>
  once(async (directory) => {
    const spilloverCase = await openCase(directory, { threads: 1 });
    try {
      return await play(spilloverCase);
    } finally {
      spilloverCase.close();
    }
  });

/** The posts of a case that came as records of their own, by id. */
export function postsOf(spilloverCase: Case): Promise<FoundPost[]> {
  return spilloverCase.database.rows<FoundPost>(
    `select post_id as id, text, edited_at is not null as edited, deleted_at is not null as deleted
     from post where not embedded order by post_id`,
  );
}

/** Milliseconds between each and the next. */
export const between = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - times[index]!);

/** Upper bounds of the wait before each repeat by the rule of `backoffMs`; milliseconds. */
export const ceilings = (count: number, from: number, { baseMs, capMs }: { baseMs: number; capMs: number }): number[] =>
  Array.from({ length: count }, (_, index) => Math.min(capMs, baseMs * 2 ** (from + index)));
