import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Batch, Deletion } from '../collectors/collector.ts';
import { CollectionCoverage, type CoverageState } from './collection-coverage.ts';
import { cutLastLine } from './cut-last-line.ts';
import { diskTrouble } from './disk-trouble.ts';
import { LineFile, replaceFile, syncDirectory } from './durable-file.ts';
import { lockRunning } from './running-lock.ts';

export interface CollectionAbout {
  collector: string;
  options: Record<string, unknown>;
  started: string;
}

interface State {
  cursor: unknown;
  /** All segments up to this number are in the case. */
  imported: number;
  coverage: CoverageState;
}

/** Cursor, as text, and coverage that belong together. */
interface Safe {
  cursor: string;
  coverage: CoverageState;
}

/** Files of one segment number; either may be missing. */
export interface Segment {
  number: number;
  records: string | null;
  deletions: string | null;
}

/**
 * The files of one collection below a case: numbered segments of raw records, what was deleted meanwhile, and the state from which
 * it goes on. Records are written at once and reach the disk with the next checkpoint; the state is written after them, so that a
 * cursor is never ahead of its records.
 */
export class CollectionFolder {
  readonly directory: string;
  readonly name: string;
  readonly coverage: CollectionCoverage;
  readonly #release: () => void;
  #state: State;
  #number: number;
  #records: LineFile | null = null;
  #deletions: LineFile | null = null;
  /** The newest segment to which nothing is added any more. */
  #closed: number;
  #safe: Safe;
  #saved: Safe;
  #written = '';
  #isBegun = false;

