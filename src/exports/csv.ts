type Cell = string | number | boolean | null;

/** What Excel needs in front to read a CSV file as UTF-8. */
export const byteOrderMark = '\ufeff';

/** Texts that need neither quotes nor an apostrophe, which most are. */
const plain = /^[A-Za-z0-9][A-Za-z0-9 _./:#?&%~-]*$/;
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** Behind a separator of some spreadsheet's language a cell could begin, whatever the quotes say. */
const innerStart = /([;,|\t\r\n]["' ]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * One line of CSV (RFC 4180, CRLF) that a spreadsheet cannot take for a formula: a text that begins with = + - @, their wide forms, tab
 * or a line break gets an apostrophe in front, and so does such a sign behind ; , | tab or a line break, where a spreadsheet with another
 * separator would begin a cell. Numbers are written as they are.
 */
export function csvLine(cells: readonly Cell[]): string {
  let line = '';
  for (let at = 0; at < cells.length; at++) line += at === 0 ? csvCell(cells[at]!) : `,${csvCell(cells[at]!)}`;
  return `${line}\r\n`;
}

/** One cell as it stands in a line, for writers that use the same cell often. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (plain.test(cell)) return cell;
  const safe = (formulaStart.test(cell) ? `'${cell}` : cell).replace(innerStart, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
