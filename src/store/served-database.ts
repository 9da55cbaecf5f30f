import { type DuckDBResult, JSDuckDBValueConverter } from '@duckdb/node-api';
import { QueryError } from '../base/errors.ts';
import type { Database } from './database.ts';
import type { DatabaseAnswer, DatabaseCall, Piece } from './database-call.ts';

/**
 * Answers the calls of a RemoteDatabase in another thread over one connection. Results go over in pieces, between which this thread does
 * other things.
 */
export class ServedDatabase {
  readonly #database: Database;
  #last: Promise<unknown> = Promise.resolve();
  #result: DuckDBResult | null = null;
  #isNumbers = false;
  #inTransaction = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The answer to a call, after those to all earlier ones. */
  answer(call: DatabaseCall): Promise<DatabaseAnswer> {
    const answer = this.#last.then(() => this.#answer(call));
    this.#last = answer;
    return answer;
  }

  /** Ends what the other thread left behind when it was stopped: its statement, its result, its transaction, its order of rows. */
  async abandon(): Promise<void> {
    this.#database.interrupt();
    await this.#last;
    this.#result = null;
    if (this.#inTransaction) await this.#database.run('rollback');
    this.#inTransaction = false;
    await this.#database.run('set preserve_insertion_order = true');
  }

  async #answer(call: DatabaseCall): Promise<DatabaseAnswer> {
    try {
      switch (call.do) {
        case 'run':
          await this.#database.run(call.sql, call.bound);
          if (call.sql === 'begin transaction') this.#inTransaction = true;
          if (call.sql === 'commit' || call.sql === 'rollback') this.#inTransaction = false;
          return null;
        case 'keys':
          await this.#database.keyTable(call.name, call.keys);
          return null;
        case 'append':
          await this.#database.append(call.table, call.columns);
          return null;
        case 'open': {
          const { connection } = this.#database;
          this.#isNumbers = call.isNumbers;
          this.#result = await (call.isStreamed
            ? connection.stream(call.sql, call.bound)
            : connection.run(call.sql, call.bound));
          return { names: this.#result.deduplicatedColumnNames() };
        }
        case 'fetch':
          return { piece: await this.#fetch() };
      }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const message = cause instanceof Error ? cause.message : String(cause);
      return { error: { message, sql: error instanceof QueryError ? error.sql : 'sql' in call ? call.sql : call.do } };
    }
  }

  async #fetch(): Promise<Piece | null> {
    const chunk = await this.#result?.fetchChunk();
    if (!chunk || chunk.rowCount === 0) {
      this.#result = null;
      return null;
    }
    if (!this.#isNumbers) return { rows: chunk.rowCount, columns: chunk.convertColumns(JSDuckDBValueConverter) };
    const columns = Array.from({ length: chunk.columnCount }, (_, column) => {
      const { items } = chunk.getColumnVector(column) as unknown as { items: Int32Array | Float64Array };
      return items.slice(0, chunk.rowCount);
    });
    return { rows: chunk.rowCount, columns };
  }
}
