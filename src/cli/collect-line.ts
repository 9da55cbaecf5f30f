import type { CollectProgress } from '../case/collect.ts';

const count = (value: number) => Math.round(value).toLocaleString('en');

/** One line on how a collection goes. */
export function collectLine(progress: CollectProgress): string {
  const { records, recordsPerSecond, lagSeconds, gaps, deletions, imported, waitingSegments } = progress;
  return [
    progress.collection,
    `${count(records)} records`,
    `${recordsPerSecond < 10 ? recordsPerSecond.toFixed(1) : count(recordsPerSecond)}/s`,
    lagSeconds === null ? 'nothing complete yet' : `complete to ${count(lagSeconds)} s ago`,
    `${count(gaps)} gaps`,
    ...(deletions > 0 ? [`${count(deletions)} deletions`] : []),
    `${count(imported.postsAdded)} posts in the case`,
    ...(waitingSegments > 1 ? [`${waitingSegments} segments wait`] : []),
  ].join(' · ');
}
