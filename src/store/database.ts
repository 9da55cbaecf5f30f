import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBIntegerVector,
  type DuckDBValue,
  INTEGER,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import { QueryError, UserError } from '../base/errors.ts';

export type Bound = Record<string, DuckDBValue>;
export type Row = Record<string, unknown>;

interface Opened {
  instance: DuckDBInstance;
  connection: DuckDBConnection;
  /** The first connection closes the database with it. */
  isFirst: boolean;
}

/** One connection to an open DuckDB database. Statements are sent one after the other; values are bound by name. */
export class Database {
  readonly #opened: Opened | null;

  /** Null where another thread holds the connection (RemoteDatabase). */
  protected constructor(opened: Opened | null) {
    this.#opened = opened;
  }

  /** The connection itself; only the thread that opened it has it. */
  get connection(): DuckDBConnection {
    return this.#own.connection;
  }

  get #own(): Opened {
    if (this.#opened === null) throw new Error('The connection belongs to another thread.');
    return this.#opened;
  }

  /** Opens the file (or `:memory:`). `options` are DuckDB settings. */
  static async open(path: string, options: Record<string, string> = {}): Promise<Database> {
    const instance = await DuckDBInstance.create(path, options);
    const connection = await instance.connect();
    const database = new Database({ instance, connection, isFirst: true });
    await database.run(`set timezone = 'UTC'`);
    return database;
  }

  /** Another connection to the same database, with temporary tables of its own; it sees what others have committed. */
  async connect(): Promise<Database> {
    const { instance } = this.#own;
    const database = new Database({ instance, connection: await instance.connect(), isFirst: false });
    await database.run(`set timezone = 'UTC'`);
    return database;
  }

  /** Stops the statement that runs now, which then fails. */
  interrupt(): void {
    this.connection.interrupt();
  }

  /** Runs one or more statements and drops their results. */
  async run(sql: string, bound?: Bound): Promise<void> {
    try {
      await this.connection.run(sql, bound);
    } catch (error) {
      throw failure(sql, error);
    }
  }

  /** All rows as objects; BIGINT comes back as number where it is a safe integer and is an error where it is not. */
  async rows<T extends object = Row>(sql: string, bound?: Bound): Promise<T[]> {
    try {
      const reader = await this.connection.runAndReadAll(sql, bound);
      return reader.getRowObjectsJS().map((row) => plainValue(row) as T);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw failure(sql, error);
    }
  }

  /** The first row; undefined where there is none. */
  async first<T extends object = Row>(sql: string, bound?: Bound): Promise<T | undefined> {
    return (await this.rows<T>(sql, bound))[0];
  }

  /** The columns of a result as arrays, in the order of the select list; empty arrays where there is no row. */
  async columns(sql: string, bound?: Bound): Promise<unknown[][]> {
    try {
      const reader = await this.connection.runAndReadAll(sql, bound);
      if (reader.currentRowCount === 0) return reader.columnNames().map(() => []);
      return reader.getColumnsJS() as unknown[][];
    } catch (error) {
      throw failure(sql, error);
    }
  }

