import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { storiesQuery } from '../api/queries.ts';
import { demoStory } from './tour-steps.ts';

const seen = 'spillover-tour-seen';

/** Where the tour is; it begins by itself once, on a case that holds the traced demo story. */
export function useTour() {
  const queries = useQueryClient();
  const stories = useQuery(storiesQuery);
  const step = useQuery<number | null>({
    queryKey: ['tour'],
    queryFn: () => null,
    enabled: false,
    initialData: null,
  }).data;
  const story = stories.data?.stories.find((one) => one.name === demoStory && one.traced) ? demoStory : null;
  const go = useCallback((to: number) => queries.setQueryData(['tour'], to), [queries]);
  const end = useCallback(() => {
    localStorage.setItem(seen, 'yes');
    queries.setQueryData(['tour'], null);
  }, [queries]);
  useEffect(() => {
    if (story && localStorage.getItem(seen) === null && location.pathname === '/') {
      localStorage.setItem(seen, 'yes');
      go(0);
    }
  }, [story, go]);
  return { story, step, go, end };
}
