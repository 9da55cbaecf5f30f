import { type Bound, Database, failure, plainValue, type Row } from './database.ts';
import type { DatabaseAnswer, DatabaseCall, Piece } from './database-call.ts';

/** So few that the other thread is soon free again. */
const rowsAtOnce = 5000;

/** A connection that another thread of this process holds: one process opens a case once. */
export class RemoteDatabase extends Database {
  readonly #ask: (call: DatabaseCall) => Promise<DatabaseAnswer>;

  constructor(ask: (call: DatabaseCall) => Promise<DatabaseAnswer>) {
    super(null);
    this.#ask = ask;
  }

  override interrupt(): void {
    throw new Error('Only the thread that holds the connection may interrupt it.');
  }

  override async run(sql: string, bound?: Bound): Promise<void> {
    await this.#call({ do: 'run', sql, bound });
  }

  override async rows<T extends object = Row>(sql: string, bound?: Bound): Promise<T[]> {
    const names = await this.#open(sql, bound, false, false);
    const rows: T[] = [];
    for await (const piece of this.#pieces())
      for (let row = 0; row < piece.rows; row++)
        rows.push(
          plainValue(Object.fromEntries(names.map((name, column) => [name, piece.columns[column]![row]]))) as T,
        );
    return rows;
  }

  override async columns(sql: string, bound?: Bound): Promise<unknown[][]> {
    const names = await this.#open(sql, bound, false, false);
    const columns: unknown[][] = names.map(() => []);
    for await (const piece of this.#pieces())
      columns.forEach((column, place) => {
        for (const value of piece.columns[place]!) column.push(value);
      });
    return columns;
  }

  override async blocks(
    sql: string,
    bound: Bound,
    take: (columns: readonly (Int32Array | Float64Array)[], rows: number) => void,
  ): Promise<void> {
    await this.#open(sql, bound, true, true);
    for await (const { columns, rows } of this.#pieces()) take(columns as (Int32Array | Float64Array)[], rows);
  }

  override async *stream(sql: string, bound?: Bound): AsyncGenerator<unknown[][]> {
    await this.#open(sql, bound, true, false);
    for await (const { columns } of this.#pieces()) yield columns as unknown[][];
  }

  override async keyTable(name: string, keys: ArrayLike<number>): Promise<void> {
    await this.#call({ do: 'keys', name, keys: Int32Array.from(keys) });
  }

  override async append(
    table: { name: string; isTemporary: boolean },
    columns: readonly (readonly (string | null)[])[],
  ): Promise<void> {
    const rows = columns[0]?.length ?? 0;
    for (let start = 0; start < rows; start += rowsAtOnce)
      await this.#call({
        do: 'append',
        table,
        columns: columns.map((column) => column.slice(start, start + rowsAtOnce)),
      });
  }

  override close(): void {}

  async #open(sql: string, bound: Bound | undefined, isStreamed: boolean, isNumbers: boolean): Promise<string[]> {
    const answer = await this.#call({ do: 'open', sql, bound, isStreamed, isNumbers });
    if (answer === null || !('names' in answer)) throw new Error('A statement was answered with something else.');
    return answer.names;
  }

  async *#pieces(): AsyncGenerator<Piece> {
    for (;;) {
      const answer = await this.#call({ do: 'fetch' });
      if (answer === null || !('piece' in answer)) throw new Error('A fetch was answered with something else.');
      if (answer.piece === null) return;
      yield answer.piece;
    }
  }

  async #call(call: DatabaseCall): Promise<DatabaseAnswer> {
    const answer = await this.#ask(call);
    if (answer !== null && 'error' in answer) throw failure(answer.error.sql, answer.error.message);
    return answer;
  }
}
