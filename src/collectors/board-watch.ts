import { backoffMs } from '../base/backoff.ts';
import { SourceError } from '../base/errors.ts';
import { expectOk, type ListedThread, readArchiveNumbers, readThreadList, readThreadPosts } from './board-answers.ts';
import { type BoardPost, type BoardState, type ThreadState, updateThread } from './board-state.ts';
import type { Batch, CollectorInput, Deletion } from './collector.ts';
import { isRefusal, PlaceRefusal } from './place-refusal.ts';
import type { HttpAnswer, PoliteHttp, Validators } from './polite-http.ts';

/** What is known of a thread in this run. */
interface Visit {
  /** All posts of the thread before this time are in; milliseconds. */
  completeThrough: number;
  lastAsked: number;
  /** When the board said that it changed, seconds. */
  listedModified: number;
  validators: Validators | null;
  /** Last-Modified of the newest answer that was taken, milliseconds; 0 before one was. */
  answered: number;
}

const threadEveryMs = 10_000;
/** Threads on the last pages are about to fall off: they are read first. */
const hurryPages = 2;
const threadAttempts = 3;
const archiveFreshMs = 60_000;
const troubleBackoff = { baseMs: 5_000, capMs: 300_000 };

/** Watches one board; `step` makes one request, seldom two. The state it is given stays consistent between steps. */
export class BoardWatch {
  readonly #board: string;
  readonly #base: string;
  readonly #http: PoliteHttp;
  readonly #input: Pick<CollectorInput, 'world' | 'note'>;
  readonly #state: BoardState;
  readonly #listEveryMs: number;
  readonly #visits = new Map<string, Visit>();
  readonly #changed = new Set<string>();
  readonly #vanished = new Set<string>();
  #listValidators: Validators | null = null;
  #listed = 0;
  #archive: { asked: number; numbers: ReadonlySet<number> } | null = null;
  #keepsArchive: boolean | null = null;
  #lastPage = 0;
  #pausedUntil = 0;
  #troubles = 0;

  constructor(
    board: string,
    base: string,
    state: BoardState,
    listEveryMs: number,
    http: PoliteHttp,
    input: Pick<CollectorInput, 'world' | 'note'>,
  ) {
    this.#board = board;
    this.#base = `${base}/${board}`;
    this.#http = http;
    this.#input = input;
    this.#state = state;
    this.#listEveryMs = listEveryMs;
  }

