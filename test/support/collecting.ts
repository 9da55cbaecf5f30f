import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { type Case, openCase } from '../../src/case/case.ts';
import {
  type CollectEffects,
  type CollectOptions,
  type CollectReport,
  collect,
  collectLending,
} from '../../src/case/collect.ts';
import { quietEffects } from '../../src/case/effects.ts';
import type { World } from '../../src/collectors/world.ts';

export interface Collecting {
  notes: string[];
  /** How many gaps were recorded so far. */
  gaps: () => number;
  /** Ends the collection and gives its report. */
  stop: () => Promise<CollectReport>;
  done: Promise<CollectReport>;
}

/** A new case in a directory that goes when the test ends. */
export async function emptyCase(): Promise<Case> {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-collect-'));
  const spilloverCase = await openCase(directory, { threads: 2 });
  onTestFinished(() => {
    spilloverCase.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return spilloverCase;
}

/** Starts a collection that the test stops. */
export function startCollecting(
  spilloverCase: Case,
  collector: string,
  world: World,
  options: CollectOptions,
): Collecting {
  return run((given, effects) => collect(spilloverCase, collector, given, effects), world, options);
}

/** The same while the case is held by somebody else: records, coverage and gaps stay in files, and no database is opened. */
export function startBesideHeldCase(
  directory: string,
  collector: string,
  world: World,
  options: CollectOptions,
): Collecting {
  const lend = () => Promise.reject(new UserError('The case is held by the test.'));
  return run((given, effects) => collectLending(directory, lend, collector, given, effects), world, options);
}

/** Everything that the collections below a directory have written to segments. */
export function segmentText(directory: string): string {
  return readdirSync(join(directory, 'collected'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('segments/'))
    .map((file) => readFileSync(join(directory, 'collected', file), 'utf8'))
    .join('\n');
}

function run(
  begin: (options: CollectOptions, effects: CollectEffects) => Promise<CollectReport>,
  world: World,
  options: CollectOptions,
): Collecting {
  const controller = new AbortController();
  const notes: string[] = [];
  let gaps = 0;
  const done = begin(
    { environment: {}, importEveryMs: 3_600_000, ...options },
    {
      ...quietEffects,
      world,
      signal: controller.signal,
      onNote: (note) => notes.push(note),
      onCollected: (progress) => (gaps = progress.gaps),
    },
  );
  done.catch(() => undefined);
  return {
    notes,
    gaps: () => gaps,
    done,
    stop: () => {
      controller.abort(new Error('the test ends it'));
      return done;
    },
  };
}

/** Waits until `check` holds, looking every few milliseconds. */
export async function until(check: () => boolean | Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  for (const began = Date.now(); Date.now() - began < timeoutMs; ) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`gave up waiting for ${what}`);
}

/** Ids of the posts of a case, sorted. */
export async function postIds(spilloverCase: Case): Promise<string[]> {
  const rows = await spilloverCase.database.rows<{ id: string }>(
    'select post_id as id from post where not embedded order by 1',
  );
  return rows.map((row) => row.id);
}
