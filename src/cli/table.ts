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

/** Three digits behind the point; what would round to nothing, as a power of ten. */
function numberOf(value: number): string {
  return value !== 0 && Math.abs(value) < 0.0005 ? value.toExponential(1) : value.toLocaleString('en');
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
