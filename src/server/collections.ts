import { StoppedError, UserError } from '../base/errors.ts';
import type { Case } from '../case/case.ts';
import { type CollectEffects, type CollectOptions, type CollectProgress, collectLending } from '../case/collect.ts';
import type { JobQueue } from './job-queue.ts';

export interface RunningCollection {
  collector: string;
  name: string | null;
  started: string;
  stopping: boolean;
  progress: CollectProgress | null;
  notes: string[];
}

interface Entry extends RunningCollection {
  controller: AbortController;
  ended: Promise<void>;
}

export interface CollectionsOutside {
  jobs: JobQueue;
  /** A collection began, moved on or ended; `imported` where posts came into the case. */
  onChange: (imported: boolean) => void;
  onBug: (error: unknown) => void;
  now: () => Date;
  /** Tests bring their own. */
  world?: NonNullable<CollectEffects['world']>;
  importEveryMs?: number;
}

const leastMsBetweenReports = 2_000;

/** Collections that run in the server beside its jobs, until they are stopped or the server is; they go on where they ended. */
export class Collections {
  readonly #case: Case;
  readonly #outside: CollectionsOutside;
  readonly #entries = new Set<Entry>();
  /** Why a collection ended, by name, until it is started again. */
  readonly #last = new Map<string, { error: { message: string; hint: string | null } | null; notes: string[] }>();

  constructor(spilloverCase: Case, outside: CollectionsOutside) {
    this.#case = spilloverCase;
    this.#outside = outside;
  }

  list(): RunningCollection[] {
    return [...this.#entries].map(({ controller: _, ended: __, ...one }) => ({ ...one }));
  }

  outcome(name: string) {
    return this.#last.get(name) ?? null;
  }

  /** Starts or continues a collection. Resolves once it runs. @throws UserError for options that do not fit and missing secrets. */
  async start(collector: string, options: Omit<CollectOptions, 'importEveryMs' | 'baseUrl'>): Promise<void> {
    const { jobs, now, world, importEveryMs } = this.#outside;
    const entry: Entry = {
      collector,
      name: options.name ?? null,
      started: now().toISOString(),
      stopping: false,
      progress: null,
      notes: [],
      controller: new AbortController(),
      ended: Promise.resolve(),
    };
    let reported = 0;
    let imported = 0;
    const begun = new Promise<void>((resolve, reject) => {
      const run = collectLending(
        this.#case.directory,
        (work) => jobs.inTurn(() => work(this.#case)),
        collector,
        { ...options, ...(importEveryMs === undefined ? {} : { importEveryMs }) },
        {
          now,
          ...(world === undefined ? {} : { world }),
          signal: entry.controller.signal,
          onProgress: () => {},
          onNote: (note) => {
            entry.notes = [...entry.notes, note].slice(-20);
          },
          onCollected: (progress) => {
            entry.progress = progress;
            entry.name = progress.collection;
            resolve();
            const came = progress.imported.postsAdded + progress.imported.duplicates;
            const time = now().getTime();
            if (came === imported && time - reported < leastMsBetweenReports) return;
            reported = time;
            this.#outside.onChange(came !== imported);
            imported = came;
          },
        },
      );
      entry.ended = run.then(
        (report) => {
          this.#end(entry, report.collection, null);
          resolve();
        },
        (error: unknown) => {
          this.#end(entry, entry.name, error);
          reject(error);
        },
      );
    });
    this.#entries.add(entry);
    await begun;
    this.#outside.onChange(false);
  }

  /** Ends a collection in good order: what came is imported. @throws UserError where none of the name runs here. */
  async stop(name: string): Promise<void> {
    const entry = [...this.#entries].find((one) => one.name === name);
    if (!entry) throw new UserError(`The collection "${name}" does not run here.`);
    entry.stopping = true;
    this.#outside.onChange(false);
    entry.controller.abort(new StoppedError());
    await entry.ended;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    const entries = [...this.#entries];
    for (const { controller } of entries) controller.abort(new StoppedError());
    await Promise.all(entries.map(({ ended }) => ended));
  }

  #end(entry: Entry, name: string | null, error: unknown): void {
    this.#entries.delete(entry);
    const isUsers = error instanceof UserError;
    if (error !== null && !isUsers) this.#outside.onBug(error);
    if (name !== null)
      this.#last.set(name, {
        notes: entry.notes,
        error:
          error === null
            ? null
            : {
                message: error instanceof Error ? error.message : String(error),
                hint: isUsers ? (error.hint ?? null) : null,
              },
      });
    this.#outside.onChange(true);
  }
}
