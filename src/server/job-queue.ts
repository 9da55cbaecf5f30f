import { randomBytes } from 'node:crypto';
import { StoppedError, UserError } from '../base/errors.ts';
import type { Effects, Progress } from '../case/effects.ts';
import type { Job } from './api-types.ts';

type Work = (effects: Effects, job: string) => Promise<Record<string, unknown> | null>;

interface Entry {
  job: Job;
  work: Work;
  controller: AbortController;
}

export interface JobOutside {
  onChange: (job: Job) => void;
  /** Called with what is no fault of the user. */
  onBug: (error: unknown) => void;
  /** Stops what the database does for the running job. */
  interrupt: () => void;
  now: () => Date;
}

const keptJobs = 200;
const leastMsBetweenReports = 150;

/** Runs long work one after the other. Jobs live as long as the server, whoever watches; what they wrote stays in the case. */
export class JobQueue {
  readonly #entries: Entry[] = [];
  readonly #outside: JobOutside;
  #running: Promise<void> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(outside: JobOutside) {
    this.#outside = outside;
  }

  /** Newest first. */
  list(): Job[] {
    return this.#entries.map(({ job }) => ({ ...job })).reverse();
  }

  find(id: string): Job | null {
    const entry = this.#entries.find(({ job }) => job.id === id);
    return entry ? { ...entry.job } : null;
  }

  start(kind: Job['kind'], title: string, story: string | null, work: Work): Job {
    const job: Job = {
      id: randomBytes(12).toString('hex'),
      kind,
      title,
      story,
      state: 'waiting',
      created: this.#time(),
      started: null,
      finished: null,
      progress: null,
      notes: [],
      error: null,
      result: null,
    };
    const entry = { job, work, controller: new AbortController() };
    this.#entries.push(entry);
    this.#forgetOld();
    this.#outside.onChange({ ...job });
    this.#running ??= this.#runAll();
    return { ...job };
  }

  /** Stops a job that waits or runs; a finished one stays as it is. */
  cancel(id: string): Job | null {
    const entry = this.#entries.find(({ job }) => job.id === id);
    if (!entry) return null;
    const { job, controller } = entry;
    if (job.state === 'waiting') this.#finish(entry, 'cancelled');
    else if (job.state === 'running' && !controller.signal.aborted) {
      controller.abort(new StoppedError());
      this.#outside.interrupt();
    }
    return { ...job };
  }

  /** Runs `work` when no job runs, and no job while it runs: for writing that is no job of its own, such as what a collection brings. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** Resolves when nothing waits and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Cancels everything and waits for the end of what runs. */
  async stop(): Promise<void> {
    for (const { job } of this.#entries) this.cancel(job.id);
    await this.idle();
  }

  async #runAll(): Promise<void> {
    for (;;) {
      const entry = this.#entries.find(({ job }) => job.state === 'waiting');
      if (!entry) break;
      await this.inTurn(() => this.#run(entry));
    }
    this.#running = null;
  }

  async #run(entry: Entry): Promise<void> {
    const { job, work, controller } = entry;
    if (job.state !== 'waiting') return;
    job.state = 'running';
    job.started = this.#time();
    this.#outside.onChange({ ...job });
    try {
      const result = await work(this.#effects(entry), job.id);
      job.result = result;
      this.#finish(entry, 'done');
    } catch (error) {
      if (controller.signal.aborted) this.#finish(entry, 'cancelled');
      else this.#fail(entry, error);
    }
  }

  #fail(entry: Entry, error: unknown): void {
    if (error instanceof UserError) {
      entry.job.error = { code: 'user', message: error.message, hint: error.hint ?? null };
    } else {
      this.#outside.onBug(error);
      entry.job.error = {
        code: 'bug',
        message: `This is a bug in Spillover: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'The terminal where the server runs shows where it happened.',
      };
    }
    this.#finish(entry, 'failed');
  }

  #finish(entry: Entry, state: 'done' | 'failed' | 'cancelled'): void {
    entry.job.state = state;
    entry.job.finished = this.#time();
    this.#outside.onChange({ ...entry.job });
  }

  #effects({ job, controller }: Entry): Effects {
    let reported = 0;
    return {
      now: this.#outside.now,
      signal: controller.signal,
      onNote: (note) => {
        job.notes = [...job.notes, note].slice(-100);
        this.#outside.onChange({ ...job });
      },
      onProgress: (progress: Progress) => {
        controller.signal.throwIfAborted();
        const isNewStep = progress.step !== job.progress?.step;
        job.progress = progress;
        const now = this.#outside.now().getTime();
        if (!isNewStep && now - reported < leastMsBetweenReports) return;
        reported = now;
        this.#outside.onChange({ ...job });
      },
    };
  }

  #forgetOld(): void {
    while (this.#entries.length > keptJobs) {
      const old = this.#entries.findIndex(({ job }) => job.finished !== null);
      if (old < 0) return;
      this.#entries.splice(old, 1);
    }
  }

  #time(): string {
    return this.#outside.now().toISOString();
  }
}
