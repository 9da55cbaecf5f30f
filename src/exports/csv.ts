type Cell = string | number | boolean | null;

/**
 * One line of CSV (RFC 4180, CRLF) that a spreadsheet cannot take for a formula: a text that begins with = + - @, tab or carriage
 * return gets an apostrophe in front. Numbers are written as they are.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
