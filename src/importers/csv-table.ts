import type { Container, FileHead } from './importer.ts';

type CsvContainer = Extract<Container, { kind: 'csv' }>;

/** Header cells of a table in lower case; empty where the head is no table. */
export function headerOf(head: FileHead): Set<string> {
  return new Set((head.csv?.header ?? []).map(plain));
}

/** Names of the flat objects, one a line, that the head shows: a table that was turned into NDJSON. */
function namesOfRows(head: FileHead): string[] {
  const rows = head.jsonLines.filter((line): line is object => typeof line === 'object' && line !== null);
  const isFlat = (row: object) => Object.values(row).every((cell) => typeof cell !== 'object' || cell === null);
  return rows.length > 0 && rows.every(isFlat) ? [...new Set(rows.flatMap(Object.keys))] : [];
}

/**
 * `sure` where the header has all names of `must` and, for each list in `any`, one of its names, but none of `never`; else 0.
 * Names are compared without regard to case, order, further columns and a byte order mark.
 */
export function headerScore(
  head: FileHead,
  names: { must: readonly string[]; any?: readonly (readonly string[])[]; never?: readonly string[] },
  sure = 0.95,
): number {
  return scoreOf(headerOf(head), names, sure);
}

/** As `headerScore`, also for the same table as NDJSON. */
export function headerOrRowScore(head: FileHead, names: Parameters<typeof headerScore>[1], sure = 0.95): number {
  return scoreOf(head.csv ? headerOf(head) : new Set(namesOfRows(head).map(plain)), names, sure);
}

function scoreOf(header: Set<string>, names: Parameters<typeof headerScore>[1], sure: number): number {
  const holds = (name: string) => header.has(name.toLowerCase());
  const recognised =
    names.must.every(holds) &&
    (names.any ?? []).every((group) => group.some(holds)) &&
    !(names.never ?? []).some(holds);
  return recognised ? sure : 0;
}

/** Container of a table that has these columns in any case and order, with the delimiter that the head shows. */
export function csvTable(
  columns: readonly string[],
  dialect: CsvContainer['dialect'] = {},
): (head: FileHead) => Container {
  return (head) => ({
    kind: 'csv',
    columns: columns.map((name) => head.csv?.header.find((cell) => plain(cell) === name.toLowerCase()) ?? name),
    dialect: { ...(head.csv ? { delimiter: head.csv.delimiter } : {}), ...dialect },
  });
}

/** Container of a table, or of the same table as NDJSON: one flat object a line, in which an empty text is an empty cell. */
export function csvTableOrRows(columns: readonly string[]): (head: FileHead) => Container {
  return (head) =>
    head.csv || head.jsonLines.length === 0
      ? csvTable(columns)(head)
      : { kind: 'lines', columns: Object.fromEntries(columns.map((name) => [name, 'varchar'])), emptyIsNull: true };
}

function plain(cell: string): string {
  return cell
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
}
