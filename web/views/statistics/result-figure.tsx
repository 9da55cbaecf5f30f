import type { Answer } from '../../../src/server/api-types.ts';
import { showForeign } from '../../parts/foreign-text.ts';

type Table = Answer<'analysisResult'>['tables'][number];

const most = 18;
const number = new Intl.NumberFormat(navigator.languages?.[0] ?? 'en', { maximumSignificantDigits: 3 });

/** Bars with intervals for a table that names things and gives each a number (with `low` and `high` beside it where it has them); none for pairs of accounts. */
export function ResultFigure({ table }: { table: Table }) {
  const lower = table.columns.map((title) => title.toLowerCase());
  const name = table.columns.findIndex((_, place) => table.rows.every((row) => typeof row[place] === 'string'));
  const names = table.columns.filter((_, place) =>
    table.rows.every((row) => typeof row[place] === 'string' && /^[a-z0-9_-]+\/\S+$/i.test(row[place])),
  );
  const low = lower.findIndex((title) => /^low|low$|lower/.test(title));
  const high = lower.findIndex((title) => /^high|high$|upper/.test(title));
  const value = table.columns.findIndex(
    (_, place) =>
      place !== low &&
      place !== high &&
      table.rows.length > 0 &&
      table.rows.every((row) => typeof row[place] === 'number'),
  );
  if (name < 0 || value < 0 || table.rows.length < 2 || names.length > 1) return null;
  const rows = [...table.rows]
    .sort((a, b) => (b[value] as number) - (a[value] as number))
    .slice(0, most)
    .map((row) => ({
      name: showForeign(String(row[name]), 34).text,
      value: row[value] as number,
      low: low >= 0 && typeof row[low] === 'number' ? (row[low] as number) : null,
      high: high >= 0 && typeof row[high] === 'number' ? (row[high] as number) : null,
    }));
  const top = Math.max(...rows.map((row) => Math.max(row.value, row.high ?? 0)));
  if (!(top > 0) || rows.some((row) => row.value < 0)) return null;
  const title = `${table.columns[value]} by ${table.columns[name]}`;
  return (
    <figure className="result-figure">
      <figcaption className="small dim">
        {title}
        {table.rows.length > most ? `, the ${most} largest` : ''}
      </figcaption>
      <div role="img" aria-label={`${title}; the numbers stand in the table below`}>
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may share a name
          <div className="bar-row" key={place}>
            <bdi>{row.name}</bdi>
            <span className="bar-track">
              <i style={{ width: `${(100 * row.value) / top}%` }} />
              {row.low !== null && row.high !== null && (
                <b
                  style={{
                    left: `${(100 * Math.max(0, row.low)) / top}%`,
                    width: `${(100 * (row.high - Math.max(0, row.low))) / top}%`,
                  }}
                />
              )}
            </span>
            <span className="n">{number.format(row.value)}</span>
          </div>
        ))}
      </div>
    </figure>
  );
}
