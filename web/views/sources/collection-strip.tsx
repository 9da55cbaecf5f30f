import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { count, dayOf, moment } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';

type Collection = Answer<'collections'>['collections'][number];

/** One collection in time: where it has everything, where it has a gap, where the source held posts back; the same as a table. */
export function CollectionStrip({ collection: { name, spans, gaps } }: { collection: Collection }) {
  const { zone } = usePreferences();
  const [table, setTable] = useState(false);
  const times = [...spans, ...gaps].flatMap((one) => [Date.parse(one.from), Date.parse(one.to)]);
  if (times.length === 0) return null;
  const from = Math.min(...times);
  const to = Math.max(from + 1000, ...times);
  const bar = (one: { from: string; to: string }) => ({
    x: (1000 * (Date.parse(one.from) - from)) / (to - from),
    width: Math.max(3, (1000 * (Date.parse(one.to) - Date.parse(one.from))) / (to - from)),
  });
  return (
    <>
      <svg
        viewBox="0 0 1000 16"
        preserveAspectRatio="none"
        className="collection-strip"
        role="img"
        aria-label={`When ${name} collected; the same as a table below`}
      >
        {spans.map((one) => (
          <rect key={`span ${one.from}`} {...bar(one)} y={2} height={12} fill="var(--good)">
            <title>{`${moment(one.from, zone)} to ${moment(one.to, zone)}: ${count(one.posts)} records`}</title>
          </rect>
        ))}
        {gaps.map((one) => (
          <rect
            key={`${one.flag} ${one.from} ${one.cause}`}
            {...bar(one)}
            y={2}
            height={12}
            fill={one.flag === 'gap' ? 'var(--bad)' : 'var(--capped)'}
          >
            <title>{`${one.flag}: ${one.cause}`}</title>
          </rect>
        ))}
      </svg>
      <p className="legend">
        <span>{dayOf(from, zone)}</span>
        <span>
          <i className="legend-bar" style={{ background: 'var(--good)' }} /> collected
        </span>
        <span>
          <i className="legend-bar" style={{ background: 'var(--bad)' }} /> gap
        </span>
        <span>
          <i className="legend-bar" style={{ background: 'var(--capped)' }} /> capped or late
        </span>
        <button type="button" className="link" aria-expanded={table} onClick={() => setTable(!table)}>
          {table ? 'Hide the table' : 'As a table'}
        </button>
        <span>{dayOf(to, zone)}</span>
      </p>
      {table && (
        <div className="scroll-table" tabIndex={0} role="region" aria-label={`Spans and gaps of ${name}`}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">How much, why</th>
              </tr>
            </thead>
            <tbody>
              {spans.map((one) => (
                <tr key={`span ${one.from}`}>
                  <th scope="row">collected</th>
                  <td>{moment(one.from, zone)}</td>
                  <td>{moment(one.to, zone)}</td>
                  <td>{count(one.posts)} records</td>
                </tr>
              ))}
              {gaps.map((one) => (
                <tr key={`${one.flag} ${one.from} ${one.cause}`}>
                  <th scope="row">{one.flag}</th>
                  <td>{moment(one.from, zone)}</td>
                  <td>{moment(one.to, zone)}</td>
                  <td>
                    {one.missed !== null && `${count(one.missed)} missed: `}
                    <Foreign text={one.cause} most={200} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
