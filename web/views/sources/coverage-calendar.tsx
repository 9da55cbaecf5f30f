import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { count, moment, zoneName } from '../../format/reader-locale.ts';
import { zoneTicks } from '../../map/map-axis.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { Loading } from '../../parts/state.tsx';

const rowHeight = 26;
/** Opacities in which bins are drawn, by the square root of their share of the fullest. */
const shades = [0.25, 0.4, 0.55, 0.7, 0.85, 1];

/** A strip per platform: darker where there are more posts, outlined where it was declared, white where there is a gap, hatched where posts were lost. */
export function CoverageCalendar() {
  const { zone } = usePreferences();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [table, setTable] = useState(false);
  const coverage = useQuery({
    queryKey: ['coverage'],
    queryFn: ({ signal }) => call('GET /api/coverage', { query: { bins: 240 }, signal }),
  });
  if (coverage.error) return <p className="dim">{coverage.error.message}</p>;
  if (!coverage.data) return <Loading height={170} />;
  const { data } = coverage;
  if (!data.from || !data.to) return <p className="dim">No post has a known time.</p>;
  const from = Date.parse(data.from);
  const to = Math.max(from + 1, from + data.binMs * data.bins);
  const left = width < 520 ? 76 : 130;
  const x = (time: number) => left + ((width - left) * (time - from)) / (to - from);
  const height = data.platforms.length * rowHeight + 22;
  const bar = (a: string | null, b: string | null) => {
    const begin = Math.max(left, x(a ? Date.parse(a) : from));
    const end = Math.min(width, x(b ? Date.parse(b) : to));
    return { x: begin, width: Math.max(1, end - begin) };
  };
  return (
    <div ref={ref}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label="When which platform was collected; the same as a table below"
      >
        <defs>
          <pattern id="lost" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="5" stroke="var(--capped)" strokeWidth="2.6" />
          </pattern>
        </defs>
        {data.platforms.map((one, row) => {
          const most = Math.max(1, ...one.counts);
          const y = row * rowHeight;
          return (
            <g key={one.platform}>
              <text x={0} y={y + 15} className="calendar-name">
                {one.platform}
              </text>
              <rect x={left} y={y + 2} width={Math.max(0, width - left)} height={rowHeight - 8} fill="var(--lane)" />
              {shades.map((shade) => (
                <path
                  key={shade}
                  d={shadePath(one.counts, most, shade, (bin) => x(from + bin * data.binMs), y + 2, rowHeight - 8)}
                  fill={`var(--${one.tier})`}
                  opacity={shade}
                />
              ))}
              {one.gaps.map((gap) => (
                <rect
                  key={gap.from}
                  {...bar(gap.from, gap.to)}
                  y={y + 2}
                  height={rowHeight - 8}
                  fill="var(--card)"
                  stroke="var(--warn)"
                  strokeDasharray="2 2"
                />
              ))}
              {one.losses.map((loss) => (
                <rect
                  key={`${loss.source}${loss.from}`}
                  {...bar(loss.from, loss.to)}
                  y={y + 2}
                  height={rowHeight - 8}
                  fill="url(#lost)"
                />
              ))}
              {one.declared.map((span) => (
                <rect
                  key={span.from}
                  {...bar(span.from, span.to)}
                  y={y + rowHeight - 5}
                  height={2.5}
                  fill="var(--ink)"
                />
              ))}
            </g>
          );
        })}
        {zoneTicks({ from, to }, Math.max(2, (width - left) / 100), zone).map((tick) => (
          <text key={tick.time} x={x(tick.time)} y={height - 5} textAnchor="middle" className="calendar-tick">
            {x(tick.time) > left + 16 && x(tick.time) < width - 20 ? tick.label : ''}
          </text>
        ))}
      </svg>
      <p className="legend">
        <span>darker: more posts, each row on its own scale</span>
        <span>
          <i className="legend-bar" style={{ background: 'var(--ink)' }} /> declared as collected
        </span>
        <span>
          <i className="legend-bar capped" /> posts were lost
        </span>
        <span>{zoneName(zone)}</span>
        <button type="button" className="link" aria-expanded={table} onClick={() => setTable(!table)}>
          {table ? 'Hide the table' : 'As a table'}
        </button>
      </p>
      {table && (
        <div className="scroll-table" tabIndex={0} role="region" aria-label="Coverage as a table">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Platform</th>
                <th scope="col" className="n">
                  Posts
                </th>
                <th scope="col">Declared</th>
                <th scope="col">Gaps</th>
                <th scope="col">Lost</th>
              </tr>
            </thead>
            <tbody>
              {data.platforms.map((one) => (
                <tr key={one.platform}>
                  <th scope="row">{one.platform}</th>
                  <td className="n">{count(one.posts)}</td>
                  <td>
                    {one.declared.map((span) => `${moment(span.from, zone)} to ${moment(span.to, zone)}`).join('; ') ||
                      'nothing'}
                  </td>
                  <td>{one.gaps.map((gap) => `${moment(gap.from, zone)} to ${moment(gap.to, zone)}`).join('; ')}</td>
                  <td>
                    {one.losses.map((loss) => (
                      <div key={`${loss.source}${loss.from}`}>
                        {loss.from && `${moment(loss.from, zone)}: `}
                        {loss.missed === null ? (loss.flag ?? 'some') : `${count(loss.missed)} posts`}{' '}
                        <Foreign text={loss.source} most={40} />
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** The bins of one shade as one path, so that a strip is a handful of elements. */
function shadePath(
  counts: readonly number[],
  most: number,
  shade: number,
  x: (bin: number) => number,
  top: number,
  height: number,
): string {
  let path = '';
  counts.forEach((posts, bin) => {
    if (posts === 0) return;
    const place = Math.min(shades.length - 1, Math.floor(Math.sqrt(posts / most) * shades.length));
    if (shades[place] !== shade) return;
    const left = x(bin);
    path += `M${left.toFixed(1)} ${top}H${Math.max(left + 1, x(bin + 1) + 0.3).toFixed(1)}V${top + height}H${left.toFixed(1)}Z`;
  });
  return path;
}
