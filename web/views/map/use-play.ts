import { useReducedMotion } from '@mantine/hooks';
import { useCallback, useEffect, useState } from 'react';
import type { TimeRange } from '../../app/view-state.ts';
import type { Mark } from '../../map/map-marks.ts';

const seconds = 18;

/** Lets the story run over the visible span; with reduced motion it steps from moment to moment instead. */
export function usePlay(span: TimeRange, marks: readonly Mark[]) {
  const [head, setHead] = useState<number | null>(null);
  const [running, setRunning] = useState(false);
  const still = useReducedMotion();
  useEffect(() => {
    if (!running) return;
    if (still) {
      const stops = [...marks.map((mark) => mark.time).filter((time) => time > span.from && time < span.to), span.to];
      const timer = setInterval(
        () => setHead((now) => stops.find((time) => time > (now ?? span.from)) ?? span.to),
        1500,
      );
      return () => clearInterval(timer);
    }
    let frame = 0;
    let before = performance.now();
    const step = (now: number) => {
      const by = ((now - before) / 1000 / seconds) * (span.to - span.from);
      before = now;
      setHead((old) => Math.min(span.to, (old ?? span.from) + by));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [running, span, still, marks]);
  useEffect(() => {
    if (head === null || head < span.to) return;
    setRunning(false);
    setHead(null);
  }, [head, span]);
  const toggle = useCallback(() => {
    setHead((old) => (old === null || old >= span.to || old < span.from ? span.from : old));
    setRunning((old) => !old);
  }, [span]);
  return { head, running, toggle };
}
