import { ByteWindow } from './byte-window.ts';
import { columnNames } from './csv-names.ts';
import { type CsvDialect, CsvRecord, type ScanEnd } from './csv-record.ts';
import { FaultList, type FaultReason, type Prepared, type SpoolOptions } from './fault.ts';
import { type Content, openContent } from './open-content.ts';
import { newlineOf } from './sniff-csv.ts';
import { type SpoolFile, withSpools } from './spool-file.ts';

export type { CsvDialect } from './csv-record.ts';

/**
 * `columns`: names of the cells after the line number, see `columnNames`. `multiline`: records with line breaks inside
 * cells; where there are any, read the spool with `parallel = false` (DuckDB's parallel reader can take text for records).
 * `maxRecordBytes`: what `max_line_size` has to allow.
 */
export interface PreparedCsv extends Prepared {
  columns: string[];
  multiline: number;
  maxRecordBytes: number;
}

const MAX_RECORD_BYTES = 4 * 1024 * 1024;
const MAX_COLUMNS = 100_000;
const MAX_CUT_BYTES = 65_536;
const PEEK_BYTES = 262_144;
const PEEK_RECORDS = 200;
const RESCAN_FACTOR = 8;
const RESCAN_FLOOR_BYTES = 64 * 1024 * 1024;
const LF = 10;
const CR = 13;
const COMMA = 44;
const TAB = 9;

class CsvSpooler {
  records = 0;
  multiline = 0;
  maxRecordBytes = 0;
  columns: string[] = [];
  readonly list: FaultList;
  readonly notes: string[] = [];
  readonly #dialect: CsvDialect;
  readonly #window: ByteWindow;
  readonly #out: SpoolFile;
  readonly #damage: () => string | null;
  #newline = LF;
  #line = 1;
  #read = 0;
  #rescanned = 0;
  #nextNul = -1;
  #blankDropped = false;
  #cut: Buffer = Buffer.alloc(0);
  #header: Buffer[] = [];
  #record!: CsvRecord;
  #second: CsvRecord | null = null;

  constructor(file: string, dialect: CsvDialect, content: Content, out: SpoolFile) {
    this.#dialect = dialect;
    this.list = new FaultList(file);
    this.#window = new ByteWindow(content.pieces);
    this.#damage = () => content.summary.damage;
    this.#out = out;
  }

  async run(): Promise<void> {
    await this.#more();
    const { buffer, begin, end } = this.#window;
    this.#newline = newlineOf(buffer.subarray(begin, Math.min(end, begin + PEEK_BYTES)));
    if (typeof this.#dialect.header !== 'string')
      this.#setColumns(
        this.#dialect.header.map((name) => Buffer.from(name)),
        this.#dialect.header,
      );
    else if (await this.#nextRecord()) await this.#readHeader();
    else return;
    for (;;) {
      this.#takePlainRecords();
      if (!(await this.#nextRecord())) return;
      await this.#takeRecord();
    }
  }

  /** Reports a broken archive, at the record that it cuts or after the last one. */
  finish(): void {
    const damage = this.#damage();
    if (damage !== null) this.#fault('damaged-archive', `the archive ends or breaks here: ${damage}`, this.#cut);
  }

  async #more(): Promise<void> {
    this.#read += await this.#window.more();
    this.#nextNul = -1;
  }

  #consume(to: number, lines: number): void {
    this.#window.begin = to;
    this.#line += lines;
  }

  /** Passes over blank lines; false at the end of the file. */
  async #nextRecord(): Promise<boolean> {
    const window = this.#window;
    for (;;) {
      const { buffer, end } = window;
      let at = window.begin;
      while (at < end && this.#isBlank(buffer[at]!)) at++;
      if (at < end && buffer[at] === this.#newline) {
        this.#consume(at + 1, 1);
        this.#blankDropped = false;
      } else if (at < end) return true;
      else if (window.done) return false;
      else {
        if (end - window.begin > MAX_RECORD_BYTES) {
          window.begin = end;
          this.#blankDropped = true;
        }
        await this.#more();
      }
    }
  }

  #mayBeBlank(byte: number): boolean {
    return byte === this.#newline || this.#isBlank(byte);
  }

  #isBlank(byte: number): boolean {
    if (byte === TAB) return this.#dialect.delimiter !== '\t';
    return byte === 0 || byte === 32 || (byte === CR && this.#newline === LF);
  }

