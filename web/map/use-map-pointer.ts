import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { TimeRange } from '../app/view-state.ts';
import type { MapFrame, PlacedLane } from './map-frame.ts';
import type { DrawnPost } from './place-posts.ts';
import { panSpan, zoomSpan } from './time-span.ts';

export interface MapHover {
  x: number;
  y: number;
  time: number;
  lane: PlacedLane | null;
  dot: DrawnPost | null;
}

interface Actions {
  onSpan: (span: TimeRange) => void;
  onBrush: (brush: TimeRange | null) => void;
  onOpen: (evidence: string) => void;
  dots: readonly DrawnPost[];
}

const clickPixels = 4;

/** Dragging selects, shift-dragging moves, ctrl and wheel (or a pinch) zooms, a sideways wheel moves; hovering finds the lane and the nearest post. */
export function useMapPointer(
  surface: RefObject<HTMLElement | null>,
  frame: MapFrame,
  span: TimeRange,
  actions: Actions,
) {
  const [hover, setHover] = useState<MapHover | null>(null);
  const [drawing, setDrawing] = useState<TimeRange | null>(null);
  const drag = useRef<{ x: number; span: TimeRange; moving: boolean } | null>(null);
  const latest = useRef({ frame, span, actions });
  latest.current = { frame, span, actions };
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      const { frame: now, span: shown, actions: act } = latest.current;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !event.metaKey && !sideways) return;
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left;
      act.onSpan(
        sideways
          ? panSpan(shown, event.deltaX / now.plotWidth)
          : zoomSpan(shown, Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))), now.time(x)),
      );
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [surface]);

  const place = (event: PointerEvent<HTMLElement>) => {
    const box = surface.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: place(event).x, span, moving: event.shiftKey };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const at = place(event);
      const began = drag.current;
      if (began && Math.abs(at.x - began.x) >= clickPixels) {
        if (began.moving) actions.onSpan(panSpan(began.span, (began.x - at.x) / frame.plotWidth));
        else setDrawing(ordered(frame.time(began.x), frame.time(at.x)));
      }
      setHover(findHover(at, frame, actions.dots));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const began = drag.current;
      drag.current = null;
      setDrawing(null);
      if (!began || began.moving) return;
      const at = place(event);
      if (Math.abs(at.x - began.x) >= clickPixels) {
        actions.onBrush(ordered(frame.time(began.x), frame.time(at.x)));
        return;
      }
      const { dot } = findHover(at, frame, actions.dots);
      if (dot) actions.onOpen(`posts:${dot.post.post}`);
      else actions.onBrush(null);
    },
    onPointerCancel: () => {
      drag.current = null;
      setDrawing(null);
    },
    onPointerLeave: () => setHover(null),
  };
  return { hover, drawing, handlers };
}

const ordered = (a: number, b: number): TimeRange => ({ from: Math.min(a, b), to: Math.max(a, b) });

function findHover({ x, y }: { x: number; y: number }, frame: MapFrame, dots: readonly DrawnPost[]): MapHover {
  const lane = frame.lanes.find((one) => y >= one.top - 8 && y <= one.floor + 12) ?? null;
  let dot: DrawnPost | null = null;
  let nearest = 12;
  for (const one of dots) {
    const distance = Math.hypot(one.x - x, one.y - y);
    if (distance < nearest) {
      nearest = distance;
      dot = one;
    }
  }
  return { x, y, time: frame.time(x), lane, dot };
}
