import { stagedAccountColumns, stagedColumns } from '../domain/staged-post.ts';
import type { Bound, Database } from './database.ts';
import { fileLiteral, identifier, literal, unordered } from './database.ts';

/** A prepared file: it gives exactly `rows` rows, in order. */
export interface RecordFile {
  path: string;
  rows: number;
  /** What encloses the records of a spool. */
  contextPath?: string;
}

/** Prepared files of one shape, read one after the other as if they were one. */
export type RecordSource = { files: RecordFile[] } & (
  | { kind: 'lines'; columns: Record<string, string>; emptyIsNull: boolean; maxLineBytes: number }
  | { kind: 'spool'; maxLineBytes: number; columns: Record<string, string>; context: Record<string, string> }
  | { kind: 'csv'; multiline: boolean; fileColumns: string[]; columns: string[] }
  | { kind: 'parquet'; columns: string[]; fileColumns: string[] }
);

const list = (columns: Record<string, string>) =>
  `{${Object.entries(columns)
    .map(([name, type]) => `${literal(name)}: ${literal(type)}`)
    .join(', ')}}`;

const declare = (columns: Record<string, string>) =>
  Object.entries(columns)
    .map(([name, type]) => `${identifier(name)} ${type}`)
    .join(', ');

/** Frees what was read, once everything that is needed of it is staged. */
export async function dropRecords(database: Database): Promise<void> {
  await database.run('drop view if exists record; drop table if exists record_base');
}

/**
 * Makes the empty temporary tables that one import fills. `part` says which rows belong to which source: those after `before`
 * up to the next part.
 */
export async function createStaging(database: Database, files: readonly RecordFile[], firstKey: number): Promise<void> {
  await database.run(`create or replace temp table staged (${declare(stagedColumns)})`);
  await database.run(`create or replace temp table staged_account (${declare(stagedAccountColumns)})`);
  await database.run(
    `create or replace temp table part (source_key integer, before bigint, row_count bigint, path varchar, context_path varchar)`,
  );
  let before = 0;
  const parts = files.map(({ path, rows, contextPath }, index) => {
    const part = { source_key: firstKey + index, before, row_count: rows, path, context_path: contextPath ?? null };
    before += rows;
    return part;
  });
  await database.run(
    `insert into part select unnest(from_json($parts, '[{"source_key":"integer","before":"bigint","row_count":"bigint","path":"varchar","context_path":"varchar"}]'), recursive := true)`,
    { parts: JSON.stringify(parts) },
  );
}

/** SQL join with the part in which a row lies. A file without rows begins where the next one does and holds none. */
export const inPart = (row: string) =>
  `asof join (select * from part where row_count > 0) as part on ${row} > part.before`;

/** Makes the temporary relation `record` from prepared files. Lines that are no JSON object of known fields leave no row. */
export async function loadRecords(database: Database, source: RecordSource): Promise<void> {
  await database.run(`create or replace temp table record_base as ${recordQuery(source)}`);
  await database.run(`create or replace temp view record as ${recordView(source)}`);
  if (source.files.length > 1) await checkRows(database, source);
}

function recordView(source: RecordSource): string {
  if (source.kind === 'lines') return numberedLines(source.columns, source.files.length > 1, source.emptyIsNull);
  return source.kind === 'spool'
    ? 'select * exclude (_was_read) from record_base where _was_read'
    : 'select * from record_base';
}

/** Rows are told apart by their number alone, so every file must have given as many as were counted in it. */
async function checkRows(database: Database, { files }: RecordSource): Promise<void> {
  const found = (await database.first<{ n: number }>('select count(*) as n from record_base'))!.n;
  const counted = files.reduce((sum, { rows }) => sum + rows, 0);
  if (found !== counted) throw new Error(`${files.length} files hold ${counted} rows, ${found} were read`);
}

/** The reader keeps the order of lines, so the row id is the line; a window function would put the whole load on one thread. */
function numberedLines(columns: Record<string, string>, severalFiles: boolean, emptyIsNull: boolean): string {
  const names = Object.keys(columns).map(identifier);
  const cells = emptyIsNull ? names.map((name) => `nullif(${name}, '') as ${name}`) : ['*'];
  const filled = `not (${names.map((name) => `${name} is null`).join(' and ')})`;
  if (!severalFiles)
    return `select rowid + 1 as _row, rowid + 1 as _line, null::varchar as _at, ${cells.join(', ')} from record_base where ${filled}`;
  return `select _row, _row - before as _line, null::varchar as _at, ${(emptyIsNull ? cells : names).join(', ')}
    from (select rowid + 1 as _row, * from record_base where ${filled}) as line ${inPart('line._row')}`;
}

/** Runs an importer's SELECT over `record` and appends what it yields to `staged`. */
export async function stagePosts(database: Database, select: string, bound: Bound): Promise<void> {
  await unordered(database, () => database.run(`insert into staged by name ${select}`, namesIn(select, bound)));
}

/** Runs an importer's account SELECT over `record`. */
export async function stageAccounts(database: Database, select: string, bound: Bound): Promise<void> {
  await unordered(database, () => database.run(`insert into staged_account by name ${select}`, namesIn(select, bound)));
}

/** Whether any staged row meets an SQL condition: most files have nothing for many a statement of the merge. */
export async function anyStaged(database: Database, condition: string): Promise<boolean> {
  return (await database.first<{ any: boolean }>(`select exists (from staged where ${condition}) as "any"`))!.any;
}

