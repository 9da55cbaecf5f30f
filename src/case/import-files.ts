import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import { readFileHead } from '../importers/file-head.ts';
import type { FileHead, ImportContext, Importer } from '../importers/importer.ts';
import { importers, recognise } from '../importers/registry.ts';
import { countTexts } from '../store/text-clusters.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { clusterTexts } from './cluster-texts.ts';
import type { Effects } from './effects.ts';
import { importOneFile } from './import-one-file.ts';

export interface ImportOptions {
  /** Importer id; without it each file is recognised by its content. */
  format?: string;
  /** An importer made from a column map, used for every file. */
  mapped?: Importer;
  platform?: string;
  board?: string;
  zone?: string;
}

/** What became of one file: records read = posts added + duplicates + problems; `embedded` posts are counted apart. */
export interface ImportedSource {
  file: string;
  format: string;
  recordsRead: number;
  postsAdded: number;
  duplicates: number;
  problems: number;
  embedded: number;
  notes: string[];
  /** True where the case already holds this very file: nothing was read. */
  alreadyImported: boolean;
  seconds: number;
}

export interface FailedSource {
  file: string;
  error: string;
  hint: string | null;
}

export interface ImportReport {
  sources: ImportedSource[];
  failed: FailedSource[];
  totals: Pick<ImportedSource, 'recordsRead' | 'postsAdded' | 'duplicates' | 'problems' | 'embedded'>;
}

/**
 * Imports files and folders one after the other; each file is one source and one transaction. A file that cannot be read or
 * recognised is reported in `failed` and does not stop the others.
 */
export async function importFiles(
  spilloverCase: Case,
  paths: readonly string[],
  options: ImportOptions,
  effects: Effects,
): Promise<ImportReport> {
  const report: ImportReport = {
    sources: [],
    failed: [],
    totals: { recordsRead: 0, postsAdded: 0, duplicates: 0, problems: 0, embedded: 0 },
  };
  checkZone(options.zone);
  const importer = options.mapped ?? importerNamed(options.format);
  for (const path of paths) {
    for (const file of filesBelow(path, report.failed)) {
      effects.signal?.throwIfAborted();
      try {
        const source = await importFile(spilloverCase, file, importer, options, effects);
        report.sources.push(source);
        for (const key of Object.keys(report.totals) as (keyof ImportReport['totals'])[])
          report.totals[key] += source[key];
      } catch (error) {
        effects.signal?.throwIfAborted();
        if (!(error instanceof UserError))
          throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
        report.failed.push({ file, error: error.message, hint: error.hint ?? null });
      }
    }
  }
  if (report.sources.some((source) => source.postsAdded > 0)) await clusterIfSmall(spilloverCase, effects);
  return report;
}

/** Up to this many distinct texts are grouped at the end of every import: some five seconds. */
const textsGroupedAtImport = 300_000;

async function clusterIfSmall(spilloverCase: Case, effects: Effects): Promise<void> {
  const texts = await countTexts(spilloverCase.database);
  if (texts <= textsGroupedAtImport) await clusterTexts(spilloverCase, effects);
  else
    effects.onNote(
      `${texts.toLocaleString('en')} distinct texts: near-duplicates are not grouped now; run spillover cluster when you need them.`,
    );
}

function checkZone(zone: string | undefined): void {
  if (zone === undefined || zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)) return;
  throw new UserError(
    `"${zone}" is not a time zone.`,
    'Use an IANA name such as Europe/Paris, America/New_York or UTC.',
  );
}

const otherPlatformNames: Record<string, string> = {
  twitter: 'x',
  'x.com': 'x',
  'twitter.com': 'x',
  fb: 'facebook',
  ig: 'instagram',
  yt: 'youtube',
  bsky: 'bluesky',
  tg: 'telegram',
};

/** The project's word for a platform: lower case, and `x` for Twitter. */
function platformNamed(name: string): string {
  const lower = name.trim().toLowerCase();
  return otherPlatformNames[lower] ?? lower;
}

function importerNamed(format: string | undefined): Importer | null {
  if (format === undefined) return null;
  const found = importers.find((importer) => importer.id === format);
  if (!found) throw new UserError(`There is no format "${format}".`, 'spillover formats lists them.');
  return found;
}

