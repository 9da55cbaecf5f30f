import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import type { Post } from '../../src/server/api-types.ts';
import { usePreferences } from '../app/preferences.tsx';
import type { TimeRange } from '../app/view-state.ts';
import { drawnArcs } from './drawn-arcs.ts';
import { HoverCard } from './hover-card.tsx';
import { LaneArea } from './lane-area.tsx';
import { MapArcs } from './map-arcs.tsx';
import { MapAxis } from './map-axis.tsx';
import { mapFrame } from './map-frame.ts';
import { MapLabels } from './map-labels.tsx';
import { mapLanes } from './map-lanes.ts';
import type { Mark } from './map-marks.ts';
import { type DrawnPost, placePosts } from './place-posts.ts';
import { panSpan, zoomSpan } from './time-span.ts';
import { useMapPointer } from './use-map-pointer.ts';
import type { Volume } from './volume-bins.ts';

export interface SpreadMapProps {
  result: TraceResult;
  marks: readonly Mark[];
  volume: Volume | null;
  span: TimeRange;
  brush: TimeRange | null;
  /** Single posts to draw as dots; empty while there are too many in view. */
  posts: readonly Post[];
  roleOf: ReadonlyMap<string, string>;
  /** Until where the story was played; null shows all of it. */
  playhead: number | null;
  lit: string | null;
  onLit: (mark: string | null) => void;
  onSpan: (span: TimeRange) => void;
  onBrush: (brush: TimeRange | null) => void;
  onOpen: (evidence: string) => void;
}

/**
 * The story as it spread: a lane per platform from fringe to mainstream, posts as areas (or dots when few are in view), crossings as arcs, stages and
 * catalysts as numbered labels, coverage beneath each lane. Dragging selects a window; arrows pan, + and - zoom, 0 shows all.
 */
