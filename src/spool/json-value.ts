import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, CR, LF, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-bytes.ts';

const LOWER_D = 0x64;
const LOWER_U = 0x75;
const LOWER_X = 0x78;
const LONGEST_ESCAPE = 12;

/** How much of a line `startsSibling` looks at, past its indent. */
export const SIBLING_BYTES = 4;

const IN_STRING = new Uint8Array(256);
IN_STRING.fill(1, 0, 32);
IN_STRING[QUOTE] = 1;
IN_STRING[BACKSLASH] = 1;
const OUTSIDE = new Uint8Array(256);
for (const byte of [QUOTE, LF, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET]) OUTSIDE[byte] = 1;
const AFTER_SCALAR = new Uint8Array(256);
for (const byte of [0, 9, LF, CR, 32, COMMA, CLOSE_BRACE, CLOSE_BRACKET]) AFTER_SCALAR[byte] = 1;

export type ValueEnd = 'done' | 'more' | 'mismatch';

/**
 * Finds the end of one JSON value by its quotes and brackets alone, over as many pieces as it takes, and notes on the way
 * what has to be mended in it and where, if it turns out to be broken, the next value of a pretty-printed array begins.
 */
export class JsonValue {
  /** Position after what was scanned. */
  at = 0;
  lines = 0;
  deepest = 0;
  needsMending = false;
  hasNul = false;
  /** Start of the first line that looks like the next sibling or the end of the array; -1 for none. */
  sibling = -1;
  siblingLines = 0;
  #depth = 0;
  #inString = false;
  #scalar = false;
  #open = 0;
  #indent: Buffer | null = null;
  #stack = new Uint8Array(1024);

  /** Begins with the value whose first byte is at `at`; `indent`: the white space before it on its line, where it is to be used. */
  begin(bytes: Buffer, at: number, indent: Buffer | null): void {
    this.at = at;
    this.lines = 0;
    this.deepest = 0;
    this.needsMending = false;
    this.hasNul = false;
    this.sibling = -1;
    this.#depth = 0;
    this.#inString = false;
    this.#open = bytes[at]!;
    this.#scalar = this.#open !== QUOTE && this.#open !== OPEN_BRACE && this.#open !== OPEN_BRACKET;
    this.#indent = indent;
  }

  /** Moves the positions down with the bytes. */
  shift(by: number): void {
    this.at -= by;
    if (this.sibling >= 0) this.sibling -= by;
  }

  /** Goes on up to `to`; `atEnd`: nothing follows. A number or word at the very end is 'more': it may be cut. */
  scan(bytes: Buffer, to: number, atEnd: boolean): ValueEnd {
    if (this.#scalar) {
      while (this.at < to && AFTER_SCALAR[bytes[this.at]!] === 0) this.at++;
      return this.at < to ? 'done' : 'more';
    }
    let at = this.at;
    while (at < to) {
      if (this.#inString) {
        while (at < to && IN_STRING[bytes[at]!] === 0) at++;
        if (at >= to) break;
        const byte = bytes[at]!;
        if (byte === QUOTE) {
          this.#inString = false;
          at++;
          if (this.#depth > 0) continue;
          this.at = at;
          return 'done';
        }
        if (byte === BACKSLASH) {
          if (to - at < LONGEST_ESCAPE && !atEnd) break;
          at += this.#escapeLength(bytes, at, to);
          continue;
        }
        this.needsMending = true;
        if (byte === 0) this.hasNul = true;
        if (byte === LF && !this.#passLine(bytes, at, to, atEnd)) break;
        at++;
        continue;
      }
      while (at < to && OUTSIDE[bytes[at]!] === 0) at++;
      if (at >= to) break;
      const byte = bytes[at]!;
      if (byte === QUOTE) this.#inString = true;
      else if (byte === LF) {
        if (!this.#passLine(bytes, at, to, atEnd)) break;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#push(byte);
      else {
        const opened = this.#stack[--this.#depth];
        if (opened !== (byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET)) {
          this.at = at;
          return 'mismatch';
        }
        if (this.#depth === 0) {
          this.at = at + 1;
          return 'done';
        }
      }
      at++;
    }
    this.at = Math.min(at, to);
    return 'more';
  }

  #push(byte: number): void {
    if (this.#depth === this.#stack.length) {
      const larger = new Uint8Array(2 * this.#stack.length);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    this.#stack[this.#depth++] = byte;
    if (this.#depth > this.deepest) this.deepest = this.#depth;
  }

  /** Length of the escape at `at`; two escapes that make one character count as one. */
  #escapeLength(bytes: Buffer, at: number, to: number): number {
    const kind = bytes[at + 1]!;
    if (kind === LOWER_X) this.needsMending = true;
    if (kind !== LOWER_U || at + 3 >= to) return 2;
    if ((bytes[at + 2]! | 32) !== LOWER_D) return 2;
    const half = bytes[at + 3]! | 32;
    const isHigh = half === 0x38 || half === 0x39 || half === 0x61 || half === 0x62;
    if (!isHigh && !(half >= 0x63 && half <= 0x66)) return 2;
    const isPair =
      isHigh &&
      at + 9 < to &&
      bytes[at + 6] === BACKSLASH &&
      bytes[at + 7] === LOWER_U &&
      (bytes[at + 8]! | 32) === LOWER_D &&
      (bytes[at + 9]! | 32) >= 0x63 &&
      (bytes[at + 9]! | 32) <= 0x66;
    if (isPair) return 8;
    this.needsMending = true;
    return 2;
  }

  /** Counts a line end and looks at the start of the next line; false when that is not at hand yet. */
  #passLine(bytes: Buffer, feed: number, to: number, atEnd: boolean): boolean {
    const indent = this.#indent;
    if (indent !== null && this.sibling < 0) {
      if (feed + indent.length + SIBLING_BYTES > to && !atEnd) return false;
      if (startsSibling(bytes, feed + 1, to, indent, this.#open)) {
        this.sibling = feed + 1;
        this.siblingLines = this.lines + 1;
      }
    }
    this.lines++;
    return true;
  }
}

/**
 * Whether the line at `from` begins with exactly this indent and the byte `open`, or with less and the end of the array,
 * alone on its line but for a comma. Looks at the indent and SIBLING_BYTES at most.
 */
export function startsSibling(bytes: Buffer, from: number, to: number, indent: Buffer, open: number): boolean {
  let same = 0;
  while (same < indent.length && from + same < to && bytes[from + same] === indent[same]) same++;
  if (from + same >= to) return false;
  const byte = bytes[from + same]!;
  if (same === indent.length) return byte === open;
  let after = from + same + 1;
  if (after < to && bytes[after] === COMMA) after++;
  return byte === CLOSE_BRACKET && (after >= to || bytes[after] === LF || bytes[after] === CR);
}
