/** How a CSV file is written. `escape`: how a quote stands inside a quoted cell: "" or \" or either. `nullText` cells become empty. */
export interface CsvDialect {
  delimiter: ',' | ';' | '\t';
  escape: 'double' | 'backslash' | 'both';
  header: 'first-row' | string[];
  nullText?: string;
}

/** How a scan ended: at the end of a record, for want of bytes, inside quotes at the end, or at a quote that cannot be right. */
export type ScanEnd = 'record' | 'more' | 'open' | 'broken';

const QUOTE = 34;
const BACKSLASH = 92;
const LF = 10;
const CR = 13;
const COMMA = 44;

const QUOTED = 1;
const ESCAPED = 2;
const MIXED = 4;
const EMPTIED = 8;

/**
 * Reads one record at a time from bytes at hand, and writes its cells in standard form. Positions of cells leave out the
 * quotes around them. Text after a closing quote belongs to the cell, as in Python's csv.
 */
export class CsvRecord {
  /** Number of cells, counted on past the room there is to keep them. */
  count = 0;
  /** Position after the record and its line end. */
  next = 0;
  /** End of the record without its line end. */
  end = 0;
  /** Line ends inside the record. */
  innerLines = 0;
  /** The record can be copied as it is. */
  standard = true;
  readonly columns: number;
  readonly #delimiter: number;
  readonly #newline: number;
  readonly #doubles: boolean;
  readonly #backslashes: boolean;
  readonly #nullBytes: Buffer | null;
  readonly #stops = new Uint8Array(256);
  readonly #quotedStops = new Uint8Array(256);
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #flags: Uint8Array;
  #sawBackslash = false;

