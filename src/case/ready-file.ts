import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { readFileHead } from '../importers/file-head.ts';
import type { FileHead, ImportContext, Importer } from '../importers/importer.ts';
import { recognise } from '../importers/registry.ts';
import type { Bound } from '../store/database.ts';
import { namesIn } from '../store/staging.ts';
import type { Effects } from './effects.ts';
import { type GivenContext, importContext } from './import-context.ts';
import { type PreparedSource, prepareSource } from './prepare-source.ts';
import { shapeOf } from './record-rows.ts';

/** A file whose format is known. */
export interface RecognisedFile {
  file: string;
  head: FileHead;
  importer: Importer;
  context: ImportContext;
  /** What else decides the result of an import besides the bytes of the file, as JSON. */
  optionText: string;
}

/** A file that is made ready for the database's readers; `remove` deletes what was written for that. */
export interface ReadyFile extends RecognisedFile {
  source: PreparedSource;
  bound: Bound;
  started: Date;
  spoolDir: string;
  remove: () => void;
}

/** No importer knows the file. */
export class NotRecognisedError extends UserError {
  readonly head: FileHead;

  constructor(head: FileHead, message: string, hint?: string) {
    super(message, hint);
    this.head = head;
  }
}

/** @throws UserError where the file cannot be read; NotRecognisedError where no importer knows it. */
export async function recogniseFile(
  file: string,
  named: Importer | null,
  given: GivenContext,
  isMapped: boolean,
): Promise<RecognisedFile> {
  const head = await readFileHead(file);
  const importer = named ?? recognise(head);
  if (!importer) throw notRecognised(file, head);
  const { platform, board, zone } = given;
  const map = isMapped ? { map: definitionHash(importer, head) } : {};
  return {
    file,
    head,
    importer,
    context: importContext(file, given),
    optionText: JSON.stringify({ platform, board, zone, ...map }),
  };
}

/** Reads the file through and writes a spool into a new folder below `temporary` where the database cannot read it as it is. */
export async function makeReady(recognised: RecognisedFile, temporary: string, effects: Effects): Promise<ReadyFile> {
  const { file, importer, head, context } = recognised;
  const started = effects.now();
  const spoolDir = mkdtempSync(join(temporary, 'import-'));
  const remove = () => rmSync(spoolDir, { recursive: true, force: true });
  try {
    const source = await prepareSource(file, importer.container(head), spoolDir, {
      ...(effects.signal ? { signal: effects.signal } : {}),
      onProgress: (done, total) =>
        effects.onProgress({ step: `${basename(file)}: reading`, done, total, unit: 'bytes' }),
    });
    const bound = {
      platform: context.platform,
      board: context.board,
      zone: context.zone,
      file_name: context.fileName,
      folder_name: context.folderName,
    };
    return { ...recognised, source, bound, started, spoolDir, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const smallBytes = 4 * 1024 * 1024;
const batchBytes = 64 * 1024 * 1024;
const batchFiles = 1000;

/**
 * Whether a file can be written into the case together with those before it: planning the statements of one import costs more
 * than a small file's rows do. They must be small, of one shape, and mean the same to the importer's SQL.
 */
export function fits(batch: readonly ReadyFile[], file: ReadyFile): boolean {
  const [first] = batch;
  if (!first) return true;
  return (
    [first, file].every(({ importer, head }) => head.bytes <= smallBytes && !importer.relatesRecords) &&
    batch.length < batchFiles &&
    batch.reduce((sum, { head }) => sum + head.bytes, file.head.bytes) <= batchBytes &&
    batch.every(({ source }) => source.sha256 !== file.source.sha256) &&
    kindOf(first) === kindOf(file)
  );
}

function kindOf({ importer, optionText, context, bound, source }: ReadyFile): string {
  const used = namesIn(`${importer.posts} ${importer.accounts ?? ''}`, bound);
  return JSON.stringify([importer.id, optionText, context.platform, used, source.records.kind, shapeOf(source)]);
}

function notRecognised(file: string, head: FileHead): UserError {
  if (head.bytes === 0) return new UserError(`${file} is empty.`);
  if (head.binary && head.magic !== 'parquet')
    return new NotRecognisedError(
      head,
      `${file} is not a text file, and no format that Spillover reads.`,
      'Save spreadsheets as CSV, and unpack archives (zip, 7z, tar), then import what comes out.',
    );
  return new NotRecognisedError(
    head,
    `The format of ${file} is not recognised.`,
    `spillover formats lists what is; for any other table or JSON write a column map: spillover import --suggest ${file}`,
  );
}

/** A column map decides the SELECT and how the file is read; both make the importer. */
function definitionHash(importer: Importer, head: FileHead): string {
  const definition = [importer.posts, importer.accounts ?? '', JSON.stringify(importer.container(head))];
  return createHash('sha256').update(definition.join('\n')).digest('hex').slice(0, 16);
}
