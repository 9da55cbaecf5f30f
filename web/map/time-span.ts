import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import type { TimeRange } from '../app/view-state.ts';

/** The whole of a story with a small margin. */
export function wholeSpan(result: Pick<TraceResult, 'window'>): TimeRange {
  const from = Date.parse(result.window.from);
  const to = Math.max(from + 1, Date.parse(result.window.to));
  const margin = Math.max(1, (to - from) * 0.02);
  return { from: from - margin, to: to + margin };
}

/** From shortly before the story was first seen until shortly after its last stage; the whole where there are too few stages. */
export function openingSpan(result: Pick<TraceResult, 'window' | 'stages'>): TimeRange {
  const times = result.stages.filter((stage) => stage.id !== 'foreshadow').map((stage) => Date.parse(stage.time));
  if (times.length < 2) return wholeSpan(result);
  const from = Math.min(...times);
  const to = Math.max(...times);
  if (to - from < 1) return wholeSpan(result);
  return { from: from - (to - from) * 0.09, to: to + (to - from) * 0.12 };
}

/** Zooms by a factor around a time and keeps at least 20 ms and at most 60 years. */
export function zoomSpan(span: TimeRange, factor: number, around: number): TimeRange {
  const length = Math.min(60 * 31_557_600_000, Math.max(20, (span.to - span.from) * factor));
  const share = (around - span.from) / (span.to - span.from);
  const from = around - length * share;
  return { from, to: from + length };
}

export const panSpan = (span: TimeRange, share: number): TimeRange => {
  const by = (span.to - span.from) * share;
  return { from: span.from + by, to: span.to + by };
};
