import type { Bridge, TraceResult } from '../../src/analyses/trace/trace-result.ts';

/** A crossing as drawn: `first` marks the first of its kind between two platforms. */
export interface Arc {
  place: number;
  bridge: Bridge;
  from: number;
  to: number;
  first: boolean;
}

/** Bridges within a range, at most `most`: first crossings between platforms come before repeated ones, links before mere equal texts. */
export function arcsInView(result: Pick<TraceResult, 'bridges'>, from: number, to: number, most: number): Arc[] {
  const seen = new Set<string>();
  const arcs = result.bridges
    .map((bridge, place) => ({ bridge, place, from: Date.parse(bridge.from.time), to: Date.parse(bridge.to.time) }))
    .sort((a, b) => a.to - b.to)
    .map((arc): Arc => {
      const way = `${arc.bridge.from.platform} ${arc.bridge.to.platform} ${arc.bridge.kind}`;
      const first = !seen.has(way);
      seen.add(way);
      return { ...arc, first };
    })
    .filter((arc) => arc.to >= from && arc.from <= to);
  const weight = (arc: Arc) => (arc.first ? 0 : 2) + (arc.bridge.kind === 'same-text' ? 1 : 0);
  return arcs.sort((a, b) => weight(a) - weight(b) || a.to - b.to).slice(0, most);
}
