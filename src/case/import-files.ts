import { UserError } from '../base/errors.ts';
import type { Importer } from '../importers/importer.ts';
import { importers } from '../importers/registry.ts';
import type { Case } from './case.ts';
import { clusterIfSmall } from './cluster-texts.ts';
import type { Effects } from './effects.ts';
import { filesBelow } from './files-below.ts';
import { importBatch } from './import-batch.ts';
import { checkZone, type GivenContext } from './import-context.ts';
import type { ImportedSource, ImportReport } from './import-report.ts';
import { KnownSources } from './known-sources.ts';
import { passedOver } from './passed-over.ts';
import {
  fits,
  makeReady,
  NotRecognisedError,
  type ReadyFile,
  type RecognisedFile,
  recogniseFile,
} from './ready-file.ts';

export interface ImportOptions extends GivenContext {
  /** Importer id; without it each file is recognised by its content. */
  format?: string;
  /** An importer made from a column map, used for every file. */
  mapped?: Importer;
  /** false leaves near-duplicate texts ungrouped: who imports every few seconds groups them later. */
  groupTexts?: boolean;
}

/**
 * Imports files and folders; each file is one source, which is in the case whole or not at all. Small files of one kind that
 * follow each other are written in one transaction. A file that cannot be read or recognised is reported in `failed` and does
 * not stop the others; one that holds no posts by its nature, beside others in a folder, is in `passedOver`.
 */
export async function importFiles(
  spilloverCase: Case,
  paths: readonly string[],
  options: ImportOptions,
  effects: Effects,
): Promise<ImportReport> {
  checkZone(options.zone);
  const run = new ImportRun(spilloverCase, options, effects, await KnownSources.load(spilloverCase.database));
  try {
    for (const path of paths) {
      for (const file of filesBelow(path, run.failed)) await run.take(file, file !== path);
    }
    await run.flush();
  } finally {
    run.discard();
  }
  const { failed, sources, passedOver } = run;
  const totals = { recordsRead: 0, postsAdded: 0, duplicates: 0, problems: 0, embedded: 0 };
  for (const source of sources)
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += source[key];
  if (sources.length > 0 && options.groupTexts !== false) await groupTexts(spilloverCase, effects);
  return { sources, failed, passedOver, totals };
}

/** What was imported is told even where its texts cannot be grouped, as on a disk that has become full. */
async function groupTexts(spilloverCase: Case, effects: Effects): Promise<void> {
  try {
    await clusterIfSmall(spilloverCase, effects);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    effects.onNote(`Near-duplicate texts are not grouped: ${error.message} (later: spillover cluster)`);
  }
}

/** Takes files one after the other and writes those that belong together at once. */
class ImportRun {
  readonly failed: ImportReport['failed'] = [];
  readonly passedOver: ImportReport['passedOver'] = [];
  readonly #case: Case;
  readonly #options: ImportOptions;
  readonly #effects: Effects;
  readonly #known: KnownSources;
  readonly #named: Importer | null;
  /** What became of the files in the order in which they were taken, wherever they were written. */
  readonly #reports: (ImportedSource | null)[] = [];
  #batch: { ready: ReadyFile; place: number }[] = [];

  constructor(spilloverCase: Case, options: ImportOptions, effects: Effects, known: KnownSources) {
    this.#case = spilloverCase;
    this.#options = options;
    this.#effects = effects;
    this.#known = known;
    this.#named = options.mapped ?? importerNamed(options.format);
  }

  get sources(): ImportedSource[] {
    return this.#reports.filter((report) => report !== null);
  }

  async take(file: string, inFolder: boolean): Promise<void> {
    this.#effects.signal?.throwIfAborted();
    const began = this.#effects.now();
    let ready: ReadyFile;
    try {
      const recognised = await recogniseFile(file, this.#named, this.#options, this.#options.mapped !== undefined);
      if (await this.#reportKnown(recognised, began)) return;
      ready = await makeReady(recognised, this.#case.temporary, this.#effects);
    } catch (error) {
      const reason = error instanceof NotRecognisedError ? passedOver(file, error.head, inFolder) : null;
      if (reason !== null) this.passedOver.push({ file, ...reason });
      else this.#fail(file, error);
      return;
    }
    const waiting = this.#batch.map((one) => one.ready);
    if (!fits(waiting, ready)) await this.flush();
    if (waiting.some(({ source }) => source.sha256 === ready.source.sha256) && (await this.#reportKnown(ready, began)))
      return ready.remove();
    this.#batch.push({ ready, place: this.#reports.push(null) - 1 });
  }

  /** Writes what waits. Where several files fail together, they are tried one by one, so that one of them costs no other. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    try {
      if (batch.length > 1) {
        try {
          return await this.#write(batch);
        } catch (error) {
          this.#effects.signal?.throwIfAborted();
          const reason = error instanceof Error ? error.message : String(error);
          this.#effects.onNote(
            `${batch.length} files could not be written together and are tried one by one: ${reason}`,
          );
        }
      }
      for (const one of batch) await this.#write([one]).catch((error) => this.#fail(one.ready.file, error));
    } finally {
      for (const { ready } of batch) ready.remove();
    }
  }

  /** Deletes what was made ready and will not be written. */
  discard(): void {
    for (const { ready } of this.#batch) ready.remove();
  }

  async #write(batch: readonly { ready: ReadyFile; place: number }[]): Promise<void> {
    const counts = await importBatch(
      this.#case,
      batch.map(({ ready }) => ready),
      this.#effects,
    );
    const ended = this.#effects.now().getTime();
    for (const [index, { ready, place }] of batch.entries()) {
      const { file, importer, started } = ready;
      const seconds = (ended - started.getTime()) / 1000;
      this.#reports[place] = { file, format: importer.id, ...counts[index]!, alreadyImported: false, seconds };
      const time = `${started.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      this.#known.add(identityOf(ready), ready.source.sha256, time);
    }
  }

  async #reportKnown(recognised: RecognisedFile, began: Date): Promise<boolean> {
    const { file, importer } = recognised;
    const known = await this.#known.imported(file, identityOf(recognised));
    if (known === null) return false;
    this.#reports.push({
      file,
      format: importer.id,
      recordsRead: 0,
      postsAdded: 0,
      duplicates: 0,
      problems: 0,
      notPosts: 0,
      embedded: 0,
      notes: [`The case already holds this file (imported ${known} as ${importer.id}): nothing was read again.`],
      alreadyImported: true,
      seconds: (this.#effects.now().getTime() - began.getTime()) / 1000,
    });
    return true;
  }

  /** A fault that the user can mend costs this file only; a bug ends the import. */
  #fail(file: string, error: unknown): void {
    this.#effects.signal?.throwIfAborted();
    if (!(error instanceof UserError))
      throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    this.failed.push({ file, error: error.message, hint: error.hint ?? null });
  }
}

const identityOf = ({ head, importer, optionText }: RecognisedFile) => ({
  bytes: head.bytes,
  format: importer.id,
  options: optionText,
});

function importerNamed(format: string | undefined): Importer | null {
  if (format === undefined) return null;
  const found = importers.find((importer) => importer.id === format);
  if (!found) throw new UserError(`There is no format "${format}".`, 'spillover formats lists them.');
  return found;
}
