import type { CascadeShapes } from '../../base/cascade-shape.ts';

/** Times of each cascade, in seconds after its start: the root, or the first post where the root was not collected. */
export interface CascadeTimes {
  /** Milliseconds since 1970. */
  start: Float64Array;
  halfSeconds: Float64Array;
  lastSeconds: Float64Array;
  withinTenSeconds: Float64Array;
  withinHour: Float64Array;
  /** Nodes of the cascades in the order of time: those of tree c at offsets[c] .. offsets[c + 1] - 1. */
  offsets: Uint32Array;
  nodes: Uint32Array;
}

/** Nodes ascend in time, those without one (NaN) stand behind; shares are of the posts after the start. */
export function cascadeTimes(shapes: CascadeShapes, time: Float64Array): CascadeTimes {
  const trees = shapes.roots.length;
  const offsets = new Uint32Array(trees + 1);
  for (let v = 0; v < time.length; v++)
    if (!Number.isNaN(time[v]!)) offsets[shapes.treeOf[v]! + 1] = offsets[shapes.treeOf[v]! + 1]! + 1;
  for (let c = 0; c < trees; c++) offsets[c + 1] = offsets[c + 1]! + offsets[c]!;
  const nodes = new Uint32Array(offsets[trees]!);
  const cursor = offsets.slice();
  for (let v = 0; v < time.length; v++) {
    if (Number.isNaN(time[v]!)) continue;
    const c = shapes.treeOf[v]!;
    nodes[cursor[c]!] = v;
    cursor[c] = cursor[c]! + 1;
  }
  const start = new Float64Array(trees).fill(Number.NaN);
  const halfSeconds = new Float64Array(trees);
  const lastSeconds = new Float64Array(trees);
  const withinTenSeconds = new Float64Array(trees);
  const withinHour = new Float64Array(trees);
  for (let c = 0; c < trees; c++) {
    const from = offsets[c]!;
    const to = offsets[c + 1]!;
    if (from === to) continue;
    const first = time[nodes[from]!]!;
    const after = (place: number) => (time[nodes[place]!]! - first) / 1000;
    start[c] = first;
    halfSeconds[c] = after(from + ((to - from - 1) >> 1));
    lastSeconds[c] = after(to - 1);
    let ten = 0;
    let hour = 0;
    for (let place = from + 1; place < to; place++) {
      if (after(place) <= 10) ten++;
      if (after(place) <= 3600) hour++;
    }
    const followers = Math.max(1, to - from - 1);
    withinTenSeconds[c] = ten / followers;
    withinHour[c] = hour / followers;
  }
  return { start, halfSeconds, lastSeconds, withinTenSeconds, withinHour, offsets, nodes };
}
