import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

/** Counts of a query while it is typed, or where its mistake is. */
export function useQueryCheck(query: string, from: string, to: string) {
  const [settled] = useDebouncedValue(JSON.stringify([query, from, to]), 220);
  const [text, begin, end] = JSON.parse(settled) as [string, string, string];
  return useQuery({
    queryKey: ['posts', 'check', text, begin, end],
    queryFn: ({ signal }) =>
      call('POST /api/query', {
        body: { query: text, from: asMoment(begin), to: asMoment(end) },
        signal,
      }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });
}

/** A time field as the API takes it. */
export const asMoment = (time: string) => (time === '' ? null : time);
export const asField = (time: string | null) => time ?? '';
