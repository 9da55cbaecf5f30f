import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './durable-file.ts';
import { runningProcess } from './running-lock.ts';
import type { SourceState } from './watched-source.ts';

/** How a watch stands; kept beside the database, so that it can be read while the case is in use. Times are ISO, UTC. */
export interface WatchState {
  file: string;
  version: string;
  started: string;
  stopped: string | null;
  lastCheck: { at: string; seconds: number; signals: number; newAlerts: number } | null;
  nextCheck: string | null;
  sources: SourceState[];
  stories: { name: string; posts: number; traced: string | null }[];
  outputs: {
    name: string;
    target: string;
    delivered: number;
    lastDelivered: string | null;
    held: number;
    trouble: string | null;
  }[];
  /** What was noted last, the newest last. */
  notes: { at: string; text: string }[];
}

export const watchLock = (caseDirectory: string): string => join(caseDirectory, 'watch-running.json');
const stateFile = (caseDirectory: string) => join(caseDirectory, 'watch.json');

export function writeWatchState(caseDirectory: string, state: WatchState): void {
  replaceFile(stateFile(caseDirectory), `${JSON.stringify(state, null, 1)}\n`);
}

/** The last state of the case's watch and the process that runs it; null where the case was never watched. */
export function readWatchState(
  caseDirectory: string,
): { state: WatchState; running: { pid: number; host: string } | null } | null {
  const path = stateFile(caseDirectory);
  if (!existsSync(path)) return null;
  return {
    state: JSON.parse(readFileSync(path, 'utf8')) as WatchState,
    running: runningProcess(watchLock(caseDirectory)),
  };
}
