import { UserError } from '../base/errors.ts';
import { ByteWindow } from './byte-window.ts';
import { FaultList, type FaultReason, type Prepared, type SpoolOptions } from './fault.ts';
import { LF, OPEN_BRACE, OPEN_BRACKET } from './json-bytes.ts';
import { firstInk, LineInspector, lastInk, lineKind, MAX_LINE_BYTES } from './json-lines.ts';
import { type Content, openContent } from './open-content.ts';
import { RawFile } from './raw-file.ts';
import { type SpoolFile, withSpools } from './spool-file.ts';

/**
 * `lines`: lines up to the last that is not blank; DuckDB gives one row for each of them, in order, so that its row number
 * is the physical line. `blankLines`: lines before that which hold no record (only where a spool was written).
 * `maxLineBytes`: what `maximum_object_size` has to allow.
 */
export interface PreparedLines extends Prepared {
  lines: number;
  maxLineBytes: number;
  blankLines?: number[];
}

const SAMPLE_BYTES = 4096;
const MAX_BLANK_LINES = 5_000_000;
const NULL_LINE = Buffer.from('null\n');

/**
 * Makes a file of one JSON value per line fit for `read_ndjson(..., ignore_errors = true)`. A file in order is used where
 * it lies; else a spool is written in which blank and faulty lines are `null`, so that line numbers stay. JSON is not
 * parsed: a line that is wrong inside comes out of DuckDB as a row of nulls.
 * Throws UserError where the file cannot be read.
 */
export async function prepareLines(file: string, options: SpoolOptions): Promise<PreparedLines> {
  return (await inspect(file, options)) ?? (await spoolLines(file, options));
}

async function inspect(file: string, options: SpoolOptions): Promise<PreparedLines | null> {
  const raw = await RawFile.open(file, options);
  try {
    const inspector = new LineInspector();
    const first = await raw.next();
    if (first !== null && isOtherEncoding(first)) return null;
    for (let chunk = first; chunk !== null; chunk = await raw.next()) if (!inspector.take(chunk)) return null;
    if (!inspector.finish()) return null;
    const { lines, maxLineBytes } = inspector;
    const { bytes } = raw;
    const found = { sha256: raw.sha256(), bytes, records: lines, faults: [], notes: [] };
    return { path: file, spooled: false, ...found, lines, maxLineBytes };
  } finally {
    await raw.close();
  }
}

function isOtherEncoding(first: Buffer): boolean {
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const isUtf16 = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
  return isGzip || isUtf16 || (first[0] === 0x28 && first[1] === 0xb5 && first[2] === 0x2f);
}

class LineSpooler {
  line = 0;
  lines = 0;
  records = 0;
  maxLineBytes = 0;
  readonly blankLines: number[] = [];
  readonly list: FaultList;
  readonly #file: string;
  readonly #out: SpoolFile;
  readonly #window: ByteWindow;
  #pendingBlank = 0;
  #nextNul = -1;

  constructor(file: string, content: Content, out: SpoolFile) {
    this.#file = file;
    this.list = new FaultList(file);
    this.#window = new ByteWindow(content.pieces);
    this.#out = out;
  }

  async run(): Promise<void> {
    const window = this.#window;
    for (;;) {
      await this.#wholeLines();
      if (window.end - window.begin > MAX_LINE_BYTES) {
        await this.#tooLong(window.begin);
        await window.skipPast(LF);
      } else if (window.done) return;
      else await window.more();
      this.#nextNul = -1;
    }
  }

  /** Takes the unfinished last line, which is good as far as its ends tell, or begins an object that only the end cuts off. */
  async finish(damage: string | null): Promise<void> {
    const { buffer, begin, end } = this.#window;
    const rest = buffer.subarray(begin, end);
    if (damage !== null) {
      this.line++;
      await this.#fault('damaged-archive', `the archive ends or breaks here: ${damage}`, rest);
    } else if (rest.length > 0) {
      const isOpenObject = firstInk(rest, 0, rest.length) === OPEN_BRACE && !rest.includes(0);
      if (isOpenObject) await this.#good(begin, end);
      else await this.#judge(begin, end);
    }
  }