/** Regular files below a path in natural order; whatever cannot be read is reported, a folder is entered once. */
function filesBelow(path: string, failed: FailedSource[], entered = new Set<string>()): string[] {
  const fail = (error: string, hint: string | null = null): string[] => {
    failed.push({ file: path, error, hint });
    return [];
  };
  let status: Stats | undefined;
  try {
    status = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return fail(`${path} cannot be reached: ${error instanceof Error ? error.message : error}`);
  }
  if (!status)
    return fail(
      lstatSync(path, { throwIfNoEntry: false }) ? `${path} is a link to nothing.` : `${path} does not exist.`,
    );
  if (status.isFile()) return [path];
  if (!status.isDirectory())
    return fail(
      `${path} is not a regular file.`,
      'Pipes and devices cannot be imported: save their content to a file first.',
    );
  const real = realpathSync(path);
  if (entered.has(real)) return [];
  const isTop = entered.size === 0;
  entered.add(real);
  const before = failed.length;
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .flatMap((entry) => filesBelow(join(path, entry.name), failed, entered));
  return isTop && files.length === 0 && failed.length === before ? fail(`${path} holds no files.`) : files;
}

async function importFile(
  spilloverCase: Case,
  file: string,
  named: Importer | null,
  options: ImportOptions,
  effects: Effects,
): Promise<ImportedSource> {
  const began = effects.now().getTime();
  const head = await readFileHead(file);
  const importer = named ?? recognise(head);
  if (!importer) throw notRecognised(file, head);
  const context: ImportContext = {
    fileName: basename(file),
    folderName: basename(dirname(resolve(file))),
    platform: options.platform === undefined ? null : platformNamed(options.platform),
    board: options.board ?? boardOf(file),
    zone: options.zone ?? null,
  };
  const known = await alreadyImported(spilloverCase, file, head, importer, options);
  if (known) {
    return {
      file,
      format: importer.id,
      recordsRead: 0,
      postsAdded: 0,
      duplicates: 0,
      problems: 0,
      embedded: 0,
      notes: [`The case already holds this file (imported ${known} as ${importer.id}): nothing was read again.`],
      alreadyImported: true,
      seconds: (effects.now().getTime() - began) / 1000,
    };
  }
  const imported = await importOneFile(
    spilloverCase,
    file,
    importer,
    head,
    context,
    optionText(importer, head, options),
    version,
    effects,
  );
  return {
    file,
    format: importer.id,
    ...imported,
    alreadyImported: false,
    seconds: (effects.now().getTime() - began) / 1000,
  };
}

function notRecognised(file: string, head: FileHead): UserError {
  if (head.bytes === 0) return new UserError(`${file} is empty.`);
  if (head.binary && head.magic !== 'parquet')
    return new UserError(`${file} is not a text file, and no format that Spillover reads.`);
  return new UserError(
    `The format of ${file} is not recognised.`,
    `spillover formats lists what is; for any other table or JSON write a column map: spillover import --suggest ${file}`,
  );
}

/** What else decides the result of an import besides the bytes of the file. */
function optionText(importer: Importer, head: FileHead, options: ImportOptions): string {
  const { platform, board, zone } = options;
  return JSON.stringify({ platform, board, zone, ...(options.mapped ? { map: definitionHash(importer, head) } : {}) });
}

/** A column map decides the SELECT and how the file is read; both make the importer. */
function definitionHash(importer: Importer, head: FileHead): string {
  const definition = [importer.posts, importer.accounts ?? '', JSON.stringify(importer.container(head))];
  return createHash('sha256').update(definition.join('\n')).digest('hex').slice(0, 16);
}

async function alreadyImported(
  spilloverCase: Case,
  file: string,
  head: FileHead,
  importer: Importer,
  options: ImportOptions,
): Promise<string | null> {
  const candidates = await spilloverCase.database.rows<{ sha256: string; started: string }>(
    `select sha256, strftime(started, '%Y-%m-%d %H:%M UTC') as started from source
     where bytes = $bytes and format = $format and options = $options`,
    { bytes: BigInt(head.bytes), format: importer.id, options: optionText(importer, head, options) },
  );
  if (candidates.length === 0) return null;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  const sha256 = hash.digest('hex');
  return candidates.find((candidate) => candidate.sha256 === sha256)?.started ?? null;
}

const boardSites = new Set(['4chan', '8chan', '8kun', '4plebs']);

/** The board that a path names: `…/4chan/pol/thread-1.json`, `pol.csv`, `pol-123.json`; null where it names none. */
export function boardOf(file: string): string | null {
  const parts = resolve(file).split(/[\\/]/);
  const name = parts.at(-1) ?? '';
  if (boardSites.has((parts.at(-3) ?? '').toLowerCase())) return parts.at(-2) ?? null;
  const short = /^([a-z0-9]{1,5})(?:[-_.](?:thread[-_.]?)?\d+)?\.(?:csv|json|ndjson|jsonl)(?:\.gz|\.zst)?$/.exec(name);
  return short && !ordinaryNames.has(short[1]!) ? short[1]! : null;
}

/** Short file names that are words, not boards. */
const ordinaryNames = new Set([
  'posts',
  'post',
  'news',
  'data',
  'out',
  'all',
  'list',
  'test',
  'dump',
  'page',
  'chat',
  'feed',
  'index',
  'items',
  'rows',
]);
