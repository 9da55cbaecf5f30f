import { backoffMs } from '../base/backoff.ts';
import { errorNote } from '../base/errors.ts';
import type { World } from '../collectors/world.ts';
import { type CollectEffects, type CollectProgress, collectLending } from './collect.ts';
import type { CaseLender } from './lend-case.ts';
import type { WatchedSource } from './plan-watch.ts';

/** How one collector of a watch stands. Times are ISO, UTC. */
export interface SourceState {
  name: string;
  source: string;
  platform: string;
  scope: string;
  /** `waiting`: it failed and is started again at `again`; `ended`: it has all it was asked for. */
  state: 'running' | 'waiting' | 'ended' | 'stopped';
  started: string;
  again: string | null;
  records: number;
  postsAdded: number;
  gaps: number;
  /** Everything up to here was received; null before that is known. */
  completeThrough: string | null;
  waitingSegments: number;
  failures: number;
  trouble: string | null;
}

const restart = { baseMs: 5_000, capMs: 600_000 };
/** A collector that ran for so long before it failed begins with a short wait again. */
const steadyMs = 600_000;

const iso = (time: number) => new Date(time).toISOString();

/** Keeps one collector of a watch running beside the others: what makes it fail is noted, and it starts again after a while. */
export class SourceRun {
  readonly #source: WatchedSource;
  readonly #world: World;
  readonly #started: number;
  state: SourceState;

  constructor(source: WatchedSource, world: World) {
    this.#source = source;
    this.#world = world;
    this.#started = world.now();
    const { name, platform, scope } = source;
    this.state = {
      name,
      source: source.source,
      platform,
      scope,
      state: 'running',
      started: iso(this.#started),
      again: null,
      records: 0,
      postsAdded: 0,
      gaps: 0,
      completeThrough: null,
      waitingSegments: 0,
      failures: 0,
      trouble: null,
    };
  }

  /** Runs until the signal is aborted, the source has no more, or, with `forMs`, the time is up. Never rejects. */
  async run(caseDirectory: string, lend: CaseLender, effects: CollectEffects, forMs: number | null): Promise<void> {
    const { signal } = effects;
    const { name, source } = this.#source;
    for (let attempt = 0; !signal?.aborted; attempt++) {
      const began = this.#world.now();
      const before = { records: this.state.records, postsAdded: this.state.postsAdded };
      const take = (progress: CollectProgress) => this.#take(progress, before);
      try {
        const left = forMs === null ? null : this.#started + forMs - began;
        if (left !== null && left <= 0) break;
        this.state = { ...this.state, state: 'running', again: null };
        const report = await collectLending(
          caseDirectory,
          lend,
          source,
          { ...this.#source.options, ...(left === null ? {} : { forMs: left }) },
          { ...effects, onNote: (note) => effects.onNote(`${name}: ${note}`), onCollected: take },
        );
        take(report);
        const isDone = report.ended === 'finished' || report.ended === 'maximum reached';
        this.state = { ...this.state, state: isDone ? 'ended' : 'stopped', trouble: isDone ? report.ended : null };
        return;
      } catch (error) {
        if (this.#world.now() - began > steadyMs) attempt = 0;
        const wait = backoffMs(attempt, restart, this.#world.random);
        const trouble = errorNote(error);
        this.state = {
          ...this.state,
          state: 'waiting',
          failures: this.state.failures + 1,
          trouble: trouble.slice(0, 1000),
          again: iso(this.#world.now() + wait),
        };
        effects.onNote(`${name}: ${trouble.replace(/\.$/, '')}; starting again in ${Math.round(wait / 1000)} s`);
        if (forMs !== null && this.#world.now() + wait > this.#started + forMs) return;
        await this.#world.sleep(wait, signal).catch(() => undefined);
      }
    }
    this.state = { ...this.state, state: 'stopped' };
  }

  /** Since when nothing was received, where that is longer than `afterMs` and the time between two looks; null where all is well. */
  blindSince(afterMs: number): string | null {
    if (this.state.state !== 'running' && this.state.state !== 'waiting') return null;
    const { completeThrough, started } = this.state;
    const last = Math.max(Date.parse(started), completeThrough === null ? 0 : Date.parse(completeThrough));
    if (this.#world.now() - last <= afterMs + this.#looksEveryMs()) return null;
    return completeThrough ?? started;
  }

  #looksEveryMs(): number {
    const { everySeconds, listEverySeconds } = this.#source.options.options as Record<string, unknown>;
    const seconds = Number(everySeconds ?? listEverySeconds ?? 0);
    return Number.isFinite(seconds) ? seconds * 1000 : 0;
  }

  #take(progress: CollectProgress, before: { records: number; postsAdded: number }): void {
    const { lagSeconds } = progress;
    const now = this.#world.now();
    this.state = {
      ...this.state,
      trouble: lagSeconds === null ? this.state.trouble : null,
      records: before.records + progress.records,
      postsAdded: before.postsAdded + progress.imported.postsAdded,
      gaps: progress.gaps,
      completeThrough: lagSeconds === null ? this.state.completeThrough : iso(now - lagSeconds * 1000),
      waitingSegments: progress.waitingSegments,
    };
  }
}
