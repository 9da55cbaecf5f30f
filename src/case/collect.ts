import { backoffMs } from '../base/backoff.ts';
import { SourceError, UserError } from '../base/errors.ts';
import type { Batch, CollectionPlan, Collector } from '../collectors/collector.ts';
import { readCollectorOptions } from '../collectors/read-collector-options.ts';
import { collectors } from '../collectors/registry.ts';
import { realWorld, type World } from '../collectors/world.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { CollectionFolder } from './collection-folder.ts';
import { readCredentials } from './credentials.ts';
import type { Effects } from './effects.ts';
import { type ImportedTotals, SegmentImport } from './import-segments.ts';
import { type CaseLender, lendCase } from './lend-case.ts';

export interface CollectOptions {
  /** The collector's own options by name; lists as arrays. */
  options: Readonly<Record<string, unknown>>;
  /** How messages name an option. */
  called?: (name: string) => string;
  /** Name of the collection; without it one is made from the options. */
  name?: string;
  /** Address of another server than the real one. */
  baseUrl?: string;
  /** JSON file with mode 600 that holds secrets; the environment goes before it. */
  credentialsFile?: string;
  /** Mail or web address of who collects, for the user agent. */
  contact?: string;
  environment?: Readonly<Record<string, string | undefined>>;
  /** Ends the collection after so many milliseconds, or with the batch or look that reaches so many records. */
  forMs?: number;
  max?: number;
  /** What its source deletes is forgotten: text, links and raw records. */
  respectDeletions?: boolean;
  /** How often records go from segments into the case (default 30 s). */
  importEveryMs?: number;
  /** How often records are made to last on the disk (default 1 s). */
  checkpointMs?: number;
}

export interface CollectProgress {
  collection: string;
  records: number;
  deletions: number;
  passedOver: number;
  recordsPerSecond: number;
  /** Seconds between now and the time to which everything was received; null before that is known. */
  lagSeconds: number | null;
  gaps: number;
  imported: ImportedTotals;
  waitingSegments: number;
}

export interface CollectEffects extends Effects {
  world?: World;
  onCollected?: (progress: CollectProgress) => void;
}

export interface CollectReport extends CollectProgress {
  directory: string;
  platform: string;
  scope: string;
  ended: 'stopped' | 'finished' | 'time is up' | 'maximum reached';
  coverage: { from: string; to: string; posts: number }[];
  gapList: { from: string; to: string; cause: string; missed: number | null; flag: string }[];
}

const segmentBytes = 64 * 1024 * 1024;
const restart = { baseMs: 2_000, capMs: 300_000 };
/** A cursor longer than this is written every ten seconds only. */
const longCursor = 65_536;

/**
 * Runs one collector until the signal is aborted, the time is up, or it has all it was asked for. Records are on disk before
 * anything else happens to them and are imported in batches meanwhile; the next run of the same name goes on where this one ended.
 * @throws UserError for options that do not fit, missing credentials, a full or read-only disk.
 */
export function collect(
  spilloverCase: Case,
  collectorId: string,
  options: CollectOptions,
  effects: CollectEffects,
): Promise<CollectReport> {
  if (spilloverCase.readOnly) {
    throw new UserError(
      `The case ${spilloverCase.directory} is open for reading only.`,
      'Collecting writes: open the case for writing.',
    );
  }
  return collectLending(spilloverCase.directory, (work) => work(spilloverCase), collectorId, options, effects);
}

/** The same, opening the case for each import only, so that other commands can use it while the collection runs for weeks. */
export async function collectBesideOthers(
  directory: string,
  collectorId: string,
  options: CollectOptions,
  effects: CollectEffects,
): Promise<CollectReport> {
  const lend = lendCase(directory, `spillover collect ${collectorId}`);
  return collectLending(directory, lend, collectorId, options, effects);
}

/** The same, for several collections of one process that borrow the case from one lender. */
export async function collectLending(
  directory: string,
  lend: CaseLender,
  collectorId: string,
  options: CollectOptions,
  effects: CollectEffects,
): Promise<CollectReport> {
  const collector = collectors.find((one) => one.id === collectorId);
  if (!collector) {
    throw new UserError(
      `There is no collector "${collectorId}".`,
      `There are: ${collectors.map((one) => one.id).join(', ')}.`,
    );
  }
  const values = readCollectorOptions(collector, options.options, options.called);
  const plan = collector.plan(values);
  const credentials = readCredentials(collector, options.credentialsFile ?? null, options.environment ?? process.env);
  const world = effects.world ?? realWorld;
  if (options.max !== undefined && options.max < 1)
    throw new UserError('A collection of no records is none.', 'Give --max 1 or more.');
  if (options.baseUrl !== undefined && !/^(?:https?|wss?):\/\/[^/]/.test(options.baseUrl))
    throw new UserError(`"${options.baseUrl}" is no address of a server.`, 'Write it whole: https://…');
  const name = options.name ?? plan.name;
  if (!/^[\w.-]{1,120}$/.test(name))
    throw new UserError(`"${name}" is no name for a collection.`, 'Use letters, digits, dot and dash.');
  const folder = CollectionFolder.open(directory, name, {
    collector: collector.id,
    options: { ...ofWhat(collector, values), ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }) },
    started: new Date(world.now()).toISOString(),
  });
  try {
    const collection = new RunningCollection(collector, plan, folder, lend, world, options, effects);
    return await collection.run(values, credentials);
  } finally {
    await folder.close();
  }
}