  /**
   * Feeds a result of INTEGER and DOUBLE columns without NULLs to `take`, block by block and in order, as it is read; the arrays
   * belong to the database and are good until `take` returns.
   */
  async blocks(
    sql: string,
    bound: Bound,
    take: (columns: readonly (Int32Array | Float64Array)[], rows: number) => void,
  ): Promise<void> {
    try {
      const result = await this.connection.stream(sql, bound);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const columns: (Int32Array | Float64Array)[] = [];
        for (let column = 0; column < chunk.columnCount; column++)
          columns.push((chunk.getColumnVector(column) as unknown as { items: Int32Array | Float64Array }).items);
        take(columns, chunk.rowCount);
      }
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw failure(sql, error);
    }
  }

  /** The columns of a result of INTEGER and DOUBLE columns without NULLs, ten times as fast as `columns`. */
  async numbers(sql: string, bound: Bound = {}): Promise<Float64Array[]> {
    let columns: Float64Array[] = [];
    let rows = 0;
    await this.blocks(sql, bound, (block, count) => {
      if (columns.length === 0) columns = block.map(() => new Float64Array(4096));
      if (rows + count > columns[0]!.length)
        columns = columns.map((column) => {
          const wider = new Float64Array(2 * column.length);
          wider.set(column);
          return wider;
        });
      for (let column = 0; column < block.length; column++)
        for (let row = 0; row < count; row++) columns[column]![rows + row] = block[column]![row]!;
      rows += count;
    });
    return columns.map((column) => column.subarray(0, rows));
  }

  /**
   * The texts of a result of two columns, `key` (INTEGER, distinct) and `text`, in the order of the keys: as some long strings they come seven times as
   * fast as by `columns`.
   */
  async texts(sql: string, bound?: Bound): Promise<(string | null)[]> {
    const [counts = [], joined = []] = await this.columns(
      `select count(*)::integer as n, string_agg(text, chr(31) order by key) from (${sql}) group by key // 4096 order by key // 4096`,
      bound,
    );
    const pieces = joined.map((one) => (one === null ? [] : (one as string).split('\x1f')));
    if (pieces.every((piece, at) => piece.length === counts[at])) return pieces.flat();
    const [texts = []] = await this.columns(`select text from (${sql}) order by key`, bound);
    return texts as (string | null)[];
  }

  /** The columns of a result in pieces of some thousand rows, for results that are too large to hold. */
  async *stream(sql: string, bound?: Bound): AsyncGenerator<unknown[][]> {
    try {
      const result = await this.connection.stream(sql, bound);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
        yield chunk.convertColumns(JSDuckDBValueConverter);
    } catch (error) {
      throw failure(sql, error);
    }
  }

  /** Makes a temporary table of one INTEGER column `key`. */
  async keyTable(name: string, keys: ArrayLike<number>): Promise<void> {
    await this.run(`create or replace temp table ${identifier(name)} (key integer not null)`);
    const appender = await this.connection.createAppender(name, 'main', 'temp');
    const size = 2048;
    for (let start = 0; start < keys.length; start += size) {
      const rows = Math.min(size, keys.length - start);
      const chunk = DuckDBDataChunk.create([INTEGER], rows);
      const column = chunk.getColumnVector(0) as DuckDBIntegerVector;
      const { items } = column as unknown as { items: Int32Array };
      for (let row = 0; row < rows; row++) items[row] = keys[start + row]!;
      column.flush();
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }

  /** Appends rows, given as columns of text, to a table; the database brings texts to the types of its columns. */
  async append(
    table: { name: string; isTemporary: boolean },
    columns: readonly (readonly (string | null)[])[],
  ): Promise<void> {
    const appender = await this.connection.createAppender(table.name, 'main', ...(table.isTemporary ? ['temp'] : []));
    const rows = columns[0]?.length ?? 0;
    for (let row = 0; row < rows; row++) {
      for (const column of columns) {
        const text = column[row] ?? null;
        if (text === null) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Runs `work` in a transaction: all of it is kept, or none of it. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run('begin transaction');
    try {
      const result = await work();
      await this.run('commit');
      return result;
    } catch (error) {
      await this.run('rollback').catch((rollbackError: unknown) => {
        if (error instanceof UserError) throw error;
        throw new AggregateError([error, rollbackError], 'The transaction failed and could not be rolled back.');
      });
      throw error;
    }
  }

  /** Closes the connection; the first one closes the database with it. */
  close(): void {
    const { instance, connection, isFirst } = this.#own;
    connection.closeSync();
    if (isFirst) instance.closeSync();
  }
}

/** DuckDB names a full disk in the text of its errors only; a transaction that it ends is not in the database. */
export function failure(sql: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const full = /(?:"([^"]+)": )?(No space left on device|Disk quota exceeded|File too large)/.exec(message);
  if (!full) return new QueryError(sql, error);
  return new UserError(
    `The disk of the case is full${full[1] ? ` (writing ${full[1]})` : ''}.`,
    'Nothing of the file in hand is in the case; all before it is. Free some space, or move the case to another disk, and import again.',
    { cause: error },
  );
}

/** BIGINT as number, everywhere inside a value. @throws RangeError where it is no safe integer. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit into a number: cast it to VARCHAR`);
    return number;
  }
  if (Array.isArray(value)) return value.map(plainValue);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
  }
  return value;
}

/** Runs statements whose rows may be stored in any order, which is faster and takes less memory. */
export async function unordered(database: Database, work: () => Promise<void>): Promise<void> {
  await database.run('set preserve_insertion_order = false');
  try {
    await work();
  } finally {
    await database.run('set preserve_insertion_order = true');
  }
}

/** SQL text of a string literal, for the few places where DuckDB takes no bound value (file names, settings). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL text of a file name for DuckDB's readers, which would take `*`, `?` and `[` in it for patterns. */
export function fileLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, (character) => `[${character}]`));
}

/** SQL text of an identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
