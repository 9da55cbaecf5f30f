import { columnNames } from './csv-names.ts';
import { type CsvDialect, CsvRecord } from './csv-record.ts';

const DELIMITERS: CsvDialect['delimiter'][] = ['\t', ';', ','];
const SNIFF_ROWS = 100;
const SHOWN_ROWS = 20;
const MAX_COLUMNS = 4096;
const MIN_REGULAR_SHARE = 0.6;
const LF = 10;
const CR = 13;

/** The byte that ends lines: 13 only where there is no 10 at all. */
export function newlineOf(head: Buffer): number {
  return !head.includes(LF) && head.includes(CR) ? CR : LF;
}

function readRows(bytes: Buffer, delimiter: CsvDialect['delimiter']): string[][] {
  const newline = newlineOf(bytes);
  const record = new CsvRecord({ delimiter, escape: 'both', header: 'first-row' }, newline, MAX_COLUMNS);
  const rows: string[][] = [];
  for (let at = 0; at < bytes.length && rows.length < SNIFF_ROWS; ) {
    const end = record.scan(bytes, at, bytes.length, true);
    if (end === 'open' && rows.length > 0) break;
    if (end === 'record') {
      const cells = Array.from({ length: Math.min(record.count, MAX_COLUMNS) }, (_, i) => record.text(bytes, i));
      if (cells.length > 1 || cells[0]!.trim() !== '') rows.push(cells);
      at = record.next;
    } else {
      const feed = bytes.indexOf(newline, at);
      if (feed < 0) break;
      at = feed + 1;
    }
  }
  return rows;
}

/**
 * Tells whether the beginning of a file is CSV with at least two columns, and by which delimiter: the one that gives the
 * most columns over rows of equal length. The header is the first row; its names are as `prepareCsv` gives them.
 */
export function sniffCsv(
  text: string,
): { delimiter: CsvDialect['delimiter']; header: string[]; rows: string[][] } | null {
  const body = text.replace(/^[\ufeff\s\0]+/, '');
  if (body === '' || /^[{[<]/.test(body)) return null;
  const bytes = Buffer.from(text.replace(/^\ufeff/, ''));
  let best: { delimiter: CsvDialect['delimiter']; rows: string[][]; score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const rows = readRows(bytes, delimiter);
    const width = rows[0]?.length ?? 0;
    if (width < 2) continue;
    const data = rows.length > 2 ? rows.slice(1, -1) : rows.slice(1);
    const regular = data.filter((row) => row.length === width || row.length === width + 1).length;
    const share = data.length === 0 ? 1 : regular / data.length;
    if (share < MIN_REGULAR_SHARE) continue;
    const score = share * Math.log(width);
    if (best === null || score > best.score) best = { delimiter, rows, score };
  }
  if (best === null) return null;
  const { delimiter, rows } = best;
  return { delimiter, header: columnNames(rows[0]!), rows: rows.slice(1, 1 + SHOWN_ROWS) };
}
