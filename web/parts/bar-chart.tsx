import { useState } from 'react';
import { count } from '../format/reader-locale.ts';

interface BarChartProps {
  label: string;
  unit: string;
  height: number;
  bars: readonly { label: string; value: number }[];
  firstLabel: string;
  lastLabel: string;
}

/** Bars of one series, with the same numbers as a table. */
export function BarChart({ label, unit, height, bars, firstLabel, lastLabel }: BarChartProps) {
  const [table, setTable] = useState(false);
  const most = Math.max(1, ...bars.map((one) => one.value));
  if (bars.length === 0) return <p className="dim small">No posts with a known time.</p>;
  return (
    <figure className="bar-chart">
      <svg
        viewBox={`0 0 ${bars.length * 10} ${height}`}
        preserveAspectRatio="none"
        style={{ height }}
        role="img"
        aria-label={`${label}, at most ${count(most)} ${unit}`}
      >
        {bars.map((one, place) => (
          <rect
            key={one.label}
            x={place * 10}
            width={9}
            y={height - (one.value / most) * (height - 2)}
            height={(one.value / most) * (height - 2)}
            fill="var(--social)"
          >
            <title>{`${one.label}: ${count(one.value)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span>{firstLabel}</span>
        <button type="button" className="link" aria-expanded={table} onClick={() => setTable(!table)}>
          {table ? 'Hide the table' : 'As a table'}
        </button>
        <span>{lastLabel}</span>
      </figcaption>
      {table && (
        <section className="scroll-table" tabIndex={0} aria-label={`${label} as a table`}>
          <table className="plain-table">
            <tbody>
              {bars
                .filter((one) => one.value > 0)
                .map((one) => (
                  <tr key={one.label}>
                    <th scope="row">{one.label}</th>
                    <td className="n">{count(one.value)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      )}
    </figure>
  );
}
