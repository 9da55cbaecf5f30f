import { isUtf8 } from 'node:buffer';
import { openTail } from './decode-text.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, isSpace, LF, OPEN_BRACE, OPEN_BRACKET } from './json-bytes.ts';

/** Longer lines are passed over. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

export type LineKind = 'good' | 'blank' | 'cut';

/** JSON's white space, and NUL, which fills the end of files after a crash. */
export function isBlank(byte: number): boolean {
  return byte === 0 || isSpace(byte);
}

/**
 * Judges a line by its first and last bytes that are not blank (0 where there is none). 'cut' lines cannot be JSON of
 * their own and must not reach DuckDB: its reader goes on into the next line, and then refuses the file or loses that
 * line, even with ignore_errors (JSONReader::ParseJSON in duckdb 1.5).
 */
export function lineKind(first: number, last: number): LineKind {
  if (first === 0) return 'blank';
  if (first === OPEN_BRACE) return last === CLOSE_BRACE ? 'good' : 'cut';
  if (first === OPEN_BRACKET) return last === CLOSE_BRACKET ? 'good' : 'cut';
  return first === CLOSE_BRACE || first === CLOSE_BRACKET || first === COMMA || first === COLON ? 'cut' : 'good';
}

/** First byte of `bytes[from, to)` that is not blank, or 0. */
export function firstInk(bytes: Buffer, from: number, to: number): number {
  for (let i = from; i < to; i++) if (!isBlank(bytes[i]!)) return bytes[i]!;
  return 0;
}

/** Last byte of `bytes[from, to)` that is not blank, or 0. */
export function lastInk(bytes: Buffer, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (!isBlank(bytes[i]!)) return bytes[i]!;
  return 0;
}

/**
 * Looks through a file, piece by piece, for anything that stands in the way of giving it to DuckDB as it is: a byte order
 * mark, NUL, bytes that are not UTF-8, blank lines between others, lines that are cut off or too long.
 * A last line that begins an object and is cut off does no harm.
 */
export class LineInspector {
  /** Lines up to the last that is not blank. */
  lines = 0;
  maxLineBytes = 0;
  #started = false;
  #carry: Buffer = Buffer.alloc(0);
  #blankSeen = false;
  #lineBytes = 0;
  #first = 0;
  #last = 0;

  /** Takes the next piece; false when the file cannot be used as it is. */
  take(piece: Buffer): boolean {
    if (!this.#started) {
      this.#started = true;
      if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) return false;
    }
    return this.#isCleanText(piece) && this.#takeLines(piece);
  }

  /** Takes the end of the file; false when it cannot be used as it is. */
  finish(): boolean {
    if (this.#carry.length > 0) return false;
    if (this.#lineBytes === 0) return true;
    const kind = lineKind(this.#first, this.#last);
    if (kind === 'blank') return true;
    if (kind === 'cut' && this.#first !== OPEN_BRACE) return false;
    return this.#countLine(this.#lineBytes);
  }

  #isCleanText(piece: Buffer): boolean {
    if (piece.includes(0)) return false;
    let from = 0;
    if (this.#carry.length > 0) {
      while (from < piece.length && from < 3 && (piece[from]! & 0xc0) === 0x80) from++;
      const joined = Buffer.concat([this.#carry, piece.subarray(0, from)]);
      if (openTail(joined) > 0 && from === piece.length) {
        this.#carry = joined;
        return true;
      }
      if (!isUtf8(joined)) return false;
    }
    const tail = Math.min(openTail(piece), piece.length - from);
    this.#carry = Buffer.from(piece.subarray(piece.length - tail));
    return isUtf8(piece.subarray(from, piece.length - tail));
  }

  #takeLines(piece: Buffer): boolean {
    let from = 0;
    let feed = piece.indexOf(LF);
    if (this.#lineBytes > 0 && feed >= 0) {
      this.#extend(piece, 0, feed);
      if (!this.#close(this.#first, this.#last, this.#lineBytes)) return false;
      this.#lineBytes = 0;
      from = feed + 1;
      feed = piece.indexOf(LF, from);
    }
    for (; feed >= 0; feed = piece.indexOf(LF, from)) {
      const first = piece[from]!;
      if (first === OPEN_BRACE && piece[feed - 1] === CLOSE_BRACE) {
        if (!this.#countLine(feed - from)) return false;
      } else if (!this.#close(firstInk(piece, from, feed), lastInk(piece, from, feed), feed - from)) return false;
      from = feed + 1;
    }
    if (from === piece.length) return true;
    if (this.#lineBytes === 0) {
      this.#first = 0;
      this.#last = 0;
    }
    this.#extend(piece, from, piece.length);
    return this.#lineBytes <= MAX_LINE_BYTES;
  }

  #extend(piece: Buffer, from: number, to: number): void {
    this.#lineBytes += to - from;
    if (this.#first === 0) this.#first = firstInk(piece, from, to);
    this.#last = lastInk(piece, from, to) || this.#last;
  }

  #close(first: number, last: number, bytes: number): boolean {
    const kind = lineKind(first, last);
    if (kind === 'cut') return false;
    if (kind === 'good') return this.#countLine(bytes);
    this.#blankSeen = true;
    return bytes <= MAX_LINE_BYTES;
  }

  #countLine(bytes: number): boolean {
    if (bytes > this.maxLineBytes) this.maxLineBytes = bytes;
    this.lines++;
    return !this.#blankSeen && bytes <= MAX_LINE_BYTES;
  }
}
