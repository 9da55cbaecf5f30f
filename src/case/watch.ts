import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { backoffMs } from '../base/backoff.ts';
import { errorNote, StoppedError } from '../base/errors.ts';
import { realWorld, type World } from '../collectors/world.ts';
import type { Output } from '../outputs/output.ts';
import { CaseInUseError } from '../store/open-case-database.ts';
import { version } from '../version.ts';
import { AlertDelivery } from './alert-delivery.ts';
import { reviveRefused } from './alert-outbox.ts';
import { alertsCaseId } from './alerts.ts';
import type { CollectEffects } from './collect.ts';
import { diskTrouble } from './disk-trouble.ts';
import { type CaseLender, lendCase } from './lend-case.ts';
import type { WatchPlan } from './plan-watch.ts';
import { currentRevision } from './results.ts';
import { lockRunning } from './running-lock.ts';
import { watchBlindness } from './watch-blindness.ts';
import { askRules, keepStories, retraceStories, type StoryMemory } from './watch-check.ts';
import { makeOutput } from './watch-outputs.ts';
import { evaluateRules } from './watch-rules.ts';
import { type WatchState, watchLock, writeWatchState } from './watch-state.ts';
import { SourceRun } from './watched-source.ts';

export interface WatchOptions {
  /** One round for cron: collect for `collectMs`, check, deliver, end. */
  once?: { collectMs: number };
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface WatchEffects extends CollectEffects {
  /** Takes the text of the terminal output. */
  print: (text: string) => void;
  onState?: (state: WatchState) => void;
  /** Other rules than the catalogue's. */
  evaluate?: typeof evaluateRules;
}

const inUse = { baseMs: 1_000, capMs: 30_000 };
/** Rules are asked again after this time even where nothing was imported: settings of the case may have changed. */
const askAgainMs = 600_000;
const stateEveryMs = 10_000;
const notesKept = 30;
const noteAgainMs = 600_000;

const iso = (time: number) => new Date(time).toISOString();

/**
 * Keeps a case current and warns: collects beside each other, keeps and traces the stories, asks the rules, keeps alerts and delivers them, until
 * the signal is aborted. What fails is noted and tried again; it stops nothing else.
 * @throws UserError where another watch runs on the case, or a story is missing.
 */
export async function watch(plan: WatchPlan, options: WatchOptions, effects: WatchEffects): Promise<WatchState> {
  const { caseDirectory } = plan;
  const lend = lendCase(caseDirectory, `spillover watch ${basename(plan.file)}`);
  const running = new RunningWatch(plan, options, effects, lend);
  makeDirectory(caseDirectory);
  const release = lockRunning(
    watchLock(caseDirectory),
    `watch of ${caseDirectory}`,
    'One watch runs on a case: stop it first, or put both into one file.',
  );
  try {
    await running.prepare();
    return await running.run();
  } finally {
    release();
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw diskTrouble(error, path);
  }
}

class RunningWatch {
  readonly #plan: WatchPlan;
  readonly #options: WatchOptions;
  readonly #effects: WatchEffects;
  readonly #tell: (note: string) => void;
  readonly #world: World;
  readonly #lend: CaseLender;
  readonly #sources: SourceRun[];
  readonly #state: WatchState;
  #delivery: AlertDelivery | null = null;
  #stories: StoryMemory[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  #askedRevision = -1;
  #writtenAt = Number.NEGATIVE_INFINITY;
  readonly #toldAt = new Map<string, number>();

  constructor(plan: WatchPlan, options: WatchOptions, effects: WatchEffects, lend: CaseLender) {
    this.#plan = plan;
    this.#options = options;
    this.#tell = effects.onNote;
    this.#world = effects.world ?? realWorld;
    this.#lend = lend;
    this.#effects = { ...effects, now: () => new Date(this.#world.now()), onNote: (text) => this.#note(text) };
    this.#sources = plan.sources.map((source) => new SourceRun(source, this.#world));
    this.#state = {
      file: plan.file,
      version,
      started: iso(this.#world.now()),
      stopped: null,
      lastCheck: null,
      nextCheck: null,
      sources: [],
      stories: [],
      outputs: [],
      notes: [],
    };
  }

