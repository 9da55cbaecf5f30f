import Table from 'cli-table3';
import { safe } from './terminal.ts';

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Three digits behind the point; two that count where those would round to nothing, and a bound for what is smaller than a millionth. */
function numberOf(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || size >= 0.0005) return value.toLocaleString('en');
  if (size >= 1e-6) return value.toLocaleString('en', { maximumSignificantDigits: 2 });
  return value > 0 ? '< 0.000001' : '> -0.000001';
}

/** A plain table: headings, then rows; numbers are right-aligned and grouped, missing values are shown as a dash. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const numeric = headings.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const out = new Table({
    head: [...headings],
    chars: bare,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
  });
  for (const row of rows) {
    out.push(
      row.map((cell) =>
        cell === null || cell === undefined ? '-' : typeof cell === 'number' ? numberOf(cell) : safe(cell),
      ),
    );
  }
  return out
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
