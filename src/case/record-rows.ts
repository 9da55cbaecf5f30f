import { readLinesAt } from '../spool/prepare-lines.ts';
import type { Database } from '../store/database.ts';
import { type RecordSource, recordText } from '../store/staging.ts';

/** Rows that the relation `record` is made from. */
export interface RecordRows {
  records: RecordSource;
  /** Rows that the relation `record` can have: lines of the spools. */
  rows: number;
  /** Rows that hold no record at all (blank lines). */
  emptyRows: ReadonlySet<number>;
}

/** Prepared sources of one shape as if they were one file. */
export function joined(sources: readonly RecordRows[]): RecordRows {
  const [first] = sources as [RecordRows, ...RecordRows[]];
  if (sources.length === 1) return first;
  const files = sources.flatMap(({ records }) => records.files);
  const longest = (records: RecordSource) => ('maxLineBytes' in records ? records.maxLineBytes : 0);
  const maxLineBytes = Math.max(...sources.map(({ records }) => longest(records)));
  const emptyRows = new Set<number>();
  let before = 0;
  for (const source of sources) {
    for (const row of source.emptyRows) emptyRows.add(before + row);
    before += source.rows;
  }
  return {
    records: { ...first.records, files, ...('maxLineBytes' in first.records ? { maxLineBytes } : {}) },
    rows: before,
    emptyRows,
  };
}

/** What two prepared sources must have in common to be read as one. */
export function shapeOf({ records }: RecordRows): string {
  const { files: _, maxLineBytes: __, ...shape } = { maxLineBytes: 0, ...records };
  return JSON.stringify(shape);
}

/** Texts of the given rows (ascending) of line files. */
export async function linesOfRows(
  { files }: RecordSource,
  rows: readonly number[],
): Promise<Map<number, { line: number; text: string }>> {
  const found = new Map<number, { line: number; text: string }>();
  let before = 0;
  let next = 0;
  for (const { path, rows: count } of files) {
    const from = next;
    while (next < rows.length && rows[next]! <= before + count) next++;
    const lines = rows.slice(from, next).map((row) => row - before);
    if (lines.length > 0)
      for (const [line, text] of await readLinesAt(path, lines)) found.set(before + line, { line, text });
    before += count;
  }
  return found;
}

/** Beginning of the original text of rows, for the list of problems. */
export async function sampleRows(
  database: Database,
  source: RecordRows,
  rows: readonly { row: number; line: number | null }[],
  known: ReadonlyMap<number, string>,
): Promise<Map<number, string>> {
  const wanted = rows.map(({ row }) => row).filter((row) => !known.has(row));
  const found = new Map(known);
  if (wanted.length === 0) return found;
  if (source.records.kind === 'lines') {
    for (const [row, { text }] of await linesOfRows(source.records, [...new Set(wanted)]))
      found.set(row, text.slice(0, 500));
    return found;
  }
  const texts = await database.rows<{ row: number; text: string }>(
    `select _row as row, left(${recordText}, 500) as text from record where _row in (select unnest($rows::bigint[]))`,
    { rows: `[${wanted.join(',')}]` },
  );
  for (const { row, text } of texts) found.set(row, text);
  return found;
}
