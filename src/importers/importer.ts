import type { Fault } from '../spool/fault.ts';
import type { CsvDialect } from '../spool/prepare-csv.ts';
import type { Head } from '../spool/read-head.ts';

/** What is known of a file besides its records; the importer's SQL reads the scalars as bound values `$board`, `$zone`, … */
export interface ImportContext {
  /** File name without folders. */
  fileName: string;
  /** Name of the folder that holds the file. */
  folderName: string;
  /** Platform given by the user; null where none was given. */
  platform: string | null;
  /** Board (imageboards) given by the user or found in the path. */
  board: string | null;
  /** IANA time zone of clock texts that carry none, given by the user. */
  zone: string | null;
}

/** The beginning of a file, decoded, for recognition by content. */
export interface FileHead extends Head {
  fileName: string;
  /** The first lines that are complete JSON values, parsed (NDJSON); empty where the file is something else. */
  jsonLines: unknown[];
  /** The whole or partly read JSON document as far as it can be understood from the head: see `json-outline.ts`. */
  document: unknown;
  /** Header cells and first rows where the head reads as CSV. */
  csv: { delimiter: ',' | ';' | '\t'; header: string[]; rows: string[][] } | null;
}

/** How the records lie in the file, and which of their fields the SQL may name. Types are DuckDB's. */
export type Container =
  | { kind: 'lines'; columns: Record<string, string>; emptyIsNull?: boolean }
  | { kind: 'document'; patterns: string[]; columns: Record<string, string>; context?: Record<string, string> }
  | { kind: 'csv'; columns: string[]; dialect?: Partial<CsvDialect> }
  | {
      kind: 'parsed';
      columns: Record<string, string>;
      context?: Record<string, string>;
      parse: (file: string, effects: { signal?: AbortSignal }) => AsyncIterable<ParsedRecord | Fault>;
    }
  | { kind: 'parquet'; columns: string[] };

export interface ParsedRecord {
  at: string;
  line?: number;
  record: unknown;
  context?: Record<string, unknown>;
}

/**
 * One input format. Everything but reading the bytes happens inside the database: `posts` is one SELECT over the relation
 * `record` that yields the columns of `stagedColumns` by name.
 *
 * `record` has `_row` (1-based), `_line` (physical line), `_at` (path inside the document or NULL), `_context` (STRUCT, only
 * for containers with context) and the declared columns. A column that the file lacks is NULL; for CSV all are VARCHAR and an
 * empty cell is NULL.
 */
export interface Importer {
  readonly id: string;
  /** Readable name with the tool and the platform. */
  readonly title: string;
  /** One sentence for the reference: where such files come from, and what is special. */
  readonly about: string;
  /** How one comes by such a file, for people who do not have one yet. */
  readonly obtain: string;
  readonly platforms: readonly string[];
  /** 0 = certainly not, 1 = certainly; judged by content. The highest wins; below .5 is "not recognised". */
  readonly sniff: (head: FileHead) => number;
  readonly container: (head: FileHead) => Container;
  readonly posts: string;
  /** SELECT over `record` that yields `stagedAccountColumns` by name; without it accounts come from the posts' own columns. */
  readonly accounts?: string;
  /** True where what a record yields depends on the other records of its file: such files are never read together. */
  readonly relatesRecords?: boolean;
  /** For a line that the database could not map: returns the record in the shape that the columns expect, or null. */
  readonly reshape?: (record: unknown) => unknown;
  /** Sentences about what this kind of file cannot tell; shown with the import. */
  readonly notes?: readonly string[];
  /** Sentences by mark (`warnings` of posts): shown with an import only where its posts carry the mark. */
  readonly markNotes?: Readonly<Record<string, string>>;
}

/** All that an importer has to say of its files, also what is shown with some imports only. */
export const allNotes = ({ notes, markNotes }: Importer): string[] => [
  ...(notes ?? []),
  ...Object.values(markNotes ?? {}),
];
