import type { TimeRange } from '../app/view-state.ts';

const second = 1000;
const lengths = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((n) => n * second),
  ...[2, 3, 6, 12, 24, 48, 168].map((n) => n * 3600 * second),
];

/** A range widened to whole bins of a round length, with at most about `most` bins; the clock of the first bin is round too. */
export function niceBins(range: TimeRange, most: number): TimeRange & { bins: number; binMs: number } {
  const wanted = (range.to - range.from) / most;
  const binMs = lengths.find((one) => one >= wanted) ?? Math.ceil(wanted / (7 * 86_400 * second)) * 7 * 86_400 * second;
  const from = Math.floor(range.from / binMs) * binMs;
  const bins = Math.max(1, Math.ceil((range.to - from) / binMs));
  return { from, to: from + bins * binMs, bins, binMs };
}
