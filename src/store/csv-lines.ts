import type { Database } from './database.ts';

/** A column of a CSV file: `text` of any kind, `id` that a spreadsheet may not take for a number, or `number`. */
export interface CsvColumn {
  name: string;
  sql: string;
  kind: 'text' | 'id' | 'number';
}

const signs = '[=+\\-@\uff1d\uff0b\uff0d\uff20]';

/**
 * The rows of a SELECT as lines of CSV (RFC 4180, CRLF), made inside the database in the order of `from`, in pieces of some thousand. Cells are
 * those of `csvLine`, ids of digits alone get an apostrophe in front: none can become a formula or lose digits in a spreadsheet.
 */
export async function* csvLines(
  database: Database,
  columns: readonly CsvColumn[],
  { before, from }: { before: string; from: string },
): AsyncGenerator<readonly string[]> {
  await database.run(`create or replace temp macro csv_safe(cell) as
    regexp_replace(case when regexp_matches(cell, '^([\\t\\r\\n]|${signs})') then '''' || cell else cell end,
      '([;,|\\t\\r\\n]["'' ]*)(${signs})', '\\1''\\2', 'g')`);
  await database.run(`create or replace temp macro csv_cell(cell) as case
    when cell is null then ''
    when regexp_full_match(cell, '[A-Za-z0-9][A-Za-z0-9 _./:#?&%~-]*') then cell
    when regexp_matches(csv_safe(cell), '[",\\r\\n]') then '"' || replace(csv_safe(cell), '"', '""') || '"'
    else csv_safe(cell) end`);
  await database.run(`create or replace temp macro csv_id(cell) as
    case when regexp_full_match(cell, '[0-9]{12,}|0[0-9]+|[0-9]+([.][0-9]+)?[eE][0-9]+') then '''' || cell else cell end`);
  const cells = columns.map(({ sql, kind }) =>
    kind === 'number'
      ? `coalesce((${sql})::varchar, '')`
      : `csv_cell(${kind === 'id' ? `csv_id((${sql})::varchar)` : `(${sql})::varchar`})`,
  );
  for await (const [lines = []] of database.stream(
    `${before} select concat(${cells.join(`, ',', `)}, chr(13), chr(10)) ${from}`,
  ))
    yield lines as string[];
}
