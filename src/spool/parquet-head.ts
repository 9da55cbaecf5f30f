import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { UserError } from '../base/errors.ts';

interface ParquetHead {
  /** Top-level columns in the order of the file, with their DuckDB types. */
  columns: { name: string; type: string; nested: boolean }[];
  records: number;
  /** The first rows as JSON objects; timestamps and numbers as DuckDB writes them. */
  rows: Record<string, unknown>[];
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Runs `work` on a database in memory that is gone afterwards. */
export async function withScratchDatabase<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' });
  const connection = await instance.connect();
  try {
    await connection.run(`set timezone = 'UTC'`);
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** `read_parquet('…')` of one file: characters that DuckDB would take for a pattern stand in brackets. */
export const readParquet = (file: string) => `read_parquet(${quoted(file.replace(/[*?[]/g, '[$&]'))})`;

/**
 * Columns, number of rows and the first rows of a Parquet file.
 * @throws UserError when the file is cut off, damaged or no Parquet.
 */
export async function readParquetHead(file: string, rows = 0): Promise<ParquetHead> {
  return withScratchDatabase(async (connection) => {
    try {
      const described = await connection.runAndReadAll(`describe select * from ${readParquet(file)}`);
      const columns = described.getRowObjectsJS().map((row) => {
        const type = String(row.column_type);
        return {
          name: String(row.column_name),
          type,
          nested: /\[\]$|\[\d+\]$|^(STRUCT|MAP|UNION)\(|^VARIANT$/.test(type),
        };
      });
      const counted = await connection.runAndReadAll(`select count(*)::varchar as n from ${readParquet(file)}`);
      const records = Number(counted.getRowObjectsJS()[0]!.n);
      const sample =
        rows > 0
          ? await connection.runAndReadAll(
              `select to_json(t)::varchar as row from ${readParquet(file)} as t limit ${rows}`,
            )
          : null;
      return {
        columns,
        records,
        rows: (sample?.getRowObjectsJS() ?? []).map((row) => JSON.parse(String(row.row)) as Record<string, unknown>),
      };
    } catch (error) {
      throw parquetError(file, error);
    }
  });
}

/** A failure to read a Parquet file, as the user sees it. */
export function parquetError(file: string, error: unknown): UserError {
  const message = error instanceof Error ? error.message : String(error);
  return new UserError(
    `${file} cannot be read as Parquet.`,
    `The file is damaged or cut off: ${message.split('\n')[0]}`,
    { cause: error },
  );
}
