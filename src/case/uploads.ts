import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../base/errors.ts';
import { readFileHead } from '../importers/file-head.ts';
import { recognise } from '../importers/registry.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { type ImportOptions, importFiles } from './import-files.ts';
import type { ImportReport } from './import-report.ts';
import { importerFor, type Reading } from './preview-file.ts';

/** A file that was sent to the case. It lies in `files/<id>/` of the case and stays there once imported, so that its records can be shown. */
export interface Upload {
  id: string;
  /** Name as it was sent, with its folders; only a label. */
  name: string;
  bytes: number;
  received: string;
  format: string | null;
  formatTitle: string | null;
}

interface Kept extends Upload {
  /** Where it lies below the folder of the upload. */
  place: string;
}

/** The file is larger than may be sent. */
export class TooLarge extends UserError {}
/** The disk has no room for it. */
export class NoRoom extends UserError {}

const reserveBytes = 512 * 1024 ** 2;
const filesOf = (spilloverCase: Case) => resolve(spilloverCase.directory, 'files');

/**
 * Writes what is sent to the case, piece by piece.
 * @throws TooLarge, NoRoom; nothing is left behind then.
 */
export async function receiveUpload(
  spilloverCase: Case,
  name: string,
  content: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): Promise<Upload> {
  const id = randomBytes(12).toString('hex');
  const folder = join(filesOf(spilloverCase), id);
  const place = safePlace(name);
  const arriving = join(spilloverCase.temporary, `import-upload-${id}`);
  mkdirSync(join(folder, dirname(place)), { recursive: true });
  try {
    const bytes = await write(content, arriving, limitBytes, filesOf(spilloverCase));
    renameSync(arriving, join(folder, place));
    const head = await readFileHead(join(folder, place));
    const importer = recognise(head);
    const kept: Kept = {
      id,
      name,
      bytes,
      received: new Date().toISOString(),
      format: importer?.id ?? null,
      formatTitle: importer?.title ?? null,
      place,
    };
    writeFileSync(`${folder}.json`, JSON.stringify(kept));
    return withoutPlace(kept);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(arriving, { force: true });
  }
}

async function write(
  content: ReadableStream<Uint8Array> | null,
  path: string,
  limitBytes: number,
  disk: string,
): Promise<number> {
  const { bavail, bsize } = statfsSync(disk);
  const room = bavail * bsize - reserveBytes;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limitBytes)
        done(
          new TooLarge(
            `A file that is sent may hold ${limitBytes.toLocaleString('en')} bytes.`,
            'Import it on the command line: spillover import FILE',
          ),
        );
      else if (bytes > room)
        done(new NoRoom('The disk has no room for this file.', 'Free some space, or move the case to another disk.'));
      else done(null, chunk);
    },
  });
  const source = content === null ? Readable.from([]) : Readable.fromWeb(content as never);
  await pipeline(source, counted, createWriteStream(path, { flags: 'wx' }));
  return bytes;
}

/** Files that were sent and are not in the case yet, in the order in which they came. */
export async function listUploads(spilloverCase: Case): Promise<Upload[]> {
  const folder = filesOf(spilloverCase);
  if (!existsSync(folder)) return [];
  const sources = await spilloverCase.database.rows<{ path: string }>('select path from source');
  const imported = new Set(sources.map(({ path }) => path));
  return readdirSync(folder)
    .filter((file) => /^[a-f0-9]{24}\.json$/.test(file))
    .map((file) => readKept(folder, file.slice(0, -5))!)
    .filter((kept) => !imported.has(join(folder, kept.id, kept.place)))
    .sort((a, b) => (a.received < b.received ? -1 : 1))
    .map(withoutPlace);
}

/** An upload and where it lies. @throws UserError where it is not there. */
export function findUpload(spilloverCase: Case, id: string): { upload: Upload; path: string } {
  const kept = readKept(filesOf(spilloverCase), id);
  if (!kept) throw new UserError('This file was not sent, or was discarded.', 'Send it again.');
  return { upload: withoutPlace(kept), path: join(filesOf(spilloverCase), id, kept.place) };
}

/** Deletes a file that was sent. @throws UserError where it was imported: its records are evidence. */
export async function discardUpload(spilloverCase: Case, id: string): Promise<void> {
  const { path, upload } = findUpload(spilloverCase, id);
  const used = await spilloverCase.database.first('select 1 from source where path = $path', { path });
  if (used) throw new UserError(`${upload.name} is in the case: it stays, so that its records can be shown.`);
  remove(spilloverCase, id);
}

/** Imports files that were sent, all of them read in the same way. Files the case already held are deleted, files that failed can be tried again; names in the report are those they were sent under. */
export async function importUploads(
  spilloverCase: Case,
  ids: readonly string[],
  reading: Reading,
  effects: Effects,
): Promise<ImportReport> {
  const uploads = ids.map((id) => findUpload(spilloverCase, id));
  const options = await importOptions(uploads[0]!.path, reading);
  const names = new Map(uploads.map(({ upload, path }) => [path, upload.name]));
  const report = await importFiles(spilloverCase, [...names.keys()], options, effects);
  for (const source of report.sources) {
    const own = uploads.find(({ path }) => path === source.file);
    if (own && source.alreadyImported) remove(spilloverCase, own.upload.id);
  }
  const named = <T extends { file: string }>(one: T): T => ({ ...one, file: names.get(one.file) ?? one.file });
  return {
    ...report,
    sources: report.sources.map(named),
    passedOver: report.passedOver.map((one) => ({ ...named(one), hint: null })),
    failed: report.failed.map((one) => ({
      ...named(one),
      error: one.error.replaceAll(one.file, names.get(one.file) ?? one.file),
      hint: one.hint?.replaceAll(one.file, names.get(one.file) ?? one.file) ?? null,
    })),
  };
}

async function importOptions(file: string, { map, format, platform, board, zone }: Reading): Promise<ImportOptions> {
  const mapped = map === undefined ? null : await importerFor(file, { map });
  return {
    ...(mapped ? { mapped } : {}),
    ...(format === undefined ? {} : { format }),
    ...(platform === undefined ? {} : { platform }),
    ...(board === undefined ? {} : { board }),
    ...(zone === undefined ? {} : { zone }),
  };
}

function remove(spilloverCase: Case, id: string): void {
  rmSync(join(filesOf(spilloverCase), `${id}.json`), { force: true });
  rmSync(join(filesOf(spilloverCase), id), { recursive: true, force: true });
}

function readKept(folder: string, id: string): Kept | null {
  const path = join(folder, `${id}.json`);
  return /^[a-f0-9]{24}$/.test(id) && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : null;
}

function withoutPlace({ place: _, ...upload }: Kept): Upload {
  return upload;
}

/** A harmless path for a name: its last three parts (boards are told from folders), without dots in front and signs that a file system minds. */
export function safePlace(name: string): string {
  const parts = name
    .split(/[/\\]+/)
    .map((part) =>
      cut(
        part
          .normalize('NFC')
          .replace(/[^\p{L}\p{N} ._()+,=@-]/gu, '_')
          .replace(/^[. ]+|[. ]+$/g, ''),
      ),
    )
    .filter((part) => part !== '');
  return parts.length === 0 ? 'file' : join(...parts.slice(-3));
}

/** A long name keeps its first and last 30 characters: the end says more than the middle. */
function cut(part: string): string {
  const letters = [...part];
  return letters.length <= 60 ? part : [...letters.slice(0, 30), ...letters.slice(-30)].join('');
}
