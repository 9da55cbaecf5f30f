const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const FIRST_MONDAY = 4 * DAY;

/** Bin widths in milliseconds from which `chooseBinWidth` picks. */
export const BIN_WIDTHS_MS: readonly number[] = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  WEEK,
];

/**
 * Equal half-open bins: bin i holds times in [startMs + i * widthMs, startMs + (i + 1) * widthMs), epoch milliseconds
 * UTC.
 */
export interface TimeBins {
  startMs: number;
  widthMs: number;
  counts: Uint32Array;
}

/** The narrowest width of the ladder that needs at most `mostBins` bins for the span; a week where none does. */
export function chooseBinWidth(spanMs: number, mostBins = 240): number {
  return BIN_WIDTHS_MS.find((width) => spanMs / width <= mostBins) ?? WEEK;
}

/** Start of the bin that holds the time: bins are counted from 1970-01-01T00:00Z, weeks from Monday. */
export function binStart(timeMs: number, widthMs: number): number {
  const origin = widthMs % WEEK === 0 ? FIRST_MONDAY : 0;
  return origin + Math.floor((timeMs - origin) / widthMs) * widthMs;
}

/**
 * Counts per bin over all times (any order); no bins where there are no times. RangeError above 50 million bins or for
 * a time that is not finite.
 */
export function countByBin(timesMs: Float64Array, widthMs: number): TimeBins {
  if (!(widthMs > 0)) throw new RangeError(`bin width must be above 0, got ${widthMs}`);
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < timesMs.length; i++) {
    const time = timesMs[i]!;
    if (!Number.isFinite(time)) throw new RangeError(`time ${i} is ${time}`);
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return { startMs: 0, widthMs, counts: new Uint32Array(0) };
  const startMs = binStart(first, widthMs);
  return countWithin(timesMs, startMs, binStart(last, widthMs) + widthMs, widthMs);
}

/**
 * Counts per bin from `startMs` to `endMs`; times outside are left out, and the last bin may reach past `endMs` but not
 * count there.
 */
export function countWithin(timesMs: Float64Array, startMs: number, endMs: number, widthMs: number): TimeBins {
  const bins = Math.max(0, Math.ceil((endMs - startMs) / widthMs));
  if (!(bins <= 50_000_000)) throw new RangeError(`${bins} bins of ${widthMs} ms`);
  const counts = new Uint32Array(bins);
  for (let i = 0; i < timesMs.length; i++) {
    const time = timesMs[i]!;
    if (time < startMs || time >= endMs) continue;
    const bin = Math.floor((time - startMs) / widthMs);
    counts[bin] = counts[bin]! + 1;
  }
  return { startMs, widthMs, counts };
}
