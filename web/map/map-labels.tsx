import { type KeyboardEvent, useRef, useState } from 'react';
import { usePreferences } from '../app/preferences.tsx';
import type { TimeRange } from '../app/view-state.ts';
import { clockOrDay, moment } from '../format/reader-locale.ts';
import type { MapFrame } from './map-frame.ts';
import type { Mark } from './map-marks.ts';

interface MapLabelsProps {
  marks: readonly Mark[];
  all: readonly Mark[];
  frame: MapFrame;
  span: TimeRange;
  shownTo: number;
  lit: string | null;
  onLit: (mark: string | null) => void;
  onOpen: (evidence: string) => void;
  onSpan: (span: TimeRange) => void;
}

/** Numbered labels over the lanes, one tab stop for all (arrow keys move between them), and what lies outside the view. */
export function MapLabels({ marks, all, frame, span, shownTo, lit, onLit, onOpen, onSpan }: MapLabelsProps) {
  const { zone } = usePreferences();
  const [current, setCurrent] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const before = all.filter((mark) => mark.time < span.from);
  const after = all.filter((mark) => mark.time > span.to);
  const move = (event: KeyboardEvent, place: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1 : place + step;
    if (next === place || next < 0 || next >= marks.length) return;
    event.preventDefault();
    setCurrent(next);
    group.current?.querySelectorAll<HTMLButtonElement>('button.mark')[next]?.focus();
  };
  return (
    <div ref={group} role="group" aria-label="Moments of the story">
      {marks.map((mark, place) => {
        const label = frame.labels.get(mark.id);
        if (!label) return null;
        return (
          <button
            type="button"
            key={mark.id}
            className={`plain mark ${mark.kind}${lit === mark.id ? ' lit' : ''}`}
            style={{ left: label.left, top: label.top, opacity: mark.time <= shownTo ? 1 : 0.15 }}
            tabIndex={place === Math.min(current, marks.length - 1) ? 0 : -1}
            aria-label={`${label.number}. ${mark.label}${mark.who ? `: ${mark.who}` : ''}, ${moment(mark.time, zone)}. Open the post.`}
            title={frame.narrow ? `${mark.label}${mark.who ? `: ${mark.who}` : ''}` : undefined}
            onClick={() => onOpen(`posts:${mark.posts.join(',')}`)}
            onFocus={() => {
              setCurrent(place);
              onLit(mark.id);
            }}
            onBlur={() => onLit(null)}
            onMouseEnter={() => onLit(mark.id)}
            onMouseLeave={() => onLit(null)}
            onKeyDown={(event) => move(event, place)}
          >
            <span className="mark-number">{label.number}</span>
            {!frame.narrow && (
              <>
                <span className="mark-label">{mark.label}</span>
                {mark.who && <bdi className="mark-who">{mark.who}</bdi>}
              </>
            )}
          </button>
        );
      })}
      {before.length > 0 && (
        <button
          type="button"
          className="plain outside before"
          style={{ top: frame.top + (frame.narrow ? 22 : 4), left: frame.left + 4 }}
          onClick={() => onSpan({ from: before[0]!.time - (span.to - before[0]!.time) * 0.05, to: span.to })}
        >
          ◂ {before[0]!.label.toLowerCase()} {clockOrDay(before[0]!.time, span.from, zone)}
          {before.length > 1 ? ` and ${before.length - 1} more` : ''}
        </button>
      )}
      {after.length > 0 && (
        <button
          type="button"
          className="plain outside after"
          style={{ top: frame.top + 22, right: frame.narrow ? 4 : 12 }}
          onClick={() => onSpan({ from: span.from, to: after.at(-1)!.time + (after.at(-1)!.time - span.from) * 0.05 })}
        >
          {after.length > 1 ? `${after.length} more: ` : ''}
          {after[0]!.label.toLowerCase()} {clockOrDay(after[0]!.time, span.to, zone)} ▸
        </button>
      )}
    </div>
  );
}
