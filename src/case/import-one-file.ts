import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Container, FileHead, ImportContext, Importer } from '../importers/importer.ts';
import type { Fault } from '../spool/fault.ts';
import type { Bound, Database } from '../store/database.ts';
import { type ImportCounts, mergeStaged, type ProblemEntry } from '../store/merge-staged.ts';
import { createStaging, dropRecords, loadRecords, stageAccounts, stagePosts } from '../store/staging.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { type PreparedSource, prepareSource, sampleRows } from './prepare-source.ts';
import { resolveUnreadRows } from './resolve-unread-rows.ts';

/** Reads one file with one importer and writes it into the case; all of it or nothing. */
export async function importOneFile(
  spilloverCase: Case,
  file: string,
  importer: Importer,
  head: FileHead,
  context: ImportContext,
  optionText: string,
  softwareVersion: string,
  effects: Effects,
): Promise<ImportCounts & { notes: string[] }> {
  const { database } = spilloverCase;
  const started = effects.now();
  const name = basename(file);
  const spoolDir = mkdtempSync(join(spilloverCase.temporary, 'import-'));
  const step = (what: string) =>
    effects.onProgress({ step: `${name}: ${what}`, done: null, total: null, unit: 'steps' });
  const interrupt = () => database.connection.interrupt();
  effects.signal?.addEventListener('abort', interrupt);
  try {
    const container = importer.container(head);
    const source = await prepareSource(file, container, spoolDir, {
      ...(effects.signal ? { signal: effects.signal } : {}),
      onProgress: (done, total) => effects.onProgress({ step: `${name}: reading`, done, total, unit: 'bytes' }),
    });
    const bound: Bound = {
      platform: context.platform,
      board: context.board,
      zone: context.zone,
      file_name: context.fileName,
      folder_name: context.folderName,
    };
    const notes = [...source.notes, ...(importer.notes ?? [])];
    if (importer.platforms.length === 0 && context.platform === null) {
      notes.push('The file names no platform: give it with --platform, so that posts meet those of other files.');
    }
    step('mapping records');
    await createStaging(database);
    await loadRecords(database, source.records);
    await stagePosts(database, importer.posts, bound);
    if (importer.accounts) await stageAccounts(database, importer.accounts, bound);
    const samples = await resolveUnreadRows(database, source, importer, bound, spoolDir);
    if (source.records.kind === 'lines') await dropRecords(database);
    step('writing the case');
    const counts = await mergeStaged(
      database,
      {
        file: name,
        path: resolve(file),
        sha256: source.sha256,
        bytes: source.bytes,
        format: importer.id,
        options: optionText,
        started,
        notes,
        softwareVersion,
      },
      source.faults.map(asProblem),
      {
        platform: context.platform ?? importer.platforms[0] ?? 'unknown',
        samples: (rows) => sampleRows(database, source, rows, samples),
        onStep: step,
        check: (counts) => checkSum(counts, container, source),
      },
    );
    const timeless = await postsWithoutTime(database);
    if (timeless > 0) {
      notes.push(
        `${timeless.toLocaleString('en')} posts have clock times without a zone, so their time is not known: import the file again with --zone.`,
      );
    }
    return { ...counts, notes };
  } finally {
    effects.signal?.removeEventListener('abort', interrupt);
    rmSync(spoolDir, { recursive: true, force: true });
  }
}

/** Posts of the newest source whose time is not known. */
async function postsWithoutTime(database: Database): Promise<number> {
  const row = await database.first<{ n: number }>(
    'select count(*) as n from post where time is null and source_key = (select max(source_key) from source)',
  );
  return row?.n ?? 0;
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
function checkSum(counts: ImportCounts, container: Container, source: PreparedSource): void {
  if (container.kind === 'lines') return;
  if (counts.recordsRead !== source.expectedRecords) {
    throw new Error(
      `the reader saw ${source.expectedRecords} records, the importer accounts for ${counts.recordsRead}`,
    );
  }
}
