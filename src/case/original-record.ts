import { existsSync, statSync } from 'node:fs';
import { openContent } from '../spool/open-content.ts';
import type { Case } from './case.ts';
import { jsonAtPlace } from './json-at-place.ts';
import { splitReference } from './post-filter.ts';

const most = 200_000;
const largestLine = 64 * 1024 * 1024;
const largestDocument = 64 * 1024 * 1024;

export interface OriginalRecord {
  post: string;
  file: string;
  format: string;
  sha256: string;
  line: number | null;
  place: string | null;
  /** The record as it stands in the file, or the lines from there on where it has no end of its own; null with `missing` saying why. */
  record: string | null;
  cut: boolean;
  missing: string | null;
}

/** The record that a post came from, read again from the imported file; null where the case has no such post. */
export async function originalRecord(
  spilloverCase: Case,
  post: string,
  signal?: AbortSignal,
): Promise<OriginalRecord | null> {
  const { platform, id } = splitReference(post);
  const row = await spilloverCase.database.first<
    Omit<OriginalRecord, 'record' | 'cut' | 'missing' | 'post'> & { path: string; bytes: number }
  >(
    `select file, path, format, sha256, bytes, line, place from post join source using (source_key)
     where platform = $platform and post_id = $id`,
    { platform, id },
  );
  if (!row) return null;
  const { path, bytes, ...rest } = row;
  const answer = { post, ...rest, record: null, cut: false, missing: null };
  if (!existsSync(path))
    return { ...answer, missing: `The file ${rest.file} is no longer where it was imported from.` };
  if (statSync(path).size !== bytes)
    return { ...answer, missing: `The file ${rest.file} has changed since it was imported.` };
  if (rest.format === 'parquet' || rest.line === null)
    return { ...answer, missing: 'This kind of file has no lines that could be shown.' };
  const lines = await linesFrom(path, rest.line, signal);
  if (lines === null) return { ...answer, missing: `The file ${rest.file} ends before line ${rest.line}.` };
  const record =
    (rest.place === null ? null : await recordAt(path, bytes, rest.place, lines[0]!, signal)) ?? lines.join('\n');
  return { ...answer, record: record.slice(0, most), cut: record.length > most };
}

/** The JSON value at a place: within the line, where that is a document of its own, else within the whole file. */
async function recordAt(
  path: string,
  bytes: number,
  place: string,
  line: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const inLine = jsonAtPlace(line, place);
  if (inLine !== null) return inLine;
  if (bytes > largestDocument) return null;
  const { pieces } = await openContent(path, { unhashed: true, ...(signal ? { signal } : {}) });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > largestDocument) return null;
    parts.push(Buffer.from(piece));
  }
  return jsonAtPlace(Buffer.concat(parts).toString('utf8'), place);
}

/** A line, and for tables and pages those that follow it: up to 40 lines, 200,000 characters. */
async function linesFrom(path: string, line: number, signal?: AbortSignal): Promise<string[] | null> {
  const { pieces } = await openContent(path, { unhashed: true, ...(signal ? { signal } : {}) });
  let at = 1;
  const kept: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let from = 0;
    while (at < line) {
      const end = piece.indexOf(10, from);
      if (end < 0) break;
      from = end + 1;
      at++;
    }
    if (at < line) continue;
    kept.push(Buffer.from(piece.subarray(from)));
    length += kept.at(-1)!.length;
    const isLongLine = kept[0]![0] === 0x7b && kept.every((one) => !one.includes(10));
    if (length > (isLongLine ? largestLine : most)) break;
  }
  if (length === 0) return null;
  const lines = Buffer.concat(kept).toString('utf8').split('\n');
  return lines[0]!.startsWith('{') ? [lines[0]!] : lines.slice(0, 40);
}
