import { basename, resolve } from 'node:path';
import type { Fault } from '../spool/fault.ts';
import { nextSourceKey } from '../store/case-revision.ts';
import type { Database } from '../store/database.ts';
import { type ImportCounts, mergeStaged } from '../store/merge-staged.ts';
import { createStaging, dropRecords, loadRecords, stageAccounts, stagePosts } from '../store/staging.ts';
import type { ProblemEntry } from '../store/write-problems.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import type { ReadyFile } from './ready-file.ts';
import { joined, sampleRows } from './record-rows.ts';
import { resolveUnreadRows } from './resolve-unread-rows.ts';

/** Writes files of one kind (see `fits`) into the case, each as a source of its own; all of them or nothing. */
export async function importBatch(
  spilloverCase: Case,
  batch: readonly ReadyFile[],
  effects: Effects,
): Promise<(ImportCounts & { notes: string[] })[]> {
  const { database } = spilloverCase;
  const [{ importer, bound, context, spoolDir }] = batch as [ReadyFile, ...ReadyFile[]];
  const name = basename(batch.at(-1)!.file) + (batch.length > 1 ? ` and ${batch.length - 1} like it` : '');
  const step = (what: string) => {
    effects.onProgress({ step: `${name}: ${what}`, done: null, total: null, unit: 'steps' });
    effects.signal?.throwIfAborted();
  };
  const interrupt = () => database.interrupt();
  effects.signal?.addEventListener('abort', interrupt);
  try {
    const rows = joined(batch.map(({ source }) => source));
    const firstKey = await nextSourceKey(database);
    step('mapping records');
    await createStaging(database, rows.records.files, firstKey);
    await loadRecords(database, rows.records);
    await stagePosts(database, importer.posts, bound);
    if (importer.accounts) await stageAccounts(database, importer.accounts, bound);
    const samples = await resolveUnreadRows(database, rows, importer, bound, spoolDir);
    if (rows.records.kind === 'lines') await dropRecords(database);
    step('writing the case');
    const notes = batch.map(notesOf);
    const counts = await mergeStaged(
      database,
      batch.map(({ file, head, source, optionText, started }, index) => ({
        key: firstKey + index,
        file: basename(file),
        path: resolve(file),
        sha256: source.sha256,
        bytes: head.bytes,
        format: importer.id,
        options: optionText,
        started,
        notes: notes[index]!,
        softwareVersion: version,
        faults: source.faults.map(asProblem),
      })),
      {
        platform: context.platform ?? importer.platforms[0] ?? 'unknown',
        samples: (wanted) => sampleRows(database, rows, wanted, samples),
        onStep: step,
        check: (found) => {
          for (const [index, { source }] of batch.entries()) checkSum(found[index]!, source);
        },
      },
    );
    const timeless = await postsWithoutTime(database, firstKey);
    const marks = importer.markNotes ? await marksOfPosts(database, firstKey) : new Map<number, string[]>();
    return counts.map((count, index) => ({
      ...count,
      notes: [
        ...notes[index]!,
        ...(marks.get(firstKey + index) ?? []).flatMap((mark) => importer.markNotes?.[mark] ?? []),
        ...timelessNote(timeless.get(firstKey + index) ?? 0),
      ],
    }));
  } finally {
    effects.signal?.removeEventListener('abort', interrupt);
  }
}

function notesOf({ source, importer, context }: ReadyFile): string[] {
  const notes = [...source.notes, ...(importer.notes ?? [])];
  if (importer.platforms.length === 0 && context.platform === null)
    notes.push('The file names no platform: give it with --platform, so that posts meet those of other files.');
  return notes;
}

function timelessNote(posts: number): string[] {
  if (posts === 0) return [];
  return [
    `${posts.toLocaleString('en')} posts have clock times without a zone, so their time is not known: import the file again with --zone.`,
  ];
}

/** How many posts of each source from this one on have no known time. */
async function postsWithoutTime(database: Database, firstKey: number): Promise<Map<number, number>> {
  const rows = await database.rows<{ key: number; n: number }>(
    'select source_key as key, count(*) as n from post where time is null and source_key >= $firstKey group by all',
    { firstKey },
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}

/** Marks on the posts of each source from this one on. */
async function marksOfPosts(database: Database, firstKey: number): Promise<Map<number, string[]>> {
  const rows = await database.rows<{ key: number; marks: string[] }>(
    `with marked as (select source_key, unnest(warnings) as mark from post where source_key >= $firstKey)
    select source_key as key, list(distinct mark order by mark) as marks from marked group by all`,
    { firstKey },
  );
  return new Map(rows.map(({ key, marks }) => [key, marks]));
}

function asProblem(fault: Fault): ProblemEntry {
  return {
    line: fault.line,
    place: fault.at ?? null,
    reason: fault.reason,
    detail: fault.detail,
    sample: fault.sample,
  };
}

/** One record of a table or document must end as one record of the report; anything else is a bug of an importer. */
function checkSum(counts: ImportCounts, source: ReadyFile['source']): void {
  if (source.records.kind === 'lines') return;
  if (counts.recordsRead !== source.expectedRecords) {
    throw new Error(
      `the reader saw ${source.expectedRecords} records, the importer accounts for ${counts.recordsRead}`,
    );
  }
}
