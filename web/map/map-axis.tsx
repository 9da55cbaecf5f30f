import type { TimeRange } from '../app/view-state.ts';
import { timeFormat, type Zone, zoneName } from '../format/reader-locale.ts';
import { axisTicks } from './axis-ticks.ts';
import type { MapFrame } from './map-frame.ts';

const units: Record<string, Intl.DateTimeFormatOptions> = {
  ms: { minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
};

/** Ticks of the reader's zone at round clock times. */
export function zoneTicks(span: TimeRange, most: number, zone: Zone) {
  return axisTicks(
    span.from,
    span.to,
    most,
    (time, unit) => timeFormat(zone, units[unit]!).format(time),
    zone === 'utc' ? () => 0 : (time) => -new Date(time).getTimezoneOffset() * 60_000,
  );
}

export function MapAxis({ frame, span, zone }: { frame: MapFrame; span: TimeRange; zone: Zone }) {
  const ticks = zoneTicks(span, frame.plotWidth / (frame.narrow ? 70 : 88), zone);
  const days = timeFormat(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const first = days.format(span.from);
  const last = days.format(span.to);
  return (
    <g className="spread-axis">
      {ticks.map((tick) => {
        const x = frame.x(tick.time);
        return (
          <g key={tick.time}>
            <line x1={x} x2={x} y1={frame.top - 4} y2={frame.bottom + 5} className={tick.major ? 'major' : ''} />
            <text x={x} y={frame.bottom + 19} textAnchor="middle" className={tick.major ? 'major' : ''}>
              {x - frame.left > 14 && frame.left + frame.plotWidth - x > 14 ? tick.label : ''}
            </text>
          </g>
        );
      })}
      <text x={frame.left} y={frame.bottom + 36} className="axis-day">
        {first} · {zoneName(zone)}
      </text>
      {last !== first && !frame.narrow && (
        <text x={frame.left + frame.plotWidth} y={frame.bottom + 36} textAnchor="end" className="axis-day">
          {last}
        </text>
      )}
    </g>
  );
}
