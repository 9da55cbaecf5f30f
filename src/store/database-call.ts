import type { Bound } from './database.ts';

/** What a thread asks of the thread that holds the connection. A result is opened, then fetched piece by piece until null. */
export type DatabaseCall =
  | { do: 'run'; sql: string; bound: Bound | undefined }
  | { do: 'open'; sql: string; bound: Bound | undefined; isStreamed: boolean; isNumbers: boolean }
  | { do: 'fetch' }
  | { do: 'keys'; name: string; keys: Int32Array }
  | { do: 'append'; table: { name: string; isTemporary: boolean }; columns: readonly (readonly (string | null)[])[] };

/** Some thousand rows of a result as columns. */
export interface Piece {
  rows: number;
  columns: (unknown[] | Int32Array | Float64Array)[];
}

export type DatabaseAnswer =
  | { names: string[] }
  | { piece: Piece | null }
  | { error: { message: string; sql: string } }
  | null;
