import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { traceQuery, volumeQuery } from '../api/queries.ts';
import { usePreferences } from '../app/preferences.tsx';
import { brushChange, useViewState } from '../app/use-view-state.ts';
import { brushOf, spanOf, type TimeRange } from '../app/view-state.ts';
import { count, duration, moment, zoneName } from '../format/reader-locale.ts';
import { zoneTicks } from '../map/map-axis.tsx';
import { tierOrder } from '../map/map-lanes.ts';
import { areaPath } from '../map/volume-bins.ts';

const height = 34;

/** The whole story in one strip over every view; the window selected on it filters all of them. */
export function TimeRibbon({ story }: { story: string }) {
  const [state, change] = useViewState();
  const { zone } = usePreferences();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const volume = useQuery(volumeQuery(story, null, 300));
  const trace = useQuery(traceQuery(story));
  const data = volume.data;
  const brush = brushOf(state);
  const selected = useQuery({ ...volumeQuery(story, brush, 1), enabled: brush !== null });
  const [drawing, setDrawing] = useState<TimeRange | null>(null);
  const shown = drawing ?? brush;
  const start = useRef<number | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const span = useMemo<TimeRange | null>(
    () => (data?.from ? { from: Date.parse(data.from), to: Date.parse(data.from) + data.binMs * data.bins } : null),
    [data],
  );
  const view = spanOf(state);
  if (!span || !data) return <div className="ribbon" ref={ref} />;
  const x = (time: number) => (width * (time - span.from)) / (span.to - span.from);
  const at = (event: PointerEvent) => {
    const box = strip.current!.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    return span.from + share * (span.to - span.from);
  };
  const select = (range: TimeRange | null) => change(brushChange(range), true);
  const keys = (event: KeyboardEvent, edge: 'from' | 'to' | 'both') => {
    const step = ((span.to - span.from) / 200) * (event.shiftKey ? 10 : 1);
    const by = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0;
    if (event.key === 'Delete' || event.key === 'Backspace') return select(null);
    if (by === 0) return;
    event.preventDefault();
    const now = brush ?? {
      from: span.from + (span.to - span.from) * 0.4,
      to: span.from + (span.to - span.from) * 0.6,
    };
    const next = {
      from: edge === 'to' ? now.from : Math.max(span.from, now.from + by),
      to: edge === 'from' ? now.to : Math.min(span.to, now.to + by),
    };
    if (next.to - next.from > step / 2) select(next);
  };
  const tiers = [...data.platforms].sort((a, b) => tierOrder[a.tier] - tierOrder[b.tier]);
  const isShort = brush !== null && brush.to - brush.from < 10_000;
  /** Half a label of the finest ticks. */
  const labelRoom = span.to - span.from < 60_000 ? 32 : 18;
  return (
    <div className="ribbon">
      <div className="ribbon-plot" ref={ref}>
        <svg width={width} height={height + 17} aria-hidden="true">
          {tiers.map((platform) => (
            <path
              key={platform.platform}
              d={areaPath(
                platform.counts,
                (bin) => x(span.from + bin * data.binMs),
                height,
                height - 4,
                Math.max(1, ...platform.counts),
              )}
              fill={`var(--${platform.tier})`}
              opacity={0.42}
            />
          ))}
          {zoneTicks(span, Math.max(2, width / 110), zone).map((tick) => (
            <g key={tick.time} className="ribbon-tick">
              <line x1={x(tick.time)} x2={x(tick.time)} y1={height} y2={height + 3} />
              <text x={x(tick.time)} y={height + 13} textAnchor="middle">
                {x(tick.time) > labelRoom && x(tick.time) < width - labelRoom ? tick.label : ''}
              </text>
            </g>
          ))}
          {trace.data?.result.stages.map((stage) => (
            <circle
              key={`${stage.id}${stage.time}${stage.platform}`}
              cx={x(Date.parse(stage.time))}
              cy={height}
              r={2.5}
              fill="var(--ink)"
            />
          ))}
          {view && (
            <rect
              className="ribbon-view"
              x={x(view.from)}
              width={Math.max(2, x(view.to) - x(view.from))}
              y={0.5}
              height={height}
            />
          )}
        </svg>
        <div
          ref={strip}
          className="ribbon-strip"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            start.current = at(event);
          }}
          onPointerMove={(event) => {
            if (start.current === null) return;
            const now = at(event);
            setDrawing({ from: Math.min(start.current, now), to: Math.max(start.current, now) });
          }}
          onPointerUp={() => {
            start.current = null;
            setDrawing(null);
            if (drawing) select(x(drawing.to) - x(drawing.from) < 3 ? null : drawing);
          }}
        >
          {shown && (
            <div
              className="ribbon-brush"
              style={{ left: x(shown.from), width: Math.max(2, x(shown.to) - x(shown.from)) }}
            />
          )}
        </div>
        {(['from', 'to'] as const).map((edge) => (
          <button
            key={edge}
            type="button"
            className={`plain ribbon-handle${brush ? '' : ' idle'}`}
            role="slider"
            aria-label={edge === 'from' ? 'Beginning of the selected window' : 'End of the selected window'}
            aria-valuemin={span.from}
            aria-valuemax={span.to}
            aria-valuenow={shown?.[edge] ?? (edge === 'from' ? span.from : span.to)}
            aria-valuetext={
              shown ? `${moment(shown[edge], zone)} ${zoneName(zone)}` : 'nothing selected; arrow keys begin a window'
            }
            style={{ left: x(shown?.[edge] ?? (edge === 'from' ? span.from : span.to)) - 5 }}
            onKeyDown={(event) => keys(event, edge)}
          />
        ))}
      </div>
      <div className="ribbon-words">
        {brush ? (
          <>
            <span>
              <b>{moment(brush.from, zone, isShort)}</b> to <b>{moment(brush.to, zone, isShort)}</b> {zoneName(zone)} (
              {duration((brush.to - brush.from) / 1000)})
            </span>
            <span>
              <b>{selected.data ? count(selected.data.total) : '…'}</b> posts
            </span>
            <button type="button" className="link" onClick={() => change({ evidence: 'window' })}>
              Read them
            </button>
            <button type="button" className="link" onClick={() => select(null)}>
              Clear
            </button>
          </>
        ) : (
          <span className="dim">
            {count(data.total)} posts. Drag over the strip to select a window: every view then shows what happened in
            it.
          </span>
        )}
      </div>
    </div>
  );
}
