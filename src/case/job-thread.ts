import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoppedError, UserError } from '../base/errors.ts';
import { ServedDatabase } from '../store/served-database.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import type { FromThread, ThreadOutcome, ThreadWork, ToThread } from './thread-work.ts';

/**
 * Does long work on a case in a thread of its own, one after the other. The thread lives on for the next work; stopping the work ends it, and
 * what it left behind is undone: its open transaction, its short-lived files.
 */
export class JobThread {
  readonly #case: Case;
  #worker: Worker | null = null;

  constructor(spilloverCase: Case) {
    this.#case = spilloverCase;
  }

  /** `beside` are other open cases that the work reads, by name. @throws StoppedError when `effects.signal` stops it, and whatever the work throws. */
  async run<Work extends ThreadWork>(
    work: Work,
    effects: Effects,
    beside: ReadonlyMap<string, Case> = new Map(),
  ): Promise<ThreadOutcome<Work['kind']>> {
    effects.signal?.throwIfAborted();
    this.#worker ??= this.#start();
    const served = [this.#case, ...beside.values()].map(({ database }) => new ServedDatabase(database));
    const { readOnly } = this.#case;
    const temporary = readOnly ? this.#case.temporary : mkdtempSync(join(this.#case.temporary, 'import-work-'));
    const told: ToThread = {
      say: 'work',
      work,
      case: { directory: this.#case.directory, readOnly, temporary },
      beside: [...beside].map(([name, { directory, readOnly, temporary }]) => ({
        name,
        directory,
        readOnly,
        temporary,
      })),
    };
    try {
      return (await this.#talk(this.#worker, told, served, effects)) as ThreadOutcome<Work['kind']>;
    } catch (error) {
      if (error instanceof WorkError) throw error.cause;
      await this.close();
      for (const one of served) await one.abandon();
      throw error;
    } finally {
      if (!readOnly) rmSync(temporary, { recursive: true, force: true });
    }
  }

  #talk(worker: Worker, work: ToThread, served: readonly ServedDatabase[], effects: Effects) {
    const tell = (message: ToThread) => worker.postMessage(message);
    return new Promise<ThreadOutcome<ThreadWork['kind']>>((resolve, reject) => {
      const end = (settle: () => void) => {
        worker.off('error', onError);
        worker.off('exit', onExit);
        worker.off('message', onMessage);
        effects.signal?.removeEventListener('abort', onAbort);
        worker.unref();
        settle();
      };
      const onError = (error: unknown) => end(() => reject(error));
      const onExit = (code: number) => onError(new Error(`the thread of the job ended with code ${code}`));
      const onAbort = () => onError(new StoppedError());
      const onMessage = (message: FromThread) => {
        switch (message.say) {
          case 'call':
            void served[message.place]!.answer(message.of).then((answer) =>
              tell({ say: 'answer', call: message.call, answer }),
            );
            return;
          case 'progress':
            if (!effects.signal?.aborted) effects.onProgress(message.progress);
            return;
          case 'note':
            effects.onNote(message.note);
            return;
          case 'done':
            end(() => resolve(message.outcome));
            return;
          case 'failed':
            onError(new WorkError(errorOf(message)));
        }
      };
      worker.ref();
      worker.on('error', onError);
      worker.on('exit', onExit);
      worker.on('message', onMessage);
      effects.signal?.addEventListener('abort', onAbort, { once: true });
      tell(work);
    });
  }

  #start(): Worker {
    const worker = startWorker();
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    return worker;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** The work failed by itself: the thread is as good as before. */
class WorkError extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

function errorOf({ isUserError, message, hint, stack }: FromThread & { say: 'failed' }): Error {
  if (isUserError) return new UserError(message, hint);
  return Object.assign(new Error(message), stack === undefined ? {} : { stack });
}

const isSource = import.meta.url.endsWith('.ts');
const entry = new URL(isSource ? './job-worker.ts' : './job-worker.js', import.meta.url);
const builtAt = statSync(entry, { throwIfNoEntry: false })?.mtimeMs;

/** @throws UserError where Spillover was built anew since this process started: the two halves might not understand each other. */
function startWorker(): Worker {
  if (!isSource && statSync(entry, { throwIfNoEntry: false })?.mtimeMs !== builtAt)
    throw new UserError(
      'Spillover was updated while it ran.',
      'Start it again (Ctrl-C, then spillover serve); the case keeps all that is done.',
    );
  return isSource
    ? new Worker(
        `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(entry.href)}, ${JSON.stringify(entry.href)}))`,
        { eval: true },
      )
    : new Worker(entry);
}
