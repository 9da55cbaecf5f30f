import type { Container, FileHead } from './importer.ts';

type CsvContainer = Extract<Container, { kind: 'csv' }>;

/** Header cells of a table in lower case; empty where the head is no table. */
export function headerOf(head: FileHead): Set<string> {
  return new Set((head.csv?.header ?? []).map(plain));
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
  const header = headerOf(head);
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

function plain(cell: string): string {
  return cell
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
}
