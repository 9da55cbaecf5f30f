import { backoffMs } from '../base/backoff.ts';
import { SourceError } from '../base/errors.ts';
import type { CollectorInput, Gap } from './collector.ts';
import { PlaceRefusal } from './place-refusal.ts';

/** What is known of the places of a collection; plain JSON. Times are milliseconds since 1970. */
export interface PlacesState {
  /** When each place was last read to its end. */
  read: Record<string, number>;
  absent: Record<string, Absence>;
}

type Absence = Pick<Gap, 'cause' | 'flag' | 'from'>;

interface Wait {
  tries: number;
  until: number;
}

const refusedPace = { baseMs: 600_000, capMs: 10_800_000 };
const troublePace = { baseMs: 60_000, capMs: 900_000 };

/**
 * The places of one collection, such as boards or channels, and which of them are away. A place that is refused after it was read,
 * or while others can be read, is skipped, asked again ever more seldom, and leaves a gap until it comes back.
 */
export class Places {
  readonly #input: Pick<CollectorInput, 'world' | 'note'>;
  readonly #names: readonly string[];
  readonly #read: Record<string, number>;
  readonly #absent: Record<string, Absence>;
  readonly #areTroublesOwn: boolean;
  readonly #waits = new Map<string, Wait>();
  readonly #unsaid = new Map<string, Error>();
  #ended: Gap[] = [];

  /** `areTroublesOwn`: places are servers of their own, so that trouble with one is no trouble of the source. */
  constructor(
    input: Pick<CollectorInput, 'world' | 'note'>,
    names: readonly string[],
    known?: Partial<PlacesState>,
    { areTroublesOwn = false } = {},
  ) {
    this.#input = input;
    this.#names = [...new Set(names)];
    this.#read = { ...known?.read };
    this.#absent = { ...known?.absent };
    this.#areTroublesOwn = areTroublesOwn;
  }

  /** The places that are to be asked now. */
  due(): string[] {
    return this.#names.filter((name) => this.waitMs(name) === 0);
  }

  /** Milliseconds until a place is to be asked; 0 for one that is not away. */
  waitMs(name: string): number {
    const now = this.#input.world.now();
    const wait = (this.#waits.get(name)?.until ?? now) - now;
    return Math.max(0, Math.min(wait, refusedPace.capMs));
  }

  isAway(name: string): boolean {
    return this.#absent[name] !== undefined;
  }

  get areAllAway(): boolean {
    return this.#names.every((name) => this.isAway(name));
  }

  /** A place was read to its end, by what it had at this time: if it was away, its gap ends now. */
  gave(name: string, time: number): void {
    this.#read[name] = time;
    for (const [other, error] of this.#unsaid) if (other !== name) this.#say(other, error);
    this.#unsaid.clear();
    if (!this.isAway(name)) return;
    const gap = this.#gap(name);
    this.#input.note(`${name} is back: its gap began ${new Date(gap.from).toISOString()} and ends now`);
    this.#ended.push(gap);
    delete this.#absent[name];
    this.#waits.delete(name);
  }

  /**
   * A place could not be read. @throws the error where it is not about one place, or where nothing was ever read from any place and
   * all are refused: then the user has to mend something.
   */
  failed(name: string, error: unknown): void {
    const isRefused = error instanceof PlaceRefusal;
    const isOwn = isRefused || (error instanceof SourceError && (this.#areTroublesOwn || this.#names.length > 1));
    if (!isOwn) throw error;
    const { world } = this.#input;
    const tries = this.#waits.get(name)?.tries ?? 0;
    const wait = backoffMs(tries, isRefused ? refusedPace : troublePace, world.random);
    this.#waits.set(name, { tries: tries + 1, until: world.now() + wait });
    this.#absent[name] ??= {
      from: this.#read[name] ?? world.now(),
      // One place among others holds back its share only; a collection of one place has nothing meanwhile.
      flag: isRefused && this.#names.length === 1 ? 'gap' : 'capped',
      cause: `${name} was away: ${error.message.replace(/\.$/, '')}`,
    };
    if (Object.keys(this.#read).length === 0) {
      this.#unsaid.set(name, error);
      if (this.areAllAway) throw [...this.#unsaid.values()][0];
    } else if (tries === 0) this.#say(name, error);
  }

  /** What is missing because places are or were away, up to now. Nothing before the first place was read. */
  gaps(): Gap[] {
    const ended = this.#ended;
    this.#ended = [];
    if (Object.keys(this.#read).length === 0) return ended;
    return [...ended, ...Object.keys(this.#absent).map((name) => this.#gap(name))];
  }

  state(): PlacesState {
    return { read: { ...this.#read }, absent: { ...this.#absent } };
  }

  #gap(name: string): Gap {
    const absence = this.#absent[name]!;
    return { ...absence, to: Math.max(absence.from, this.#input.world.now()), missed: null };
  }

  #say(name: string, error: Error): void {
    const minutes = Math.max(1, Math.round(this.waitMs(name) / 60_000));
    const others = this.#names.length > 1 ? '; the other places are collected on' : '';
    this.#input.note(
      `${name} is skipped: ${error.message.replace(/\.$/, '')}. It is asked again in ${minutes} min, then ever more seldom${others}`,
    );
  }
}
