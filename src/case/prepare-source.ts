import type { Container } from '../importers/importer.ts';
import type { Fault } from '../spool/fault.ts';
import { prepareCsv } from '../spool/prepare-csv.ts';
import { prepareJson } from '../spool/prepare-json.ts';
import { prepareLines, readLinesAt } from '../spool/prepare-lines.ts';
import { prepareParquet } from '../spool/prepare-parquet.ts';
import { prepareRecords } from '../spool/prepare-records.ts';
import type { Database } from '../store/database.ts';
import { type RecordSource, recordText } from '../store/staging.ts';

export interface PreparedSource {
  records: RecordSource;
  sha256: string;
  bytes: number;
  faults: Fault[];
  notes: string[];
  /** Rows that the relation `record` can have: lines of the spool. */
  rows: number;
  /** Lines that hold no record at all (blank), in spooled line files. */
  emptyRows: ReadonlySet<number>;
  /** Records seen, faulty ones included. */
  expectedRecords: number;
}

interface SpoolEffects {
  signal?: AbortSignal;
  onProgress: (bytesDone: number, bytesTotal: number) => void;
}

/** Makes a file ready for the database's own readers, in the way its container asks for. */
export async function prepareSource(
  file: string,
  container: Container,
  spoolDir: string,
  effects: SpoolEffects,
): Promise<PreparedSource> {
  const options = { spoolDir, ...effects };
  switch (container.kind) {
    case 'lines': {
      const lines = await prepareLines(file, options);
      return {
        ...lines,
        records: { kind: 'lines', path: lines.path, columns: container.columns, maxLineBytes: lines.maxLineBytes },
        rows: lines.lines,
        emptyRows: new Set([...(lines.blankLines ?? []), ...lines.faults.map((fault) => fault.line)]),
        expectedRecords: lines.records,
      };
    }
    case 'csv': {
      const csv = await prepareCsv(
        file,
        { delimiter: ',', escape: 'double', header: 'first-row', ...container.dialect },
        options,
      );
      return {
        ...csv,
        records: {
          kind: 'csv',
          path: csv.path,
          multiline: csv.multiline > 0,
          fileColumns: csv.columns,
          columns: container.columns,
        },
        rows: csv.records - csv.faults.length,
        emptyRows: new Set(),
        expectedRecords: csv.records,
      };
    }
    case 'document':
    case 'parsed': {
      const spool =
        container.kind === 'document'
          ? await prepareJson(file, container.patterns, options)
          : await prepareRecords(file, container.parse(file, effects), options);
      return {
        ...spool,
        records: {
          kind: 'spool',
          path: spool.path,
          contextPath: spool.contextPath,
          maxLineBytes: spool.maxLineBytes,
          columns: container.columns,
          context: container.context ?? {},
        },
        rows: spool.records - spool.faults.length,
        emptyRows: new Set(),
        expectedRecords: spool.records,
      };
    }
    case 'parquet': {
      const table = await prepareParquet(file, options);
      return {
        ...table,
        records: { kind: 'parquet', path: table.path, fileColumns: table.columns, columns: container.columns },
        rows: table.records,
        emptyRows: new Set(),
        expectedRecords: table.records,
      };
    }
  }
}

/** Beginning of the original text of rows, for the list of problems. */
export async function sampleRows(
  database: Database,
  source: PreparedSource,
  rows: readonly { row: number; line: number | null }[],
  known: ReadonlyMap<number, string>,
): Promise<Map<number, string>> {
  const wanted = rows.map(({ row }) => row).filter((row) => !known.has(row));
  const found = new Map(known);
  if (wanted.length === 0) return found;
  if (source.records.kind === 'lines') {
    for (const [row, text] of await readLinesAt(source.records.path, [...new Set(wanted)]))
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