  async #readHeader(): Promise<void> {
    const window = this.#window;
    let record = new CsvRecord(this.#dialect, this.#newline, MAX_COLUMNS);
    let how = await this.#scan(record);
    if (how !== 'record' || record.next - window.begin > MAX_RECORD_BYTES) {
      const feed = window.buffer.subarray(0, window.end).indexOf(this.#newline, window.begin);
      const line = window.buffer.subarray(
        window.begin,
        feed < 0 ? Math.min(window.end, window.begin + PEEK_BYTES) : feed,
      );
      const cells = line.toString('utf8').replaceAll('"', '').split(this.#dialect.delimiter);
      this.notes.push('The header has a quote that is not closed; its names were read without quotes.');
      this.#setColumns(
        cells.map((cell) => Buffer.from(cell.replace(/\r$/, ''))),
        cells,
      );
      await this.#skipLine();
      return;
    }
    const { buffer } = window;
    const width = Math.min(record.count, MAX_COLUMNS);
    const texts = Array.from({ length: width }, (_, i) => record.text(buffer, i));
    const raw = Array.from({ length: width }, (_, i) => Buffer.from(record.raw(buffer, i)));
    this.#consume(record.next, record.innerLines + 1);
    if (!window.done && window.end - window.begin < PEEK_BYTES) await this.#more();
    record = new CsvRecord(this.#dialect, this.#newline, width + 1);
    let same = 0;
    let longer = 0;
    let at = window.begin;
    for (let i = 0; i < PEEK_RECORDS && at < window.end; i++) {
      how = record.scan(window.buffer, at, window.end, window.done);
      if (how === 'record') {
        if (record.count === width && !raw.every((cell, j) => record.isRaw(window.buffer, j, cell))) same++;
        if (record.count === width + 1) longer++;
        at = record.next;
      } else {
        const feed = window.buffer.subarray(0, window.end).indexOf(this.#newline, at);
        at = feed < 0 ? window.end : feed + 1;
      }
    }
    this.#setColumns(raw, longer > same ? ['', ...texts] : texts);
  }

  #setColumns(raw: Buffer[], names: string[]): void {
    this.#header = raw;
    this.columns = columnNames(names);
    this.#record = new CsvRecord(this.#dialect, this.#newline, this.columns.length);
    if (this.#dialect.escape === 'both') {
      this.#second = new CsvRecord({ ...this.#dialect, escape: 'double' }, this.#newline, this.columns.length);
    }
  }

  async #scan(record: CsvRecord): Promise<ScanEnd> {
    const window = this.#window;
    for (;;) {
      const how = record.scan(window.buffer, window.begin, window.end, window.done);
      if (how !== 'more' || window.end - window.begin > MAX_RECORD_BYTES) return how;
      await this.#more();
    }
  }

  /** Passes on records as long as they are in order and at hand. */
  #takePlainRecords(): void {
    const window = this.#window;
    const record = this.#record;
    const width = this.columns.length;
    while (window.begin < window.end && !this.#mayBeBlank(window.buffer[window.begin]!)) {
      const how = record.scan(window.buffer, window.begin, window.end, window.done);
      const most = 2 * (record.next - window.begin + width) + 24;
      if (how !== 'record' || record.count !== width || this.#isSuspect(record)) return;
      if (most > MAX_RECORD_BYTES || this.#out.used + most > this.#out.block.length) return;
      this.#write(record);
      this.#consume(record.next, record.innerLines + 1);
    }
  }

  async #takeRecord(): Promise<void> {
    const window = this.#window;
    let record = this.#record;
    let how = await this.#scan(record);
    if (this.#second !== null && (how !== 'record' || record.count !== this.columns.length)) {
      const again = this.#second.scan(window.buffer, window.begin, window.end, window.done);
      if (again !== 'more') this.#rescanned += this.#second.next - window.begin;
      if (again === 'record' && this.#second.count === this.columns.length) {
        record = this.#second;
        how = again;
      }
    }
    if (record.next - window.begin > MAX_RECORD_BYTES) how = 'more';
    if (how === 'record' && record.count === this.columns.length && !this.#isSuspect(record)) {
      const most = 2 * (record.next - window.begin + record.count) + 24;
      if (this.#out.used + most > this.#out.block.length) await this.#out.room(most);
      this.#write(record);
      this.#consume(record.next, record.innerLines + 1);
    } else await this.#refuse(record, how);
  }

  /** Whether a record with the right number of cells may yet be no good. */
  #isSuspect(record: CsvRecord): boolean {
    const { begin, buffer } = this.#window;
    return (
      this.#blankDropped ||
      this.#hasNul(begin, record.next) ||
      this.#isHeader(record) ||
      (this.#damage() !== null && buffer[record.next - 1] !== this.#newline)
    );
  }

  async #refuse(record: CsvRecord, how: ScanEnd): Promise<void> {
    const { buffer, begin, end, done } = this.#window;
    const next = how === 'more' ? end : record.next;
    const bytes = buffer.subarray(begin, next);
    const isUnended = done && next === end && (how === 'open' || (how === 'record' && bytes.at(-1) !== this.#newline));
    if (how === 'more' || this.#blankDropped) {
      const feed = bytes.indexOf(this.#newline);
      const isLine = feed < 0 || feed > MAX_RECORD_BYTES;
      const detail = isLine ? 'the line is longer than 4 MB' : 'no closing quote within 4 MB';
      await this.#giveUp(isLine ? 'line-too-long' : 'unclosed-quote', detail, bytes, how);
      this.#blankDropped = false;
    } else if (isUnended && this.#damage() !== null && bytes.length < MAX_CUT_BYTES) {
      this.#cut = bytes;
      this.#window.begin = end;
    } else if (how === 'open') {
      await this.#giveUp('unclosed-quote', 'a quoted cell is not closed before the end of the file', bytes, how);
    } else if (how === 'broken') {
      await this.#giveUp('unclosed-quote', 'a quoted cell is not closed where it should be', bytes, how);
    } else if (this.#isHeader(record)) {
      this.#fault('repeated-header', 'the header again', bytes);
      this.#consume(next, record.innerLines + 1);
    } else if (record.count !== this.columns.length) {
      const detail = `${record.count} cells instead of ${this.columns.length}`;
      await this.#giveUp('wrong-column-count', detail, bytes, how);
    } else {
      this.#fault('nul-byte', 'the record holds NUL bytes', bytes);
      this.#consume(next, record.innerLines + 1);
    }
  }

  #write(record: CsvRecord): void {
    const { buffer, begin } = this.#window;
    const out = this.#out;
    const start = out.used;
    let at = start + out.block.write(String(this.#line), start, 'latin1');
    if (record.standard) {
      out.block[at++] = COMMA;
      at += buffer.copy(out.block, at, begin, record.end);
    } else {
      for (let i = 0; i < record.count; i++) {
        out.block[at++] = COMMA;
        at = record.writeCell(buffer, i, out.block, at);
      }
    }
    out.block[at++] = LF;
    out.used = at;
    this.records++;
    if (record.innerLines > 0) this.multiline++;
    if (at - start > this.maxRecordBytes) this.maxRecordBytes = at - start;
  }

  #isHeader(record: CsvRecord): boolean {
    if (record.count !== this.#header.length) return false;
    const { buffer } = this.#window;
    for (let i = 0; i < record.count; i++) if (!record.isRaw(buffer, i, this.#header[i]!)) return false;
    return true;
  }

  #hasNul(from: number, to: number): boolean {
    if (this.#nextNul < from) {
      const found = this.#window.buffer.subarray(0, this.#window.end).indexOf(0, from);
      this.#nextNul = found < 0 ? this.#window.end : found;
    }
    return this.#nextNul < to;
  }

  #fault(reason: FaultReason, detail: string, bytes: Buffer): void {
    this.records++;
    this.list.add(this.#line, reason, detail, bytes);
  }

  /**
   * Reports the record and goes on at the next physical line, so that a stray quote costs one line. Reading lines again is
   * limited to 8 times what was read so far; past that the whole stretch counts as one record.
   */
  async #giveUp(reason: FaultReason, detail: string, bytes: Buffer, how: ScanEnd): Promise<void> {
    const feed = bytes.indexOf(this.#newline);
    const again = feed < 0 ? 0 : bytes.length - feed - 1;
    const limit = RESCAN_FACTOR * (this.#read + this.#window.begin) + RESCAN_FLOOR_BYTES;
    if (again === 0 || this.#rescanned + again <= limit) {
      this.#fault(reason, detail, bytes);
      this.#rescanned += again;
      await this.#skipLine();
      return;
    }
    let lines = 0;
    for (let at = feed; at >= 0; at = bytes.indexOf(this.#newline, at + 1)) lines++;
    this.#fault(reason, `${detail}; the lines up to ${this.#line + lines} were not read one by one`, bytes);
    this.#consume(this.#window.begin + bytes.length, lines);
    if (how !== 'record') await this.#skipLine();
  }

  async #skipLine(): Promise<void> {
    this.#line++;
    this.#nextNul = -1;
    await this.#window.skipPast(this.#newline);
  }
}

/**
 * Rewrites a CSV file as the plainest CSV there is: commas, double quotes, LF, no header, and before the cells of each
 * record the physical line on which it starts. Cells keep their text to the byte. Records that have another number of cells
 * than the header, repeat it, hold NUL bytes, or are never closed become faults.
 * Throws UserError where the file cannot be read.
 */
export async function prepareCsv(file: string, dialect: CsvDialect, options: SpoolOptions): Promise<PreparedCsv> {
  const content = await openContent(file, options);
  try {
    return await withSpools(options.spoolDir, ['csv'], async (out) => {
      const spooler = new CsvSpooler(file, dialect, content, out!);
      await spooler.run();
      spooler.finish();
      const { sha256, bytes } = content.summary;
      const { records, columns, multiline, maxRecordBytes } = spooler;
      const notes = [...content.summary.notes, ...spooler.notes];
      const { faults } = spooler.list;
      return {
        path: out!.path,
        spooled: true,
        sha256,
        bytes,
        records,
        faults,
        notes,
        columns,
        multiline,
        maxRecordBytes,
      };
    });
  } finally {
    await content.close();
  }
}
