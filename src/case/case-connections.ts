import { StoppedError } from '../base/errors.ts';
import type { Case } from './case.ts';

/**
 * Several connections to one open case. Long work writes through the case's own connection; readers each have temporary tables of
 * their own, so that requests which select different stories never meet; small edits go through one more connection, in order.
 */
export class CaseConnections {
  readonly #idle: Case[];
  readonly #waiting: ((reader: Case) => void)[] = [];
  readonly #editor: Case;
  readonly #all: readonly Case[];
  #lastEdit: Promise<unknown> = Promise.resolve();

  private constructor(readers: Case[], editor: Case) {
    this.#idle = [...readers];
    this.#editor = editor;
    this.#all = [...readers, editor];
  }

  static async open(spilloverCase: Case, readers = 4): Promise<CaseConnections> {
    const connect = async (): Promise<Case> => ({ ...spilloverCase, database: await spilloverCase.database.connect() });
    const opened = await Promise.all(Array.from({ length: readers }, connect));
    return new CaseConnections(opened, await connect());
  }

  /** Runs `work` with a reader that nobody else uses meanwhile; an aborted signal stops its statement. */
  async read<T>(work: (reader: Case) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const reader = this.#idle.pop() ?? (await new Promise<Case>((resolve) => this.#waiting.push(resolve)));
    const stop = () => reader.database.interrupt();
    try {
      if (signal?.aborted) throw new StoppedError();
      signal?.addEventListener('abort', stop, { once: true });
      return await work(reader);
    } catch (error) {
      if (signal?.aborted) throw new StoppedError();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      const next = this.#waiting.shift();
      if (next) next(reader);
      else this.#idle.push(reader);
    }
  }

  /** Runs `work` after all edits asked for earlier. */
  edit<T>(work: (editor: Case) => Promise<T>): Promise<T> {
    const run = this.#lastEdit.then(() => work(this.#editor));
    this.#lastEdit = run.catch(() => undefined);
    return run;
  }

  /** Waits for edits and closes the connections; the case itself stays open. */
  async close(): Promise<void> {
    await this.#lastEdit;
    for (const one of this.#all) one.database.close();
  }
}