export function SpreadMap(props: SpreadMapProps) {
  const { result, marks, volume, span, brush, posts, roleOf, playhead, lit, onLit, onSpan, onBrush, onOpen } = props;
  const { zone } = usePreferences();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const lanes = useMemo(() => mapLanes(result), [result]);
  const visible = useMemo(() => marks.filter((mark) => mark.time >= span.from && mark.time <= span.to), [marks, span]);
  const frame = useMemo(() => mapFrame(width, lanes, visible, marks, span), [width, lanes, visible, marks, span]);
  const arcs = useMemo(() => drawnArcs(result, frame, span), [result, frame, span]);
  const dots = useMemo(() => placePosts(posts, frame, roleOf), [posts, frame, roleOf]);
  const surface = useRef<HTMLDivElement>(null);
  const pointer = useMapPointer(surface, frame, span, { onSpan, onBrush, onOpen, dots });
  const [litArc, setLitArc] = useState<number | null>(null);
  const keys = useCallback(
    (event: KeyboardEvent) => {
      const next = keyedSpan(event, span);
      if (!next) return;
      event.preventDefault();
      onSpan(next);
    },
    [span, onSpan],
  );
  useEffect(() => setLitArc(null), [span]);
  const shownTo = playhead ?? Number.POSITIVE_INFINITY;
  const selection = pointer.drawing ?? brush;
  return (
    <div className="spread" ref={ref} style={{ height: frame.height }}>
      {width > 0 && (
        <>
          <div
            className="spread-surface"
            ref={surface}
            role="group"
            tabIndex={0}
            aria-label="Spread map. Arrow keys move in time, plus and minus zoom, zero shows the whole story. Dragging with the pointer selects a window. The numbered buttons open the posts; the table below holds the numbers."
            onKeyDown={keys}
          >
            <svg width={width} height={frame.height} aria-hidden="true" className="spread-svg">
              <defs>
                <clipPath id="spread-inside">
                  <rect x={frame.left} y={0} width={frame.plotWidth} height={frame.height} />
                </clipPath>
                <clipPath id="spread-played">
                  <rect
                    x={frame.left}
                    y={0}
                    width={Math.max(0, Math.min(frame.plotWidth, frame.x(Math.min(shownTo, span.to)) - frame.left))}
                    height={frame.height}
                  />
                </clipPath>
                <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <line x1="0" y1="0" x2="0" y2="5" stroke="var(--capped)" strokeWidth="2.4" />
                </pattern>
              </defs>
              <MapAxis frame={frame} span={span} zone={zone} />
              {frame.lanes.map((lane) => (
                <LaneArea
                  key={lane.platform}
                  lane={lane}
                  frame={frame}
                  volume={volume}
                  result={result}
                  played={playhead !== null}
                />
              ))}
              {selection && (
                <g clipPath="url(#spread-inside)">
                  <rect
                    className="spread-brush"
                    x={frame.x(selection.from)}
                    y={frame.top - 4}
                    width={Math.max(1, frame.x(selection.to) - frame.x(selection.from))}
                    height={frame.bottom - frame.top + 8}
                  />
                </g>
              )}
              <g clipPath="url(#spread-inside)">
                <MapArcs arcs={arcs} shownTo={shownTo} lit={litArc} />
                {visible.map((mark) => (
                  <MarkLine
                    key={mark.id}
                    mark={mark}
                    frame={frame}
                    lit={lit === mark.id}
                    shown={mark.time <= shownTo}
                  />
                ))}
                {dots.map((dot) => (
                  <circle
                    key={dot.post.post}
                    cx={dot.x}
                    cy={dot.y}
                    r={pointer.hover?.dot === dot ? 5.5 : dot.radius}
                    fill={dot.colour}
                    stroke="var(--paper)"
                    strokeWidth={1}
                    opacity={dot.time <= shownTo ? 1 : 0.1}
                  />
                ))}
              </g>
              {pointer.hover && !pointer.drawing && (
                <line
                  className="spread-cross"
                  x1={pointer.hover.x}
                  x2={pointer.hover.x}
                  y1={frame.top - 4}
                  y2={frame.bottom + 4}
                />
              )}
              {playhead !== null && (
                <line
                  className="spread-head"
                  x1={frame.x(playhead)}
                  x2={frame.x(playhead)}
                  y1={frame.top - 8}
                  y2={frame.bottom + 8}
                />
              )}
            </svg>
            <div
              className="spread-touch"
              style={{
                left: frame.left,
                top: frame.top - 6,
                width: frame.plotWidth,
                height: frame.bottom - frame.top + 12,
              }}
              {...pointer.handlers}
            />
          </div>
          <MapLabels
            marks={visible}
            all={marks}
            frame={frame}
            span={span}
            shownTo={shownTo}
            lit={lit}
            onLit={onLit}
            onOpen={onOpen}
            onSpan={onSpan}
          />
          {pointer.hover && (
            <HoverCard hover={pointer.hover} frame={frame} volume={volume} zone={zone} arcs={arcs} onArc={setLitArc} />
          )}
        </>
      )}
    </div>
  );
}

function MarkLine({
  mark,
  frame,
  lit,
  shown,
}: {
  mark: Mark;
  frame: ReturnType<typeof mapFrame>;
  lit: boolean;
  shown: boolean;
}) {
  const lane = frame.lanes.find((one) => one.platform === mark.platform);
  const label = frame.labels.get(mark.id);
  if (!lane || !label) return null;
  const x = frame.x(mark.time);
  const early = frame.x(mark.earliest);
  const late = frame.x(mark.latest);
  return (
    <g opacity={shown ? 1 : 0.12} className={lit ? 'mark-line lit' : 'mark-line'}>
      <line x1={x} x2={x} y1={label.top + 17} y2={lane.floor} />
      {late - early > 6 && <line className="mark-span" x1={early} x2={late} y1={lane.floor - 8} y2={lane.floor - 8} />}
      <circle cx={x} cy={lane.floor} r={lit ? 6 : 4.5} className={`mark-${mark.kind}`} />
    </g>
  );
}

function keyedSpan(event: KeyboardEvent, span: TimeRange): TimeRange | null {
  const middle = (span.from + span.to) / 2;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === 'ArrowLeft') return panSpan(span, -0.1);
  if (event.key === 'ArrowRight') return panSpan(span, 0.1);
  if (event.key === '+' || event.key === '=') return zoomSpan(span, 0.6, middle);
  if (event.key === '-') return zoomSpan(span, 1 / 0.6, middle);
  return null;
}

export type { DrawnPost };