  async #wholeLines(): Promise<void> {
    const { buffer, end } = this.#window;
    const view = buffer.subarray(0, end);
    let kept = this.#window.begin;
    for (let from = kept; ; ) {
      const feed = view.indexOf(LF, from);
      if (feed < 0) {
        if (kept < from) await this.#out.write(buffer.subarray(kept, from));
        this.#window.begin = from;
        return;
      }
      if (this.#isPlainlyGood(view, from, feed)) {
        this.line++;
        this.#count(feed - from);
      } else {
        if (kept < from) await this.#out.write(buffer.subarray(kept, from));
        await this.#judge(from, feed);
        kept = feed + 1;
      }
      from = feed + 1;
    }
  }

  #isPlainlyGood(view: Buffer, from: number, to: number): boolean {
    if (
      this.#pendingBlank > 0 ||
      to - from > MAX_LINE_BYTES ||
      view[from] !== OPEN_BRACE ||
      this.#hasNul(view, from, to)
    )
      return false;
    return lineKind(OPEN_BRACE, lastInk(view, from, to)) === 'good';
  }

  #hasNul(view: Buffer, from: number, to: number): boolean {
    if (this.#nextNul < from) {
      const found = view.indexOf(0, from);
      this.#nextNul = found < 0 ? view.length : found;
    }
    return this.#nextNul < to;
  }

  async #judge(from: number, to: number): Promise<void> {
    const line = this.#window.buffer.subarray(from, to);
    const first = firstInk(line, 0, line.length);
    const kind = lineKind(first, lastInk(line, 0, line.length));
    if (kind === 'blank') {
      this.line++;
      this.#pendingBlank++;
    } else if (line.length > MAX_LINE_BYTES) await this.#tooLong(from);
    else if (line.includes(0)) {
      this.line++;
      await this.#fault('nul-byte', 'the line holds NUL bytes', line);
    } else if (kind === 'cut') {
      this.line++;
      const isOpen = first === OPEN_BRACE || first === OPEN_BRACKET;
      await this.#fault('invalid-json', isOpen ? 'the line is cut off' : 'the line is a piece of a JSON value', line);
    } else await this.#good(from, to);
  }

  async #good(from: number, to: number): Promise<void> {
    this.line++;
    await this.#flushBlank();
    this.#count(to - from);
    await this.#out.write(this.#window.buffer.subarray(from, to));
    await this.#out.write('\n');
  }

  async #tooLong(from: number): Promise<void> {
    this.line++;
    const sample = this.#window.buffer.subarray(from, from + SAMPLE_BYTES);
    await this.#fault('line-too-long', `the line is longer than ${MAX_LINE_BYTES >> 20} MB`, sample);
  }

  #count(bytes: number): void {
    this.lines++;
    this.records++;
    if (bytes > this.maxLineBytes) this.maxLineBytes = bytes;
  }

  async #fault(reason: FaultReason, detail: string, sample: Buffer): Promise<void> {
    await this.#flushBlank();
    this.lines++;
    this.records++;
    this.list.add(this.line, reason, detail, sample);
    await this.#out.write(NULL_LINE);
  }

  async #flushBlank(): Promise<void> {
    if (this.blankLines.length + this.#pendingBlank > MAX_BLANK_LINES) {
      const most = MAX_BLANK_LINES.toLocaleString('en');
      throw new UserError(
        `${this.#file} has more than ${most} blank lines`,
        'Take them out first: grep -v "^\\s*$" FILE',
      );
    }
    for (; this.#pendingBlank > 0; this.#pendingBlank--) {
      this.lines++;
      this.blankLines.push(this.lines);
      await this.#out.write(NULL_LINE);
    }
  }
}

async function spoolLines(file: string, options: SpoolOptions): Promise<PreparedLines> {
  const content = await openContent(file, options);
  try {
    return await withSpools(options.spoolDir, ['ndjson'], async (out) => {
      const spooler = new LineSpooler(file, content, out!);
      await spooler.run();
      await spooler.finish(content.summary.damage);
      const { sha256, bytes, notes } = content.summary;
      const { records, lines, maxLineBytes, blankLines } = spooler;
      const { faults } = spooler.list;
      return { path: out!.path, spooled: true, sha256, bytes, records, faults, notes, lines, maxLineBytes, blankLines };
    });
  } finally {
    await content.close();
  }
}

/** The text of the given lines (sorted, from 1) of a plain UTF-8 file, without their line ends; lines past the end are left out. */
export async function readLinesAt(path: string, lines: number[]): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const raw = await RawFile.open(path, { unhashed: true });
  try {
    let parts: Buffer[] = [];
    let line = 1;
    let wanted = 0;
    for (let chunk = await raw.next(); chunk !== null && wanted < lines.length; chunk = await raw.next()) {
      for (let from = 0; from < chunk.length && wanted < lines.length; line++) {
        const feed = chunk.indexOf(LF, from);
        const to = feed < 0 ? chunk.length : feed;
        if (line === lines[wanted]) parts.push(Buffer.from(chunk.subarray(from, to)));
        if (feed < 0) break;
        if (line === lines[wanted]) {
          found.set(line, textOf(parts));
          parts = [];
          wanted++;
        }
        from = to + 1;
      }
    }
    if (parts.length > 0) found.set(line, textOf(parts));
    return found;
  } finally {
    await raw.close();
  }
}

function textOf(parts: Buffer[]): string {
  const text = Buffer.concat(parts).toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
