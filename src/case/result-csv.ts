import { csvLine } from '../exports/csv.ts';

/** A table as CSV text that no spreadsheet takes for formulas. */
export function csvText(
  columns: readonly string[],
  rows: Iterable<readonly (string | number | boolean | null)[]>,
): string {
  const lines = [csvLine(columns)];
  for (const row of rows) lines.push(csvLine(row));
  return lines.join('');
}