  private constructor(caseDirectory: string, name: string, about: CollectionAbout) {
    this.name = name;
    this.directory = join(caseDirectory, 'collected', name);
    try {
      if (!existsSync(caseDirectory)) mkdirSync(caseDirectory, { recursive: true });
      // Node's recursive mkdir says ENOENT on a read-only disk (nodejs/node, seen with 20.20), so each step is made alone.
      for (const path of [join(caseDirectory, 'collected'), this.directory, join(this.directory, 'segments')])
        if (!existsSync(path)) mkdirSync(path);
    } catch (error) {
      throw diskTrouble(error, this.directory);
    }
    this.#release = lockRunning(
      join(this.directory, 'running.json'),
      `collection ${name}`,
      'Stop it first, or give this one another name with --name.',
    );
    try {
      this.#checkAbout(about);
      this.#state = this.#readState();
      this.coverage = new CollectionCoverage(this.#state.coverage);
      for (const { records, deletions } of this.#segments())
        for (const file of [records, deletions]) if (file?.endsWith('.ndjson')) cutLastLine(file);
      this.#safe = { cursor: JSON.stringify(this.#state.cursor), coverage: this.#state.coverage };
      this.#saved = this.#safe;
      this.#number = Math.max(this.#state.imported, ...this.#segments().map((one) => one.number)) + 1;
      this.#closed = this.#number - 1;
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /** @throws UserError where another process runs it, or where the name belongs to a collection of other options. */
  static open(caseDirectory: string, name: string, about: CollectionAbout): CollectionFolder {
    return new CollectionFolder(caseDirectory, name, about);
  }

  /** Whether a state is on the disk, from this run or an earlier one. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  get cursor(): unknown {
    return this.#state.cursor;
  }

  /** Bytes in the segment that is being written. */
  get openBytes(): number {
    return (this.#records?.bytes ?? 0) + (this.#deletions?.bytes ?? 0);
  }

  write(batch: Batch): void {
    if (batch.records && batch.records.length > 0) {
      this.#records ??= new LineFile(this.#path('.ndjson'));
      this.#records.append(batch.records);
    }
    if (batch.deletions && batch.deletions.length > 0) {
      this.#deletions ??= new LineFile(this.#path('.deletions.ndjson'));
      this.#deletions.append(batch.deletions.map(deletionLine));
    }
    for (const { extension, text } of batch.documents ?? []) {
      replaceFile(this.#path(`.${extension}`), text);
      this.#closed = this.#number++;
    }
    this.coverage.add(batch);
    if (batch.cursor !== undefined) this.#state.cursor = batch.cursor;
  }

  /** Takes cursor and coverage as they are now for the next checkpoint. To be called only while the collector waits. */
  snapshot(): void {
    this.#safe = { cursor: JSON.stringify(this.#state.cursor ?? null), coverage: this.coverage.state() };
  }

  /** Characters of the cursor that was last taken: a long one is taken less often. */
  get cursorLength(): number {
    return this.#safe.cursor.length;
  }

  /** Makes the records last, then the state of the last snapshot. */
  async checkpoint(): Promise<void> {
    const safe = this.#safe;
    await this.#records?.sync();
    await this.#deletions?.sync();
    this.#save(safe);
  }

  /** Ends the segment that is being written; what comes next goes to another one. */
  async closeSegment(): Promise<void> {
    const [records, deletions] = [this.#records, this.#deletions];
    if (records === null && deletions === null) return;
    this.#records = null;
    this.#deletions = null;
    this.#number++;
    await records?.sync();
    await deletions?.sync();
    records?.close();
    deletions?.close();
    this.#closed = this.#number - 1;
  }

  /** Closed segments that are not in the case yet, in order. */
  waiting(): Segment[] {
    return this.#segments().filter(({ number }) => number > this.#state.imported && number <= this.#closed);
  }

  /** Remembers that a segment is in the case; `andForget` deletes its raw records. */
  markImported({ number, records, deletions }: Segment, andForget: boolean): void {
    this.#state.imported = number;
    this.#save(this.#saved);
    if (andForget) for (const file of [records, deletions]) if (file) rmSync(file, { force: true });
  }

  async close(): Promise<void> {
    try {
      await this.closeSegment();
    } finally {
      this.#release();
    }
  }

  #save(safe: Safe): void {
    const { imported } = this.#state;
    const text = `{"imported":${imported},"coverage":${JSON.stringify(safe.coverage)},"cursor":${safe.cursor}}`;
    this.#saved = safe;
    if (text === this.#written) return;
    syncDirectory(join(this.directory, 'segments'));
    replaceFile(join(this.directory, 'state.json'), text);
    this.#written = text;
    this.#isBegun = true;
  }

  #path(ending: string): string {
    return join(this.directory, 'segments', `${this.name}-${String(this.#number).padStart(6, '0')}${ending}`);
  }

  #segments(): Segment[] {
    const found = new Map<number, Segment>();
    for (const file of readdirSync(join(this.directory, 'segments'))) {
      const parts = /-(\d{6,})(\.deletions)?\.([a-z]+)$/.exec(file);
      if (!parts) continue;
      const number = Number(parts[1]);
      const segment = found.get(number) ?? { number, records: null, deletions: null };
      segment[parts[2] ? 'deletions' : 'records'] = join(this.directory, 'segments', file);
      found.set(number, segment);
    }
    return [...found.values()].sort((a, b) => a.number - b.number);
  }

  #readState(): State {
    const path = join(this.directory, 'state.json');
    if (!existsSync(path)) return { cursor: null, imported: 0, coverage: { spans: [], gaps: [] } };
    this.#isBegun = true;
    return JSON.parse(readFileSync(path, 'utf8')) as State;
  }

  /** Whether no run of this collection has ever received anything. */
  #hasNothing(): boolean {
    const { spans, gaps } = this.#readState().coverage;
    return spans.length === 0 && gaps.length === 0 && this.#segments().length === 0;
  }

  #checkAbout(about: CollectionAbout): void {
    const path = join(this.directory, 'collection.json');
    if (!existsSync(path)) {
      replaceFile(path, JSON.stringify(about, null, 2));
      return;
    }
    const known = JSON.parse(readFileSync(path, 'utf8')) as CollectionAbout;
    if (known.collector === about.collector && JSON.stringify(known.options) === JSON.stringify(about.options)) return;
    if (this.#hasNothing()) {
      rmSync(join(this.directory, 'state.json'), { force: true });
      replaceFile(path, JSON.stringify(about, null, 2));
      return;
    }
    throw new UserError(
      `The collection ${this.name} was started with other options: ${differences(known, about)}.`,
      'What a collection covers must not change under its name: give this one another name with --name.',
    );
  }
}

const deletionLine = ({ postId, accountId, time }: Deletion): string =>
  JSON.stringify({ post_id: postId ?? null, account_id: accountId ?? null, time: Math.round(time) });

function differences(known: CollectionAbout, about: CollectionAbout): string {
  if (known.collector !== about.collector) return `it collects from ${known.collector}`;
  const names = new Set([...Object.keys(known.options), ...Object.keys(about.options)]);
  const said = (value: unknown) => (value === undefined ? 'left away' : JSON.stringify(value));
  return [...names]
    .filter((name) => JSON.stringify(known.options[name]) !== JSON.stringify(about.options[name]))
    .map((name) => `${name} was ${said(known.options[name])} and is now ${said(about.options[name])}`)
    .join('; ');
}