  /** `newline`: the byte that ends lines, 10 (a 13 before it is dropped) or 13. `columns`: how many cells are expected. */
  constructor(dialect: CsvDialect, newline: number, columns: number) {
    this.columns = columns;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#newline = newline;
    this.#doubles = dialect.escape !== 'backslash';
    this.#backslashes = dialect.escape !== 'double';
    this.#nullBytes = dialect.nullText ? Buffer.from(dialect.nullText) : null;
    for (const byte of [this.#delimiter, newline, QUOTE, CR]) this.#stops[byte] = 1;
    for (const byte of this.#backslashes ? [newline, QUOTE, BACKSLASH] : [newline, QUOTE]) this.#quotedStops[byte] = 1;
    this.#starts = new Int32Array(columns + 1);
    this.#ends = new Int32Array(columns + 1);
    this.#flags = new Uint8Array(columns + 1);
  }

  /**
   * Scans the record that begins at `from`; `atEnd`: no bytes follow `to`. A quote is taken to be wrong ('broken') when its
   * cell runs over several lines and then neither a delimiter nor a line end follows, or when a record over several lines
   * comes to more cells than expected.
   */
  scan(bytes: Buffer, from: number, to: number, atEnd: boolean): ScanEnd {
    const delimiter = this.#delimiter;
    const newline = this.#newline;
    const stops = this.#stops;
    let standard = delimiter === COMMA && newline === LF;
    let lines = 0;
    let count = 0;
    let at = from;
    for (;;) {
      let flag = 0;
      let start = at;
      let end = -1;
      if (at < to && bytes[at] === QUOTE) {
        flag = QUOTED;
        start = at + 1;
        const linesBefore = lines;
        at = this.#closingQuote(bytes, start, to);
        lines += this.innerLines;
        if (this.#sawBackslash) {
          flag |= ESCAPED;
          standard = false;
        }
        if (at + 2 >= to && !atEnd) return 'more';
        if (at >= to) return this.#stop('open', to, lines);
        end = at++;
        if (at < to && bytes[at] === CR && newline === LF && (at + 1 === to || bytes[at + 1] === LF)) at++;
        if (at < to && bytes[at] !== delimiter && bytes[at] !== newline) {
          if (lines > linesBefore) return this.#stop('broken', at, lines);
          flag |= MIXED;
        }
      }
      if (end < 0 || (flag & MIXED) !== 0) {
        for (;;) {
          while (at < to && stops[bytes[at]!] === 0) at++;
          if (at >= to || bytes[at] === delimiter || bytes[at] === newline) break;
          flag |= MIXED;
          at++;
        }
        if (at >= to && !atEnd) return 'more';
        end = at;
      }
      const isLast = at >= to || bytes[at] === newline;
      if (isLast && (flag & MIXED) !== 0 && bytes[end - 1] === CR) {
        end--;
        if (flag === MIXED && !hasQuoteOrReturn(bytes, start, end)) flag = 0;
      }
      if (this.#nullBytes !== null && (flag & MIXED) === 0 && isSame(bytes, start, end, this.#nullBytes))
        flag |= EMPTIED;
      if (flag > (QUOTED | ESCAPED)) standard = false;
      if (count <= this.columns) {
        this.#starts[count] = start;
        this.#ends[count] = end;
        this.#flags[count] = flag;
      }
      count++;
      if (lines > 0 && count > this.columns) return this.#stop('broken', at, lines);
      if (isLast) {
        this.count = count;
        this.standard = standard;
        this.end = (flag & (QUOTED | MIXED)) === QUOTED ? end + 1 : end;
        return this.#stop('record', Math.min(at + 1, to), lines);
      }
      at++;
    }
  }

  /** Writes cell `index`, quoted where needed, to `out` from `at`; returns the position after it: twice its bytes and 2 more at most. */
  writeCell(bytes: Buffer, index: number, out: Buffer, at: number): number {
    const flag = this.#flags[index]!;
    const start = this.#starts[index]!;
    const end = this.#ends[index]!;
    if ((flag & EMPTIED) !== 0 || start === end) return at;
    if (flag === 0 && !needsQuotes(bytes, start, end)) return at + bytes.copy(out, at, start, end);
    let to = at;
    out[to++] = QUOTE;
    let quoted = (flag & QUOTED) !== 0;
    for (let i = start; i < end; i++) {
      let byte = bytes[i]!;
      if (quoted && byte === BACKSLASH && this.#backslashes && i + 1 < end && isEscapable(bytes[i + 1]!))
        byte = bytes[++i]!;
      else if (quoted && byte === QUOTE && this.#doubles && i + 1 < end && bytes[i + 1] === QUOTE) i++;
      else if (quoted && byte === QUOTE) {
        quoted = false;
        continue;
      }
      if (byte === QUOTE) out[to++] = QUOTE;
      out[to++] = byte;
    }
    out[to++] = QUOTE;
    return to;
  }

  /** The text of cell `index`. */
  text(bytes: Buffer, index: number): string {
    const out = Buffer.allocUnsafe(2 * (this.#ends[index]! - this.#starts[index]!) + 2);
    const text = out.toString('utf8', 0, this.writeCell(bytes, index, out, 0));
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  }

  /** The bytes of cell `index` as they stand. */
  raw(bytes: Buffer, index: number): Buffer {
    return bytes.subarray(this.#starts[index]!, this.#ends[index]!);
  }

  /** Whether cell `index` stands there as these bytes. */
  isRaw(bytes: Buffer, index: number, wanted: Buffer): boolean {
    return isSame(bytes, this.#starts[index]!, this.#ends[index]!, wanted);
  }

  /** Position of the quote that ends a quoted cell, or `to` or more; leaves the number of lines passed in `innerLines`. */
  #closingQuote(bytes: Buffer, from: number, to: number): number {
    const newline = this.#newline;
    const stops = this.#quotedStops;
    const doubles = this.#doubles;
    let lines = 0;
    let at = from;
    this.#sawBackslash = false;
    for (; ; at++) {
      while (at < to && stops[bytes[at]!] === 0) at++;
      if (at >= to) break;
      const byte = bytes[at]!;
      if (byte === newline) lines++;
      else if (byte === QUOTE) {
        if (!doubles || at + 1 >= to || bytes[at + 1] !== QUOTE) break;
        at++;
      } else {
        this.#sawBackslash = true;
        at++;
        if (at < to && bytes[at] === newline) lines++;
      }
    }
    this.innerLines = lines;
    return at;
  }

  #stop(how: ScanEnd, next: number, lines: number): ScanEnd {
    this.next = next;
    this.innerLines = lines;
    return how;
  }
}

function isEscapable(byte: number): boolean {
  return byte === QUOTE || byte === BACKSLASH || byte === LF || byte === CR;
}

function needsQuotes(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === COMMA || bytes[i] === LF) return true;
  return false;
}

function hasQuoteOrReturn(bytes: Buffer, start: number, end: number): boolean {
  const cell = bytes.subarray(start, end);
  return cell.includes(QUOTE) || cell.includes(CR);
}

function isSame(bytes: Buffer, start: number, end: number, wanted: Buffer): boolean {
  if (end - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}
