import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import type { TimeRange } from '../app/view-state.ts';
import { type Arc, arcsInView } from './arcs-in-view.ts';
import type { MapFrame } from './map-frame.ts';

export interface DrawnArc extends Arc {
  path: string;
  x: number;
  y: number;
  endX: number;
  endY: number;
}

/** Arcs of the crossings in view, from base line to base line. */
export function drawnArcs(result: TraceResult, frame: MapFrame, span: TimeRange): DrawnArc[] {
  const floors = new Map(frame.lanes.map((lane) => [lane.platform, lane.floor]));
  return arcsInView(result, span.from, span.to, frame.narrow ? 14 : 36).flatMap((arc) => {
    const y = floors.get(arc.bridge.from.platform);
    const endY = floors.get(arc.bridge.to.platform);
    if (y === undefined || endY === undefined) return [];
    const x = frame.x(arc.from);
    const endX = frame.x(arc.to);
    const bend = Math.min(70, 18 + Math.abs(endX - x) * 0.35);
    const path = `M${x.toFixed(1)} ${y}C${(x + bend).toFixed(1)} ${(y + (endY - y) * 0.42).toFixed(1)} ${(endX - bend * 0.7).toFixed(1)} ${(y + (endY - y) * 0.62).toFixed(1)} ${endX.toFixed(1)} ${endY}`;
    return [{ ...arc, path, x, y, endX, endY }];
  });
}