/** Rows of the spool (1 to `rows`) that yielded neither a post nor a problem, ascending; at most `limit`. */
export async function unreadRows(database: Database, rows: number, limit: number): Promise<number[]> {
  const found = await database.columns(
    `select r from range(1, $rows::bigint + 1) as t(r) anti join (select distinct _row from staged where not coalesce(embedded, false)) on _row = r order by r limit ${limit}`,
    { rows: BigInt(rows) },
  );
  return ((found[0] ?? []) as bigint[]).map(Number);
}

/** Repairs come as records with their row: they replace the relation `record`. */
export async function loadRepairedRecords(
  database: Database,
  path: string,
  columns: Record<string, string>,
  maxLineBytes: number,
): Promise<void> {
  const struct = `struct(${declare(columns)})`;
  await database.run(`create or replace temp table record_base as
    select "row" as _row, line as _line, null::varchar as _at, record.*
    from read_ndjson(${fileLiteral(path)}, columns = {'row': 'bigint', 'line': 'bigint', 'record': ${literal(struct)}}, ignore_errors = true, maximum_object_size = ${objectSize(maxLineBytes)})`);
  await database.run('create or replace temp view record as select * from record_base');
}

/** Where records lie and how they begin, for rows of a spool, table or Parquet file that came to nothing. */
export async function recordPlaces(
  database: Database,
  source: Exclude<RecordSource, { kind: 'lines' }>,
  rows: readonly number[],
): Promise<{ row: number; line: number | null; place: string | null; text: string }[]> {
  const from =
    source.kind === 'spool'
      ? `(select row_number() over () as _row, line as _line, "at" as _at, record::varchar as text from read_ndjson(${paths(source)},
          columns = {'line': 'bigint', 'at': 'varchar', 'record': 'json'}, ignore_errors = true, maximum_object_size = ${objectSize(source.maxLineBytes)}))`
      : `(select _row, _line, _at, ${recordText} as text from record)`;
  return database.rows(
    `select _row as "row", _line as line, _at as place, coalesce(left(text, 500), '') as text from ${from} as r
     where _row in (select unnest($rows::bigint[])) order by _row`,
    { rows: `[${rows.join(',')}]` },
  );
}

/** What the file holds of a record, without the columns that the reader added. */
export const recordText = `json_merge_patch(to_json(record), '{"_row":null,"_line":null,"_at":null,"_context":null}')::varchar`;

const paths = ({ files }: RecordSource) => `[${files.map(({ path }) => fileLiteral(path)).join(', ')}]`;

function recordQuery(source: RecordSource): string {
  switch (source.kind) {
    case 'lines': {
      return `select * from read_ndjson(${paths(source)}, columns = ${list(source.columns)}, ignore_errors = true,
          maximum_object_size = ${objectSize(source.maxLineBytes)}, compression = 'uncompressed')`;
    }
    case 'spool':
      return spoolQuery(source);
    case 'csv': {
      const cells = ['_line', ...source.fileColumns.map((_, index) => `c${index}`)];
      return `select row_number() over () as _row, try_cast(_line as bigint) as _line, null::varchar as _at,
          ${source.columns.map((name) => cell(name, source.fileColumns.indexOf(name))).join(', ')}
        from read_csv(${paths(source)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
          new_line = '\\n', null_padding = false, parallel = ${!source.multiline}, max_line_size = 67108864, buffer_size = 134217728,
          columns = {${cells.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')}})`;
    }
    case 'parquet':
      return `select row_number() over () as _row, row_number() over () as _line, null::varchar as _at,
          ${source.columns.map((name) => (source.fileColumns.includes(name) ? `${identifier(name)}::varchar as ${identifier(name)}` : `null::varchar as ${identifier(name)}`)).join(', ')}
        from read_parquet(${paths(source)})`;
  }
}

/** Contexts are numbered within their spool. */
function spoolQuery(source: Extract<RecordSource, { kind: 'spool' }>): string {
  const context = Object.keys(source.context).length === 0 ? { _: 'varchar' } : source.context;
  const contextPaths = source.files.map((file) => fileLiteral(file.contextPath!)).join(', ');
  return `with spooled as (
      select row_number() over () as _row, line as _line, "at" as _at, parse_filename(filename) as spool, ctx, record
      from read_ndjson(${paths(source)}, columns = {'line': 'bigint', 'at': 'varchar', 'ctx': 'bigint',
        'record': ${literal(`struct(${declare(source.columns)})`)}}, ignore_errors = true, filename = true, maximum_object_size = ${objectSize(source.maxLineBytes)})
    ), surrounding as (
      select parse_filename(part.path) as spool, ctx, context from read_ndjson([${contextPaths}], columns = {'ctx': 'bigint',
        'context': ${literal(`struct(${declare(context)})`)}}, ignore_errors = true, filename = true) as enclosing
      join part on parse_filename(part.context_path) = parse_filename(enclosing.filename)
    )
    select _row, _line, _at, record is not null as _was_read, surrounding.context as _context, record.*
    from spooled left join surrounding using (spool, ctx)`;
}

/** The reader allocates twice this size for each thread, so it is kept as small as the longest line allows. */
const objectSize = (maxLineBytes: number) => Math.max(16 * 1024 * 1024, maxLineBytes + 1024);

const cell = (name: string, index: number) =>
  index < 0 ? `null::varchar as ${identifier(name)}` : `nullif(c${index}, '') as ${identifier(name)}`;

/** Those values that the text names. */
export function namesIn(sql: string, bound: Bound): Bound {
  return Object.fromEntries(Object.entries(bound).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql)));
}
