import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { columnMapImporter } from '../importers/column-map.ts';
import { type Cell, readDataColumns } from '../importers/data-columns.ts';
import { readFileHead } from '../importers/file-head.ts';
import type { Importer } from '../importers/importer.ts';
import { importers, recognise } from '../importers/registry.ts';
import { suggestMap } from '../importers/suggest-map.ts';
import { openCase } from './case.ts';
import { quietEffects } from './effects.ts';
import { importContext } from './import-context.ts';
import { importFiles } from './import-files.ts';
import { listProblems } from './problems.ts';

/** How a file is to be read; what is left out is recognised. */
export interface Reading {
  format?: string | undefined;
  map?: object | undefined;
  platform?: string | undefined;
  board?: string | undefined;
  zone?: string | undefined;
}

export interface PreviewPost {
  platform: string | null;
  postId: string | null;
  account: string | null;
  handle: string | null;
  time: string | null;
  kind: string | null;
  text: string | null;
  urls: string[];
  hashtags: string[];
  permalink: string | null;
  line: number | null;
}

export interface FilePreview {
  readAs: { id: string; title: string; notes: string[] } | null;
  columns: { name: string; samples: string[] }[];
  suggestedMap: Record<string, unknown> | null;
  posts: PreviewPost[];
  records: number;
  problems: { line: number | null; reason: string; detail: string | null; sample: string | null }[];
  partial: boolean;
  error: { message: string; hint: string | null } | null;
}

const shownPosts = 20;
/** What the end of a beginning looks like; the whole file may be sound. */
const cutReasons = new Set(['invalid-json', 'invalid-xml', 'unclosed-quote']);
const wholeBelow = 4 * 1024 * 1024;

/** The importer that a reading names, or that recognises the file; null where a column map is needed. @throws UserError for an unknown format or a map that does not fit. */
export async function importerFor(file: string, reading: Reading): Promise<Importer | null> {
  if (reading.map !== undefined) return columnMapImporter(JSON.stringify(reading.map), 'The column map', file);
  if (reading.format !== undefined) {
    const named = importers.find(({ id }) => id === reading.format);
    if (!named) throw new UserError(`There is no format "${reading.format}".`);
    return named;
  }
  return recognise(await readFileHead(file));
}

/** What a file is and what its first records become, without touching the case. Faults of the file are in the answer. */
export async function previewFile(file: string, reading: Reading, temporary: string): Promise<FilePreview> {
  const preview: FilePreview = {
    readAs: null,
    columns: [],
    suggestedMap: null,
    posts: [],
    records: 0,
    problems: [],
    partial: false,
    error: null,
  };
  try {
    preview.columns = await columnsOf(file);
    let importer = await importerFor(file, reading);
    if (!importer || reading.map !== undefined)
      preview.suggestedMap = (await suggestMap(file)) as Record<string, unknown>;
    if (!importer && preview.suggestedMap?.time !== 'FILL IN')
      importer = await columnMapImporter(JSON.stringify(preview.suggestedMap), 'The suggested map', file);
    if (!importer) return preview;
    preview.readAs = { id: importer.id, title: importer.title, notes: [...(importer.notes ?? [])] };
    return { ...preview, ...(await firstRecords(file, importer, reading, temporary)) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const tidy = (text: string) => text.replaceAll(file, basename(file));
    return {
      ...preview,
      error: { message: tidy(error.message), hint: error.hint === undefined ? null : tidy(error.hint) },
    };
  }
}

async function columnsOf(file: string): Promise<FilePreview['columns']> {
  try {
    const { columns } = await readDataColumns(file);
    return [...columns].slice(0, 200).map(([name, cells]) => ({
      name,
      samples: cells
        .filter((cell) => cell !== null)
        .slice(0, 3)
        .map((cell) => cellText(cell).slice(0, 200)),
    }));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : JSON.stringify(cell));

/** Imports the beginning of the file into a case of its own, so that the preview shows what an import would do. */
async function firstRecords(
  file: string,
  mapped: Importer,
  reading: Reading,
  temporary: string,
): Promise<Pick<FilePreview, 'posts' | 'records' | 'problems' | 'partial'>> {
  const folder = mkdtempSync(join(temporary, 'import-preview-'));
  const { path, partial } = await beginning(file, folder);
  const own = await openCase(join(folder, 'case'), { threads: 1, memoryLimitBytes: 512 * 1024 ** 2 });
  try {
    const { platform, zone } = reading;
    const board = importContext(file, reading.board === undefined ? {} : { board: reading.board }).board;
    const report = await importFiles(
      own,
      [path],
      {
        mapped,
        ...(platform === undefined ? {} : { platform }),
        ...(board === null ? {} : { board }),
        ...(zone === undefined ? {} : { zone }),
      },
      quietEffects,
    );
    const [failed] = report.failed;
    if (failed) throw new UserError(failed.error.replaceAll(path, file), failed.hint ?? undefined);
    const posts = await own.database.rows<PreviewPost>(
      `select post.platform as platform, post_id as postId, account.platform || '/' || account_id as account, handle,
         strftime(time, '%Y-%m-%dT%H:%M:%S.%gZ') as time, kind, left(text, 1000) as text, coalesce(urls, []) as urls,
         coalesce(hashtags, []) as hashtags, permalink, line
       from post left join account using (account_key) where not embedded order by post_key limit ${shownPosts}`,
    );
    const { problems } = await listProblems(own, { limit: shownPosts });
    return {
      posts,
      records: report.totals.recordsRead,
      problems: (partial ? problems.filter((one) => !cutReasons.has(one.reason)) : problems).map(
        ({ line, reason, detail, sample }) => ({ line, reason, detail, sample }),
      ),
      partial,
    };
  } finally {
    own.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file itself where it is small, else its first 256 kB as a file of their own, without the last line, which may be cut. */
async function beginning(file: string, folder: string): Promise<{ path: string; partial: boolean }> {
  const head = await readFileHead(file);
  if (head.magic === 'parquet' || (head.compression === 'none' && head.bytes <= wholeBelow) || head.complete)
    return { path: file, partial: false };
  const path = join(folder, basename(file).replace(/\.(gz|zst)$/i, '') || 'sample');
  const end = head.text.lastIndexOf('\n');
  const isLines = head.jsonLines.length > 0 || head.csv !== null;
  writeFileSync(path, isLines && end > 0 ? head.text.slice(0, end + 1) : head.text);
  return { path, partial: true };
}
