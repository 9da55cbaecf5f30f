import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { readViewState, type TimeRange, type ViewState } from './view-state.ts';

/** State of the view from the address, and a way to change it: a key set to null is removed. `replace` adds no step to the history. */
export function useViewState(): [
  ViewState,
  (change: { [K in keyof ViewState]?: string | null }, replace?: boolean) => void,
] {
  const state = useSearch({ strict: false }) as ViewState;
  const navigate = useNavigate();
  const change = useCallback(
    (next: { [K in keyof ViewState]?: string | null }, replace = false) => {
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => readViewState({ ...old, ...next }),
        replace,
        resetScroll: false,
      } as never);
    },
    [navigate],
  );
  return [state, change];
}

export const brushChange = (range: TimeRange | null) =>
  range === null
    ? { from: null, to: null }
    : { from: new Date(Math.round(range.from)).toISOString(), to: new Date(Math.round(range.to)).toISOString() };

export const spanChange = (range: TimeRange | null) => ({
  span: range === null ? null : `${Math.round(range.from)}_${Math.round(range.to)}`,
});
