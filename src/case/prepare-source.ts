import type { Container } from '../importers/importer.ts';
import type { Fault } from '../spool/fault.ts';
import { prepareCsv } from '../spool/prepare-csv.ts';
import { prepareJson } from '../spool/prepare-json.ts';
import { prepareLines } from '../spool/prepare-lines.ts';
import { prepareParquet } from '../spool/prepare-parquet.ts';
import { prepareRecords } from '../spool/prepare-records.ts';
import type { RecordRows } from './record-rows.ts';

export interface PreparedSource extends RecordRows {
  sha256: string;
  bytes: number;
  faults: Fault[];
  notes: string[];
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
        records: {
          kind: 'lines',
          files: [{ path: lines.path, rows: lines.lines }],
          columns: container.columns,
          emptyIsNull: container.emptyIsNull ?? false,
          maxLineBytes: lines.maxLineBytes,
        },
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
      const rows = csv.records - csv.faults.length;
      return {
        ...csv,
        records: {
          kind: 'csv',
          files: [{ path: csv.path, rows }],
          multiline: csv.multiline > 0,
          fileColumns: csv.columns,
          columns: container.columns,
        },
        rows,
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
      const rows = spool.records - spool.faults.length;
      return {
        ...spool,
        records: {
          kind: 'spool',
          files: [{ path: spool.path, rows, contextPath: spool.contextPath }],
          maxLineBytes: spool.maxLineBytes,
          columns: container.columns,
          context: container.context ?? {},
        },
        rows,
        emptyRows: new Set(),
        expectedRecords: spool.records,
      };
    }
    case 'parquet': {
      const table = await prepareParquet(file, options);
      return {
        ...table,
        records: {
          kind: 'parquet',
          files: [{ path: table.path, rows: table.records }],
          fileColumns: table.columns,
          columns: container.columns,
        },
        rows: table.records,
        emptyRows: new Set(),
        expectedRecords: table.records,
      };
    }
  }
}