/** The options that say what is collected; how it comes may change from run to run. */
const ofWhat = (collector: Collector, values: ReturnType<typeof readCollectorOptions>) =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => !collector.options.some((option) => option.name === name && option.isTransport),
    ),
  );

class RunningCollection {
  readonly #collector: Collector;
  readonly #plan: CollectionPlan;
  readonly #folder: CollectionFolder;
  readonly #imports: SegmentImport;
  readonly #world: World;
  readonly #options: CollectOptions;
  readonly #effects: CollectEffects;
  readonly #stop = new AbortController();
  #ended: CollectReport['ended'] = 'finished';
  #isOverMost = false;
  #again = 0;
  #records = 0;
  #deletions = 0;
  #passedOver = 0;
  #snapshotAt = Number.NEGATIVE_INFINITY;
  #importedAt: number;
  #beginning: Promise<void> = Promise.resolve();
  #recent: { time: number; records: number }[] = [];

  constructor(
    collector: Collector,
    plan: CollectionPlan,
    folder: CollectionFolder,
    lend: CaseLender,
    world: World,
    options: CollectOptions,
    effects: CollectEffects,
  ) {
    this.#collector = collector;
    this.#plan = plan;
    this.#folder = folder;
    this.#world = world;
    this.#options = options;
    this.#effects = effects;
    this.#imports = new SegmentImport(folder, plan, lend, options.respectDeletions ?? false, effects);
    this.#importedAt = world.now();
  }