  /** Time before which every post of the board has been read; null before the first list. */
  completeThrough(): number | null {
    if (this.#listed === 0) return null;
    let through = this.#listed;
    for (const number of [...this.#changed, ...this.#vanished])
      through = Math.min(through, this.#visits.get(number)?.completeThrough ?? through);
    return through;
  }

  idleMs(): number {
    const now = this.#input.world.now();
    if (this.#pausedUntil > now) return this.#pausedUntil - now;
    const waits = [...this.#changed, ...this.#vanished].map(
      (number) => this.#visits.get(number)!.lastAsked + threadEveryMs - now,
    );
    return Math.max(20, Math.min(this.#listed + this.#listEveryMs - now, ...waits));
  }

  /** Reads what is most urgent; null where nothing is due. Trouble with an answer is told and tried again later. */
  async step(): Promise<Batch | null> {
    const now = this.#input.world.now();
    if (now < this.#pausedUntil && this.#pausedUntil - now <= troubleBackoff.capMs) return null;
    try {
      const batch = await this.#next(now);
      this.#troubles = 0;
      return batch;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const wait = backoffMs(this.#troubles++, troubleBackoff, this.#input.world.random);
      this.#pausedUntil = this.#input.world.now() + wait;
      if (this.#troubles % 20 === 1) this.#input.note(`/${this.#board}/: ${error.message}; trying again later`);
      return null;
    }
  }

  #next(now: number): Promise<Batch | null> {
    if (now - this.#listed >= this.#listEveryMs || now < this.#listed) return this.#readList();
    for (const number of this.#vanished) if (this.#mayAsk(number, now)) return this.#readVanished(number);
    const due = this.#mostUrgent(now);
    return due === null ? Promise.resolve(null) : this.#readThread(due);
  }

  #mayAsk(number: string, now: number): boolean {
    const { lastAsked } = this.#visits.get(number)!;
    return now < lastAsked || now - lastAsked >= threadEveryMs;
  }

  #mostUrgent(now: number): string | null {
    let best: { number: string; hurry: boolean; since: number } | null = null;
    for (const number of this.#changed) {
      const visit = this.#visits.get(number)!;
      if (!this.#mayAsk(number, now)) continue;
      const hurry = this.#state.threads[number]!.page > this.#lastPage - hurryPages;
      const since = visit.completeThrough;
      if (best === null || (hurry && !best.hurry) || (hurry === best.hurry && since < best.since))
        best = { number, hurry, since };
    }
    return best?.number ?? null;
  }

  async #readList(): Promise<Batch> {
    const answer = await this.#http.get(`${this.#base}/threads.json`, { validators: this.#listValidators });
    if (answer.status === 404) {
      throw new PlaceRefusal(
        `The board /${this.#board}/ does not exist at ${this.#base}.`,
        'Boards are named as in --board pol.',
      );
    }
    if (isRefusal(answer.status))
      throw new PlaceRefusal(`${this.#base} refuses its list of threads (${answer.status}).`);
    const before = this.#listed || this.#state.listed;
    const batch: Batch = before === 0 ? { collectedFrom: answer.asked } : {};
    if (answer.status !== 304) {
      expectOk(answer, `/${this.#board}/threads.json`);
      this.#compare(readThreadList(answer.text), before || answer.asked, answer.asked);
      this.#listValidators = answer.validators;
    }
    if (before > 0 && answer.asked - before > 3 * this.#listEveryMs)
      batch.gaps = [await this.#catchUp(before, answer.asked)];
    this.#listed = answer.asked;
    this.#state.listed = answer.asked;
    return batch;
  }

  #compare(listed: readonly ListedThread[], before: number, asked: number): void {
    this.#lastPage = Math.max(0, ...listed.map((one) => one.page));
    const present = new Set<string>();
    for (const { no, modified, page } of listed) {
      const number = String(no);
      present.add(number);
      const known = this.#state.threads[number];
      const thread = { posts: known?.posts ?? {}, modified: known?.modified ?? -1, page };
      this.#state.threads[number] = thread;
      const visit = this.#visit(number, before);
      visit.listedModified = modified;
      this.#vanished.delete(number);
      if (thread.modified !== modified) this.#changed.add(number);
      else if (!this.#changed.has(number)) visit.completeThrough = asked;
    }
    for (const number of Object.keys(this.#state.threads)) {
      if (present.has(number)) continue;
      this.#changed.delete(number);
      this.#vanished.add(number);
      this.#visit(number, before);
    }
  }

  #visit(number: string, completeThrough: number): Visit {
    const visit = this.#visits.get(number) ?? {
      completeThrough,
      lastAsked: 0,
      listedModified: 0,
      validators: null,
      answered: 0,
    };
    this.#visits.set(number, visit);
    return visit;
  }

  /** After a pause: threads that came and went in it are looked up in the archive; a board without one leaves a gap. */
  async #catchUp(from: number, to: number): Promise<NonNullable<Batch['gaps']>[number]> {
    const archive = await this.#readArchive();
    if (archive === null) {
      const cause = 'not read for a while; the board keeps no archive: threads that came and went meanwhile are lost';
      return { from, to, cause, missed: null, flag: 'gap' };
    }
    const oldest = Math.min(...Object.keys(this.#state.threads).map(Number));
    for (const no of archive) {
      const number = String(no);
      if (no < oldest || number in this.#state.threads) continue;
      this.#state.threads[number] = { posts: {}, modified: -1, page: 0 };
      this.#vanished.add(number);
      this.#visit(number, from);
    }
    const cause = 'not read for a while; read afterwards from board and archive, without posts deleted meanwhile';
    return { from, to, cause, missed: null, flag: 'late' };
  }

  async #readThread(number: string): Promise<Batch> {
    const visit = this.#visits.get(number)!;
    const answer = await this.#getThread(number, visit, visit.validators);
    if (answer.status === 404) {
      this.#changed.delete(number);
      this.#vanished.add(number);
      return {};
    }
    if (this.#isStale(visit, answer)) return {};
    const batch = answer.status === 304 ? {} : this.#take(number, answer);
    this.#settle(number, visit, answer);
    return batch;
  }

  /** One cache of many may give an older thread after a newer one: its posts are not new, and those it lacks are not deleted. */
  #isStale(visit: Visit, answer: HttpAnswer): boolean {
    const modified = Date.parse(answer.validators.lastModified ?? '');
    if (answer.status !== 200 || !Number.isFinite(modified)) return false;
    if (modified < visit.answered) return true;
    visit.answered = modified;
    return false;
  }

  async #getThread(number: string, visit: Visit, validators: Validators | null): Promise<HttpAnswer> {
    const address = `${this.#base}/thread/${number}.json`;
    visit.lastAsked = this.#input.world.now();
    const answer = await this.#http.get(address, { validators, attempts: threadAttempts });
    visit.lastAsked = answer.asked;
    if (answer.status !== 404 && answer.status !== 304) expectOk(answer, address);
    return answer;
  }

  /** Clocks of boards tick in seconds: a thread that changed in the very second it was read is read again. */
  #settle(number: string, visit: Visit, answer: HttpAnswer): void {
    const isSettled = visit.listedModified < Math.floor(answer.asked / 1000) - 1;
    this.#state.threads[number]!.modified = isSettled ? visit.listedModified : -1;
    visit.validators = isSettled ? (answer.status === 304 ? visit.validators : answer.validators) : null;
    visit.completeThrough = answer.asked;
    this.#changed.delete(number);
  }

  #take(number: string, answer: HttpAnswer): Batch {
    const thread = this.#state.threads[number]!;
    const stamp = Math.floor(answer.asked / 1000);
    const { fresh, changed, gone } = updateThread(thread, readThreadPosts(answer.text));
    const line = (post: unknown, more: object) =>
      JSON.stringify(
        typeof post === 'object' && post !== null && !Array.isArray(post)
          ? { ...(post as BoardPost), board: this.#board, collected_at: stamp, ...more }
          : post,
      );
    return {
      records: [...fresh.map((post) => line(post, {})), ...changed.map((post) => line(post, { edited_at: stamp }))],
      deletions: gone.map((post) => this.#deletion(post, answer.asked)),
    };
  }

  #deletion(number: string, time: number): Deletion {
    return { postId: `${this.#board}/${number}`, time };
  }

  /** A thread that left the list was archived, pruned because newer ones pushed it off, or deleted with all its posts. */
  async #readVanished(number: string): Promise<Batch> {
    this.#vanished.delete(number);
    this.#vanished.add(number);
    const visit = this.#visits.get(number)!;
    const answer = await this.#getThread(number, visit, null);
    if (this.#isStale(visit, answer)) return {};
    const thread = this.#state.threads[number]!;
    const batch =
      answer.status === 200 ? this.#take(number, answer) : { deletions: await this.#lostPosts(number, thread) };
    this.#vanished.delete(number);
    this.#visits.delete(number);
    delete this.#state.threads[number];
    return batch;
  }

  async #lostPosts(number: string, thread: ThreadState): Promise<Deletion[]> {
    const posts = Object.keys(thread.posts);
    if (posts.length === 0) return [];
    const archive = await this.#readArchive();
    const isPruned = archive === null ? thread.page >= this.#lastPage - 1 : archive.has(Number(number));
    const now = this.#input.world.now();
    return isPruned ? [] : posts.map((post) => this.#deletion(post, now));
  }

  /** Numbers of the archived threads, at most a minute old; null where the board keeps no archive. */
  async #readArchive(): Promise<ReadonlySet<number> | null> {
    if (this.#keepsArchive === false) return null;
    const now = this.#input.world.now();
    if (this.#archive && now - this.#archive.asked < archiveFreshMs) return this.#archive.numbers;
    const answer = await this.#http.get(`${this.#base}/archive.json`);
    if (answer.status === 404) {
      this.#keepsArchive = false;
      return null;
    }
    expectOk(answer, `/${this.#board}/archive.json`);
    this.#keepsArchive = true;
    this.#archive = { asked: answer.asked, numbers: readArchiveNumbers(answer.text) };
    return this.#archive.numbers;
  }
}
