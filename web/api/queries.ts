import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { TimeRange } from '../app/view-state.ts';
import { call } from './call.ts';

/** The reads of the workbench: keys begin with what a live change names, so that it can be fetched again. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('GET /api/session', { signal }),
});

export const storiesQuery = queryOptions({
  queryKey: ['stories'],
  queryFn: ({ signal }) => call('GET /api/stories', { signal }),
});

export const storyQuery = (story: string) =>
  queryOptions({
    queryKey: ['stories', story],
    queryFn: ({ signal }) => call('GET /api/stories/{story}', { params: { story }, signal }),
  });

export const traceQuery = (story: string) =>
  queryOptions({
    queryKey: ['results', story, 'trace'],
    queryFn: ({ signal }) => call('GET /api/stories/{story}/trace', { params: { story }, signal }),
    staleTime: Infinity,
  });

export const volumeQuery = (story: string, range: TimeRange | null, bins: number) =>
  queryOptions({
    queryKey: ['posts', 'volume', story, range?.from ?? null, range?.to ?? null, bins],
    queryFn: ({ signal }) =>
      call('GET /api/volume', {
        query: { story, bins, ...(range ? isoRange(range) : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

export const isoRange = (range: TimeRange) => ({
  from: new Date(Math.floor(range.from)).toISOString(),
  to: new Date(Math.ceil(range.to)).toISOString(),
});

export const statusQuery = queryOptions({
  queryKey: ['posts', 'status'],
  queryFn: ({ signal }) => call('GET /api/status', { signal }),
});

export const analysesQuery = queryOptions({
  queryKey: ['results', 'analyses'],
  queryFn: ({ signal }) => call('GET /api/analyses', { signal }),
});
