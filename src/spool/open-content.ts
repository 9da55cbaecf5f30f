import { UserError } from '../base/errors.ts';
import { type DecodeReport, decodeText, type Encoding, hasMultibyte } from './decode-text.ts';
import { GzipDamage, gunzip } from './gunzip.ts';
import { RawFile, type RawOptions } from './raw-file.ts';
import { unzstd } from './unzstd.ts';
import { ZstdDamage } from './zstd-entropy.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** What is known of a file after its content was read to the end. `damage` says where a broken archive gave out. */
export interface ContentSummary {
  sha256: string;
  bytes: number;
  compression: Compression;
  encoding: Encoding;
  damage: string | null;
  notes: string[];
}

/**
 * The text of a file as UTF-8 pieces, each good until the next is asked for, that never cut a character; `summary` is
 * complete once all were read. Who does not begin to read the pieces calls `close`; who leaves a loop over them need not.
 */
export interface Content {
  pieces: AsyncGenerator<Buffer>;
  summary: ContentSummary;
  close: () => Promise<void>;
}

export interface ContentOptions extends RawOptions {
  /** Decides between damaged UTF-8 and windows-1252 from what was read, without looking through the rest. */
  hasty?: boolean;
}

type Next = () => Promise<Buffer | null>;

const FOREIGN_ARCHIVES: [string, string, string][] = [
  ['504b0304', 'zip', 'unzip FILE'],
  ['fd377a585a00', 'xz', 'xz -dk FILE'],
  ['425a68', 'bzip2', 'bunzip2 -k FILE'],
  ['377abcaf271c', '7z', '7z x FILE'],
];

function compressionOf(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b && (head.length < 3 || head[2] === 8)) return 'gzip';
  if (head.length < 4) return 'none';
  const magic = head.readUInt32LE(0);
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : 'none';
}

function refuseForeignArchive(file: string, head: Buffer): void {
  const hex = head.subarray(0, 10).toString('hex');
  for (const [magic, name, command] of FOREIGN_ARCHIVES) {
    const found = hex.startsWith(magic) && (name !== 'bzip2' || hex.slice(8) === '314159265359');
    if (found) throw new UserError(`${file} is a ${name} archive`, `Unpack it first: ${command}`);
  }
}

async function* plain(next: Next): AsyncGenerator<Buffer> {
  for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk;
}

async function unpack(raw: RawFile, signal: AbortSignal | undefined): Promise<[Compression, AsyncGenerator<Buffer>]> {
  let first: Buffer | null = await raw.next();
  const head = first ?? Buffer.alloc(0);
  refuseForeignArchive(raw.file, head);
  const compression = compressionOf(head);
  const next = (): Promise<Buffer | null> => {
    if (first === null) return raw.next();
    const chunk = first;
    first = null;
    return Promise.resolve(chunk);
  };
  if (compression === 'none') return [compression, plain(next)];
  if (compression === 'zstd') return [compression, withinReason(unzstd(next), raw)];
  const reopen = async (): Promise<{ next: Next; close: () => Promise<void> }> => {
    const again = await RawFile.open(raw.file, { unhashed: true, signal });
    return { next: () => again.next(), close: () => again.close() };
  };
  return [compression, withinReason(gunzip(next, reopen), raw)];
}

/** A file that unpacks to more than this, and to more than 300 times its size, was made to fill the disk. */
const suspiciousBytes = 256 * 1024 ** 2;
const suspiciousRatio = 300;

async function* withinReason(pieces: AsyncGenerator<Buffer>, raw: RawFile): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > suspiciousBytes && bytes > suspiciousRatio * raw.size) {
      throw new UserError(
        `${raw.file} unpacks to more than ${suspiciousRatio} times its size and was not read further.`,
        'Such archives are made to fill the disk. If you trust it, unpack it yourself and import what comes out.',
      );
    }
    yield piece;
  }
}

async function* untilDamage(pieces: AsyncGenerator<Buffer>, summary: ContentSummary): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    if (!(error instanceof GzipDamage || error instanceof ZstdDamage)) throw error;
    summary.damage = error.message;
  }
}

async function fileHasMultibyte(file: string, signal: AbortSignal | undefined): Promise<boolean> {
  const raw = await RawFile.open(file, { unhashed: true, signal });
  try {
    const [compression, pieces] = await unpack(raw, signal);
    const ignored: ContentSummary = emptySummary(compression);
    for await (const piece of untilDamage(pieces, ignored)) if (hasMultibyte(piece)) return true;
    return false;
  } finally {
    await raw.close();
  }
}

function emptySummary(compression: Compression): ContentSummary {
  return { sha256: '', bytes: 0, compression, encoding: 'utf-8', damage: null, notes: [] };
}

function noteOn(summary: ContentSummary, report: DecodeReport): void {
  summary.encoding = report.encoding;
  if (report.encoding === 'windows-1252') {
    summary.notes.push('Read as windows-1252: no letter outside ASCII is written as UTF-8.');
  } else if (report.encoding !== 'utf-8') summary.notes.push(`Read as ${report.encoding.toUpperCase()}.`);
  const lines = report.damagedLines;
  if (lines > 0) {
    const where = lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`;
    summary.notes.push(`Bytes that are not UTF-8 were replaced by U+FFFD in ${where}.`);
  }
  if (summary.damage !== null) summary.notes.push(`The archive is damaged: ${summary.damage}.`);
}

/**
 * Opens a file for reading its text, whatever its compression (gzip, zstd, told by the first bytes) and encoding.
 * Throws UserError where the file cannot be read or is an archive of another kind.
 */
export async function openContent(file: string, options: ContentOptions = {}): Promise<Content> {
  const raw = await RawFile.open(file, options);
  let unpacked: [Compression, AsyncGenerator<Buffer>];
  try {
    unpacked = await unpack(raw, options.signal);
  } catch (error) {
    await raw.close();
    throw error;
  }
  const [compression, pieces] = unpacked;
  const summary = emptySummary(compression);
  const report: DecodeReport = { encoding: 'utf-8', damagedLines: 0 };
  const restHasMultibyte = async (): Promise<boolean> => !options.hasty && fileHasMultibyte(file, options.signal);
  const close = async (): Promise<void> => {
    await pieces.return(undefined);
    await raw.close();
  };
  async function* read(): AsyncGenerator<Buffer> {
    try {
      yield* decodeText(untilDamage(pieces, summary), report, restHasMultibyte);
      if (!options.unhashed) await raw.drain();
      summary.bytes = raw.bytes;
      summary.sha256 = raw.sha256();
      noteOn(summary, report);
    } finally {
      summary.encoding = report.encoding;
      await close();
    }
  }
  return { pieces: read(), summary, close };
}