  async run(
    options: Parameters<Collector['collect']>[0]['options'],
    credentials: Record<string, string>,
  ): Promise<CollectReport> {
    const { signal } = this.#effects;
    const stopByUser = () => this.#end('stopped');
    signal?.addEventListener('abort', stopByUser, { once: true });
    if (signal?.aborted) stopByUser();
    if (this.#folder.waiting().length > 0) void this.#imports.start();
    const collecting = this.#collect(options, credentials);
    const ticking = this.#tick();
    try {
      await Promise.race([collecting, ticking]);
    } catch (error) {
      await this.#settle(collecting, ticking).catch((second: Error) => this.#effects.onNote(second.message));
      throw error;
    } finally {
      signal?.removeEventListener('abort', stopByUser);
    }
    await this.#settle(collecting, ticking);
    if (this.#imports.trouble !== null && !(this.#imports.trouble instanceof UserError)) throw this.#imports.trouble;
    return this.#report();
  }

  /** Stops both loops; what came is made last and imported, also after trouble. */
  async #settle(...loops: readonly Promise<void>[]): Promise<void> {
    this.#stop.abort(new Error('the collection ends'));
    await Promise.allSettled(loops);
    this.#folder.snapshot();
    await this.#folder.closeSegment();
    await this.#folder.checkpoint();
    await this.#imports.finish();
  }

  #end(why: CollectReport['ended']): void {
    if (this.#stop.signal.aborted) return;
    this.#ended = why;
    this.#stop.abort(new Error(why));
  }

  async #collect(
    options: Parameters<Collector['collect']>[0]['options'],
    credentials: Record<string, string>,
  ): Promise<void> {
    const { signal } = this.#stop;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const batches = this.#collector.collect({
          options,
          cursor: this.#folder.cursor,
          credentials,
          baseUrl: this.#options.baseUrl ?? null,
          world: this.#world,
          signal,
          userAgent: `Spillover/${version} (${this.#options.contact ?? 'a collector for research; no contact given'})`,
          note: this.#effects.onNote,
        });
        for await (const batch of batches) {
          attempt = 0;
          this.#take(batch);
          if (!this.#folder.isBegun && batch.cursor !== undefined) {
            this.#beginning = this.#begin();
            await this.#beginning;
          }
          if (signal.aborted) return;
        }
        return;
      } catch (error) {
        if (signal.aborted && !(error instanceof UserError)) return;
        if (!(error instanceof SourceError)) throw error;
        if (!error.retryable) throw new UserError(`${error.message}.`, undefined, { cause: error });
        const wait = backoffMs(attempt, restart, this.#world.random);
        this.#effects.onNote(`${error.message}; starting again in ${(wait / 1000).toFixed(1)} s`);
        await this.#world.sleep(wait, signal).catch(() => undefined);
      }
    }
  }

  /** The very first cursor is written at once: a run that is killed a moment later must know where it began. */
  async #begin(): Promise<void> {
    this.#folder.snapshot();
    await this.#folder.checkpoint();
  }

  #take(batch: Batch): void {
    const { max } = this.#options;
    const now = this.#world.now();
    this.#folder.write(batch);
    this.#records += (batch.posts ?? batch.records?.length ?? 0) + (batch.documents?.length ?? 0);
    this.#again += batch.again ?? 0;
    if (max !== undefined && this.#records - this.#again >= max) this.#endAtMost(max, batch.cursor !== undefined);
    this.#deletions += batch.deletions?.length ?? 0;
    this.#passedOver += batch.passedOver ?? 0;
    const every = this.#folder.cursorLength > longCursor ? 10_000 : (this.#options.checkpointMs ?? 1_000) / 2;
    if (now - this.#snapshotAt >= every || now < this.#snapshotAt || this.#stop.signal.aborted) {
      this.#snapshotAt = now;
      this.#folder.snapshot();
    }
  }

  /**
   * Ends at the maximum, but not before a cursor: what came with it is kept whole, so that the next run goes on after it and gives
   * something else. A source that takes money for each post is left at once.
   */
  #endAtMost(max: number, hasCursor: boolean): void {
    const { costsByPost = false } = this.#collector;
    if (!hasCursor && !costsByPost) {
      if (!this.#isOverMost)
        this.#effects.onNote(
          `${max} records are reached: this look is finished, so that the next run goes on after it`,
        );
      this.#isOverMost = true;
      return;
    }
    const more = this.#records - this.#again - max;
    if (more > 0)
      this.#effects.onNote(`${more} more than the maximum of ${max} came together with the last ones and are kept`);
    if (!hasCursor)
      this.#effects.onNote('the maximum cut a look short: the next run asks for it again from its beginning');
    const now = this.#world.now();
    const through = this.#folder.coverage.through ?? now;
    const cause = `stopped at the maximum of ${max} records`;
    this.#folder.coverage.add({
      gaps: [{ from: through, to: Math.max(now, through), cause, missed: null, flag: 'capped' }],
    });
    this.#end('maximum reached');
  }

  /** Makes records last and imports them as time goes by, whether or not the source sends anything. */
  async #tick(): Promise<void> {
    const { checkpointMs = 1_000, importEveryMs = 30_000, forMs } = this.#options;
    const began = this.#world.now();
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const left = forMs === undefined ? checkpointMs : began + forMs - this.#world.now();
      await this.#world.sleep(Math.max(1, Math.min(checkpointMs, left)), signal).catch(() => undefined);
      await this.#beginning;
      if (signal.aborted) break;
      if (forMs !== undefined && this.#world.now() - began >= forMs) this.#end('time is up');
      await this.#folder.checkpoint();
      const now = this.#world.now();
      const isDue = now - this.#importedAt >= importEveryMs || now < this.#importedAt;
      if (isDue || this.#folder.openBytes > segmentBytes) {
        this.#importedAt = now;
        await this.#folder.closeSegment();
        void this.#imports.start();
      }
      this.#effects.onCollected?.(this.#progress());
    }
  }

  #progress(): CollectProgress {
    const now = this.#world.now();
    this.#recent.push({ time: now, records: this.#records });
    while (this.#recent.length > 2 && now - this.#recent[0]!.time > 10_000) this.#recent.shift();
    const { time, records } = this.#recent[0]!;
    const through = this.#folder.coverage.through;
    return {
      collection: this.#folder.name,
      records: this.#records,
      deletions: this.#deletions,
      passedOver: this.#passedOver,
      recordsPerSecond: now > time ? ((this.#records - records) * 1000) / (now - time) : 0,
      lagSeconds: through === null ? null : Math.max(0, (now - through) / 1000),
      gaps: this.#folder.coverage.gaps,
      imported: { ...this.#imports.totals },
      waitingSegments: this.#folder.waiting().length,
    };
  }

  #report(): CollectReport {
    const iso = (time: number) => new Date(time).toISOString();
    const { spans, gaps } = this.#folder.coverage.state();
    return {
      ...this.#progress(),
      directory: this.#folder.directory,
      platform: this.#plan.platform,
      scope: this.#plan.scope,
      ended: this.#ended,
      coverage: spans.map(({ from, to, posts }) => ({ from: iso(from), to: iso(to), posts })),
      gapList: gaps.map((gap) => ({ ...gap, from: iso(gap.from), to: iso(gap.to) })),
    };
  }
}
