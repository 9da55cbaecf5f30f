import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Alert, listAlerts } from '../../src/case/alerts.ts';
import { openCase } from '../../src/case/case.ts';
import { quietEffects } from '../../src/case/effects.ts';
import { planWatch } from '../../src/case/plan-watch.ts';
import { readWatchFile } from '../../src/case/read-watch-file.ts';
import { type WatchEffects, type WatchOptions, watch } from '../../src/case/watch.ts';
import type { Signal } from '../../src/case/watch-rules.ts';
import type { WatchState } from '../../src/case/watch-state.ts';

/** A directory for a watch file and its case, which goes when the test ends. */
export function watchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A signal of a rule, as an evaluation gives it. */
export const signal = (key: string, more: Partial<Signal> = {}): Signal => ({
  rule: 'takeoff',
  story: undefined,
  subject: key,
  key,
  at: '2027-03-10T11:00:00.000Z',
  headline: `headline of ${key}`,
  reasons: ['a reason'],
  posts: [],
  ...more,
});

export interface Watching {
  notes: string[];
  printed: string[];
  state: () => WatchState | null;
  stop: () => Promise<WatchState>;
  done: Promise<WatchState>;
}

/** Starts the watch of a file's text in a folder; without a text, of the file that is there. */
export async function startWatch(
  folder: string,
  yaml: string | null,
  options: WatchOptions & Partial<Pick<WatchEffects, 'evaluate' | 'world'>> = {},
): Promise<Watching> {
  const file = join(folder, 'watch.yaml');
  if (yaml !== null) writeFileSync(file, yaml);
  const { evaluate, world, environment = {}, ...rest } = options;
  const plan = planWatch(await readWatchFile(file), environment);
  const controller = new AbortController();
  const notes: string[] = [];
  const printed: string[] = [];
  let state: WatchState | null = null;
  const done = watch(
    plan,
    { ...rest, environment },
    {
      ...quietEffects,
      signal: controller.signal,
      onNote: (note) => notes.push(note),
      print: (text) => printed.push(text),
      onState: (now) => {
        state = now;
      },
      ...(evaluate === undefined ? {} : { evaluate }),
      ...(world === undefined ? {} : { world }),
    },
  );
  done.catch((error: Error) => notes.push(`ended: ${error.stack}`));
  return {
    notes,
    printed,
    done,
    state: () => state,
    stop: () => {
      controller.abort(new Error('the test ends it'));
      return done;
    },
  };
}

/** Alerts in the case of a folder, the oldest first. Only once the watch of this process has ended: DuckDB's lock does not keep one process from itself. */
export async function alertsIn(folder: string): Promise<Alert[]> {
  const spilloverCase = await openCase(join(folder, 'case'), { readOnly: true });
  try {
    return (await listAlerts(spilloverCase)).reverse();
  } finally {
    spilloverCase.close();
  }
}
