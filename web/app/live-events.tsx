import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LiveEvents as Events, Job } from '../../src/server/api-types.ts';

const touched: Record<Events['change']['what'], string[][]> = {
  posts: [['posts'], ['session'], ['stories'], ['coverage'], ['problems'], ['uploads']],
  stories: [['stories'], ['session'], ['history']],
  results: [['results'], ['stories']],
  context: [['context'], ['coverage'], ['stories'], ['history']],
  timeline: [['timeline'], ['history']],
  report: [['report'], ['history']],
  uploads: [['uploads']],
  networks: [['networks']],
  collections: [['collections'], ['alerts']],
  alerts: [['alerts']],
};

/** Listens to the server: jobs go to the tray, changes make what shows them be fetched again, also in other tabs and after a restart of the server. */
export function LiveEvents() {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/events');
    let lost = false;
    source.addEventListener('job', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      queries.setQueryData<Job[]>(['live-jobs'], (old = []) =>
        [job, ...old.filter((one) => one.id !== job.id)].sort((a, b) => b.created.localeCompare(a.created)),
      );
    });
    source.addEventListener('change', (event) => {
      const { what } = JSON.parse((event as MessageEvent<string>).data) as Events['change'];
      for (const queryKey of touched[what] ?? []) void queries.invalidateQueries({ queryKey });
    });
    source.onerror = () => {
      lost = true;
      queries.setQueryData(['connection'], 'lost');
    };
    source.onopen = () => {
      queries.setQueryData(['connection'], 'open');
      if (!lost) return;
      lost = false;
      queries.setQueryData<Job[]>(['live-jobs'], []);
      void queries.invalidateQueries();
    };
    return () => source.close();
  }, [queries]);
  return null;
}
