import type { VolumeBin } from '../../src/analyses/trace/trace-result.ts';
import type { TimeRange } from '../app/view-state.ts';

/** Posts per bin of equal length, per platform. */
export interface Volume {
  from: number;
  binMs: number;
  platforms: ReadonlyMap<string, ArrayLike<number>>;
}

/** The stored bins of a trace as columns over a range: what is shown until the exact counts of a zoom have come. */
export function storedVolume(bins: readonly VolumeBin[], range: TimeRange): Volume | null {
  if (bins.length === 0) return null;
  const binMs = bins[0]!.binSeconds * 1000;
  const first = Math.floor(range.from / binMs) * binMs;
  const many = Math.ceil((range.to - first) / binMs);
  if (many < 1 || many > 20_000) return null;
  const platforms = new Map<string, Float64Array>();
  for (const bin of bins) {
    const place = Math.floor((Date.parse(bin.binStart) - first) / binMs);
    if (place < 0 || place >= many) continue;
    let counts = platforms.get(bin.platform);
    if (!counts) {
      counts = new Float64Array(many);
      platforms.set(bin.platform, counts);
    }
    counts[place]! += bin.posts;
  }
  return { from: first, binMs, platforms };
}

/** Outline of steps over the bins in pixels; empty bins leave no line. `height` is the lane's, `most` its largest bin. */
export function areaPath(
  counts: ArrayLike<number>,
  x: (bin: number) => number,
  floor: number,
  height: number,
  most: number,
): string {
  let path = '';
  let open = false;
  for (let bin = 0; bin < counts.length; bin++) {
    const posts = counts[bin]!;
    if (posts === 0) {
      if (open) path += `V${floor}Z`;
      open = false;
      continue;
    }
    const top = (floor - Math.max(1.5, (height * posts) / most)).toFixed(1);
    const left = x(bin);
    const right = Math.max(left + 0.8, x(bin + 1));
    path += open ? `V${top}H${right.toFixed(1)}` : `M${left.toFixed(1)} ${floor}V${top}H${right.toFixed(1)}`;
    open = true;
  }
  return open ? `${path}V${floor}Z` : path;
}
