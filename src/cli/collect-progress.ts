import colors from 'picocolors';
import type { CollectProgress } from '../case/collect.ts';
import { safe } from './terminal.ts';

const plainEveryMs = 30_000;

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

/** Shows progress on stderr: one line that is rewritten on a terminal, else a line every half minute. */
export function progressDisplay(): { show: (progress: CollectProgress) => void; clear: () => void } {
  let last = 0;
  const clear = () => {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  };
  return {
    clear,
    show: (progress) => {
      if (process.stderr.isTTY) {
        process.stderr.write(
          `\r\u001b[2K${colors.dim(safe(collectLine(progress)).slice(0, (process.stderr.columns ?? 120) - 1))}`,
        );
      } else if (Date.now() - last >= plainEveryMs) {
        last = Date.now();
        process.stderr.write(`${new Date().toISOString()} ${safe(collectLine(progress))}\n`);
      }
    },
  };
}