  /** Opens the case for the first time: makes it, its stories and the outputs. */
  async prepare(): Promise<void> {
    const caseName = basename(this.#plan.caseDirectory);
    const outputs = await this.#patiently(() =>
      this.#lend(async (spilloverCase): Promise<Output[]> => {
        await keepStories(spilloverCase, this.#plan, (text) => this.#note(text));
        const revived = await reviveRefused(spilloverCase);
        if (revived > 0) this.#note(`${revived} deliveries that were refused are tried again`);
        const settings = {
          caseName,
          caseId: await alertsCaseId(spilloverCase),
          credentialsFile: this.#plan.credentialsFile,
          environment: this.#options.environment ?? process.env,
          userAgent: `Spillover/${version}`,
        };
        const world = { fetch: this.#world.fetch, now: this.#world.now, print: this.#effects.print };
        return this.#plan.outputs.map((output) => makeOutput(output, settings, world));
      }),
    );
    const { now, random, sleep } = this.#world;
    this.#delivery = new AlertDelivery(this.#plan, caseName, outputs, this.#lend, {
      now,
      random,
      sleep: (ms) => sleep(ms),
      note: (text) => this.#note(text),
    });
  }

  async run(): Promise<WatchState> {
    const { signal } = this.#effects;
    const delivery = this.#delivery!;
    await this.#patiently(() => delivery.writeLists());
    const stop = new AbortController();
    const end = () => stop.abort(new StoppedError());
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    const forMs = this.#options.once?.collectMs ?? null;
    const collecting = this.#sources.map((source) =>
      source.run(
        this.#plan.caseDirectory,
        this.#lend,
        { ...this.#effects, signal: stop.signal, onProgress: () => {} },
        forMs,
      ),
    );
    const writing = this.#writeStates(stop.signal);
    try {
      if (this.#options.once) {
        await Promise.all(collecting);
        await this.#patiently(() => this.#check());
        await this.#deliver();
      } else await this.#loop(stop.signal);
    } finally {
      end();
      signal?.removeEventListener('abort', end);
      await Promise.allSettled([...collecting, writing]);
      if (delivery.isRunning) await this.#deliver();
      this.#state.stopped = iso(this.#world.now());
      this.#state.nextCheck = null;
      this.#write();
    }
    return this.#state;
  }

  /** Checks at their times and deliveries when something is due, until the signal is aborted. */
  async #loop(signal: AbortSignal): Promise<void> {
    const { now, sleep } = this.#world;
    let nextCheck = now();
    let misses = 0;
    while (!signal.aborted) {
      // A clock that was set back must not put the next check off.
      nextCheck = Math.min(nextCheck, now() + this.#plan.checkMs);
      if (now() >= nextCheck) {
        try {
          await this.#check();
          misses = 0;
          nextCheck = now() + this.#plan.checkMs;
        } catch (error) {
          if (!(error instanceof CaseInUseError))
            this.#note(`the check failed and is tried again: ${errorNote(error)}`);
          else if (misses === 0) this.#note(`the check waits: ${error.message}`);
          nextCheck = now() + Math.min(this.#plan.checkMs, backoffMs(misses++, inUse, this.#world.random));
        }
        this.#state.nextCheck = iso(nextCheck);
        this.#write();
        void this.#deliver();
      } else {
        const due = this.#delivery!.nextAt;
        if (due !== null && now() >= due && !this.#delivery!.isRunning) {
          this.#delivery!.nextAt = null;
          void this.#deliver();
        }
        const until = Math.min(nextCheck, due ?? nextCheck, now() + 1_000);
        await sleep(Math.max(20, until - now()), signal).catch(() => undefined);
      }
    }
  }

  async #check(): Promise<void> {
    const began = this.#world.now();
    const report = await this.#lend(async (spilloverCase) => {
      const revision = await currentRevision(spilloverCase);
      const blind = await watchBlindness(spilloverCase, this.#sources, this.#plan.blindAfterMs, began);
      const isDue = revision !== this.#askedRevision || began - this.#askedAt >= askAgainMs;
      const effects = { ...this.#effects, onProgress: () => {} };
      if (isDue) this.#stories = await retraceStories(spilloverCase, this.#plan, this.#stories, effects);
      const asked = isDue ? this.#plan : { ...this.#plan, rules: [] };
      const told = await askRules(spilloverCase, asked, this.#effects.evaluate ?? evaluateRules, blind, effects);
      if (isDue) {
        this.#askedAt = began;
        this.#askedRevision = revision;
      }
      return told;
    });
    this.#state.lastCheck = {
      at: iso(began),
      seconds: (this.#world.now() - began) / 1000,
      signals: report.signals,
      newAlerts: report.newAlerts.length,
    };
    this.#state.stories = this.#stories.map(({ name, posts, traced }) => ({ name, posts, traced }));
  }

  async #deliver(): Promise<void> {
    try {
      await this.#delivery!.run();
    } catch (error) {
      const isUse = error instanceof CaseInUseError;
      this.#note(
        isUse ? `deliveries wait: ${error.message}` : `deliveries failed and are tried again: ${errorNote(error)}`,
      );
      this.#delivery!.nextAt = this.#world.now() + inUse.capMs / 2;
    }
  }

  /** Tries again while another process holds the case. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CaseInUseError) || this.#effects.signal?.aborted) throw error;
        if (attempt === 0) this.#note(`waiting: ${error.message}`);
        await this.#world.sleep(backoffMs(attempt, inUse, this.#world.random), this.#effects.signal);
      }
    }
  }

  async #writeStates(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#world.sleep(1_000, signal).catch(() => undefined);
      if (this.#world.now() - this.#writtenAt >= stateEveryMs) this.#write();
      else this.#show();
    }
  }

  #show(): void {
    this.#state.sources = this.#sources.map(({ state }) => state);
    this.#state.outputs = this.#plan.outputs.map(({ name, target }) => ({
      name,
      target,
      ...this.#delivery!.counts.get(name)!,
    }));
    this.#effects.onState?.(this.#state);
  }

  #write(): void {
    this.#writtenAt = this.#world.now();
    this.#show();
    try {
      writeWatchState(this.#plan.caseDirectory, this.#state);
    } catch (error) {
      this.#note(`the state of the watch could not be written: ${(error as Error).message}`);
    }
  }

  /** The same trouble is told again after a while only. */
  #note(text: string): void {
    const now = this.#world.now();
    const last = this.#toldAt.get(text);
    if (last !== undefined && now >= last && now - last < noteAgainMs) return;
    if (this.#toldAt.size > 1_000) this.#toldAt.clear();
    this.#toldAt.set(text, now);
    this.#state.notes = [...this.#state.notes, { at: iso(this.#world.now()), text }].slice(-notesKept);
    this.#tell(text);
  }
}
