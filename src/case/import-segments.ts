import { UserError } from '../base/errors.ts';
import type { CollectionPlan } from '../collectors/collector.ts';
import { applyDeletions, writeCollectedCoverage } from '../store/collected.ts';
import { CaseInUseError } from '../store/open-case-database.ts';
import type { Case } from './case.ts';
import type { CollectionFolder, Segment } from './collection-folder.ts';
import type { Effects } from './effects.ts';
import { importFiles } from './import-files.ts';
import type { CaseLender } from './lend-case.ts';

export interface ImportedTotals {
  postsAdded: number;
  duplicates: number;
  problems: number;
  embedded: number;
  markedDeleted: number;
}

const segmentsAtOnce = 50;

/**
 * Brings closed segments of a collection into the case, one run at a time, beside the collecting. What cannot be imported now (the
 * case is in use, the disk is full) stays and is tried again with the next run.
 */
export class SegmentImport {
  readonly totals: ImportedTotals = { postsAdded: 0, duplicates: 0, problems: 0, embedded: 0, markedDeleted: 0 };
  readonly #folder: CollectionFolder;
  readonly #plan: CollectionPlan;
  readonly #lend: CaseLender;
  readonly #effects: Effects;
  readonly #forget: boolean;
  #running: Promise<void> | null = null;
  #lastTrouble = '';
  /** Why the last run did not end well. */
  trouble: unknown = null;

  constructor(folder: CollectionFolder, plan: CollectionPlan, lend: CaseLender, forget: boolean, effects: Effects) {
    this.#folder = folder;
    this.#plan = plan;
    this.#lend = lend;
    this.#forget = forget;
    const { signal: _, ...uninterrupted } = effects;
    this.#effects = uninterrupted;
  }

  /** Starts a run unless one is under way. Never rejects: see `trouble`. */
  start(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Waits for the run that is under way, then imports what is left. */
  async finish(): Promise<void> {
    await this.#running;
    await this.start();
  }

  async #run(): Promise<void> {
    const segments = this.#folder.waiting();
    const { spans, gaps } = this.#folder.coverage.state();
    try {
      await this.#lend(async (spilloverCase) => {
        for (let from = 0; from < segments.length; from += segmentsAtOnce)
          await this.#import(spilloverCase, segments.slice(from, from + segmentsAtOnce));
        const { platform, scope, covers } = this.#plan;
        await writeCollectedCoverage(
          spilloverCase.database,
          { collection: this.#folder.name, platform, scope, covers, spans, gaps },
          this.#folder.directory,
        );
      });
      this.trouble = null;
      this.#lastTrouble = '';
    } catch (error) {
      this.trouble = error;
      const message = error instanceof Error ? error.message : String(error);
      if (message === this.#lastTrouble) return;
      this.#lastTrouble = message;
      const advice =
        error instanceof CaseInUseError
          ? 'the records wait on disk'
          : 'the records are safe on disk; trying again later';
      this.#effects.onNote(`not imported yet: ${message} (${advice})`);
    }
  }

  async #import(spilloverCase: Case, segments: readonly Segment[]): Promise<void> {
    const { format, platform } = this.#plan;
    const files = segments.flatMap(({ records }) => (records === null ? [] : [records]));
    if (files.length > 0) {
      const report = await importFiles(spilloverCase, files, { format, platform, groupTexts: false }, this.#effects);
      const [failed] = report.failed;
      if (failed) throw new UserError(failed.error, failed.hint ?? undefined);
      this.totals.postsAdded += report.totals.postsAdded;
      this.totals.duplicates += report.totals.duplicates;
      this.totals.problems += report.totals.problems;
      this.totals.embedded += report.totals.embedded;
    }
    for (const segment of segments) {
      const { deletions } = segment;
      this.totals.markedDeleted += await applyDeletions(spilloverCase.database, platform, deletions, this.#forget);
      this.#folder.markImported(segment, this.#forget);
    }
  }
}
