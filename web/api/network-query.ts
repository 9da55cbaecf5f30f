import { queryOptions } from '@tanstack/react-query';
import type { ViewState } from '../app/view-state.ts';
import { call } from './call.ts';

/** The network that an address asks for. */
export function networkQuery(story: string, state: Pick<ViewState, 'kind' | 'tab'>) {
  const kind = state.kind === 'coordination' ? 'coordination' : 'reshare';
  const community = /^\d+$/.test(state.tab ?? '') ? Number(state.tab) : null;
  return queryOptions({
    queryKey: ['networks', story, kind, community],
    queryFn: ({ signal }) =>
      call('GET /api/stories/{story}/networks/{network}', {
        params: { story, network: kind },
        query: community === null ? {} : { community },
        signal,
      }),
  });
}
