import type { FaultReason } from './fault.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSpace,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  startsValue,
} from './json-bytes.ts';
import type { ContextSpool } from './json-context.ts';
import { leadsOn, type PatternNode } from './json-pattern.ts';
import { type Frame, type Inside, JsonPlace } from './json-place.ts';
import type { JsonRecordSpool } from './json-record-spool.ts';
import { mendJson } from './json-text.ts';
import { JsonValue, SIBLING_BYTES, startsSibling } from './json-value.ts';

type Expect = 'value' | 'first' | 'key' | 'colon' | 'next' | 'sibling' | 'end';
type Mode = 'walk' | 'record' | 'overlong' | 'skip' | 'scalar' | 'search' | 'dead';

export interface WalkerOptions {
  root: PatternNode;
  records: JsonRecordSpool;
  contexts: ContextSpool;
  /** Reason for a document that ends too early. */
  cutReason: () => FaultReason;
}

const MAX_RECORD_BYTES = 64 * 1024 * 1024;
const TOO_LONG = { reason: 'line-too-long', detail: `the record is longer than ${MAX_RECORD_BYTES >> 20} MB` } as const;
const MAX_INDENT_BYTES = 1024;
const MAX_NAME_BYTES = 65_536;
const SAMPLE_BYTES = 2048;
const RESCAN_FACTOR = 8;
const RESCAN_FLOOR_BYTES = 256 * 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Goes through a JSON document given in pieces, without keeping more of it than one record, and passes on the values at the
 * wanted places. A broken value costs itself alone where its end can be told: by its brackets, or by the indent of the
 * next one in a pretty-printed array. Else one fault stands for the rest.
 */
export class JsonWalker {
  line = 1;
  /** A fault tells that the document ends too early. */
  cutReported = false;
  matched = false;
  unreadMembers = 0;
  readonly #options: WalkerOptions;
  readonly #inside: Inside | null;
  readonly #value = new JsonValue();
  readonly #place: JsonPlace;
  #mode: Mode = 'walk';
  #isEnded = false;
  #expect: Expect = 'value';
  #at = 0;
  #start = 0;
  #startLine = 0;
  #lastFeed = -1;
  #node: PatternNode | null = null;
  #sample: Buffer = NOTHING;
  #passed = 0;
  #rescanned = 0;

  /** `inside`: where the document is itself a record, with its path, its scope and the line on which it starts. */
  constructor(options: WalkerOptions, inside: Inside | null = null) {
    this.#options = options;
    this.#inside = inside;
    this.#place = new JsonPlace(options.contexts, inside);
    if (inside !== null) this.line = inside.line;
  }

  /** Takes `bytes[0, to)`, from the front of which `moved` bytes were dropped since the last time; returns the first byte to keep. */
  run(bytes: Buffer, moved: number, to: number, atEnd: boolean): number {
    this.#at -= moved;
    this.#start -= moved;
    this.#passed += moved;
    this.#value.shift(moved);
    this.#lastFeed -= moved;
    while (this.#step(bytes, to, atEnd));
    if (atEnd) this.#finish(bytes, to);
    if (this.#mode === 'record' || this.#mode === 'scalar') return this.#start;
    const isIndent = this.#mode === 'walk' && this.#lastFeed >= 0 && this.#at - this.#lastFeed <= MAX_INDENT_BYTES;
    return isIndent ? this.#lastFeed : this.#at;
  }

  #step(bytes: Buffer, to: number, atEnd: boolean): boolean {
    switch (this.#mode) {
      case 'dead':
        this.#at = to;
        return false;
      case 'search':
        return this.#search(bytes, to, atEnd);
      case 'walk':
        return this.#walk(bytes, to, atEnd);
      default:
        return this.#finishValue(bytes, to, atEnd);
    }
  }

  #walk(bytes: Buffer, to: number, atEnd: boolean): boolean {
    let at = this.#at;
    while (at < to && isSpace(bytes[at]!)) {
      if (bytes[at] === LF) {
        this.line++;
        this.#lastFeed = at;
      }
      at++;
    }
    this.#at = at;
    if (at >= to) return false;
    const feed = this.#lastFeed;
    this.#lastFeed = -1;
    const byte = bytes[at]!;
    const frame = this.#place.frame;
    const closer = frame === undefined ? -1 : frame.isArray ? CLOSE_BRACKET : CLOSE_BRACE;
    if (byte === closer && this.#expect !== 'colon' && !(this.#expect === 'value' && !frame!.isArray))
      return this.#leave();
    switch (this.#expect) {
      case 'end':
        if (byte === 0) this.#at++;
        else this.#lose(bytes, to, 'more follows after the end of the document');
        return true;
      case 'next':
        if (frame!.isArray) frame!.index++;
        if (byte !== COMMA && !(frame!.isArray ? startsValue(byte) : byte === QUOTE)) {
          return this.#lose(bytes, to, 'the structure is broken here');
        }
        this.#expect = frame!.isArray ? 'value' : 'key';
        if (byte === COMMA) this.#at++;
        return true;
      case 'colon':
        if (byte !== COLON) return this.#lose(bytes, to, 'the structure is broken here');
        this.#expect = 'value';
        this.#at++;
        return true;
      case 'sibling':
        frame!.index++;
        break;
      case 'key':
        return this.#readName(bytes, to, atEnd);
      case 'first':
        if (!frame!.isArray) return this.#readName(bytes, to, atEnd);
    }
    if (!startsValue(byte)) return this.#lose(bytes, to, 'the structure is broken here');
    return this.#beginValue(bytes, frame, feed);
  }

  #readName(bytes: Buffer, to: number, atEnd: boolean): boolean {
    if (bytes[this.#at] !== QUOTE) return this.#lose(bytes, to, 'the structure is broken here');
    this.#value.begin(bytes, this.#at, null);
    if (this.#value.scan(bytes, to, atEnd) === 'more') {
      return to - this.#at > MAX_NAME_BYTES && this.#lose(bytes, to, 'a member name does not end');
    }
    const raw = bytes.toString('utf8', this.#at, this.#value.at);
    try {
      this.#place.frame!.key = JSON.parse(mendJson(raw)) as string;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#lose(bytes, to, 'a member name is broken');
    }
    this.line += this.#value.lines;
    this.#at = this.#value.at;
    this.#expect = 'colon';
    return true;
  }

  #beginValue(bytes: Buffer, frame: Frame | undefined, feed: number): boolean {
    const byte = bytes[this.#at]!;
    const isRoot = frame === undefined;
    const node = isRoot
      ? this.#options.root
      : frame.isArray
        ? frame.node.each
        : (frame.node.members.get(frame.key) ?? null);
    const isRecord = node?.isRecord === true && !(isRoot && this.#inside !== null);
    if (frame?.isArray) this.#learnIndent(bytes, frame, byte, feed);
    if (!isRecord && node !== null) {
      if (byte === OPEN_BRACE && node.members.size > 0) return this.#enter(node, false);
      if (byte === OPEN_BRACKET && node.each !== null) return this.#enter(node, true);
    }
    this.#start = this.#at;
    this.#startLine = this.line;
    this.#node = node;
    this.#isEnded = false;
    this.#value.begin(bytes, this.#at, frame?.isArray ? frame.indent : null);
    const isContainer = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    this.#mode = isRecord ? 'record' : isContainer || frame === undefined || frame.isArray ? 'skip' : 'scalar';
    return true;
  }

  #learnIndent(bytes: Buffer, frame: Frame, byte: number, feed: number): void {
    if (feed < 0) return;
    const indent = bytes.subarray(feed + 1, this.#at);
    if (frame.indent === null && indent.length > 0 && frame.index === 0) {
      frame.indent = Buffer.from(indent);
      frame.open = byte;
    }
  }

  #enter(node: PatternNode, isArray: boolean): boolean {
    this.#place.enter(node, isArray);
    this.#at++;
    this.#expect = 'first';
    return true;
  }

  #leave(): boolean {
    this.#place.leave();
    this.#at++;
    this.#expect = this.#place.isRoot ? 'end' : 'next';
    return true;
  }

  #finishValue(bytes: Buffer, to: number, atEnd: boolean): boolean {
    const value = this.#value;
    const how = this.#isEnded ? 'done' : value.scan(bytes, to, atEnd);
    if (how === 'done' || (atEnd && this.#place.isRoot && isWholeScalar(bytes, this.#start, to))) {
      this.#isEnded = true;
      if (this.#mode === 'record') {
        const after = this.#isFollowedWell(bytes, to, atEnd);
        if (after === null) return false;
        if (!after) return this.#breakOff(bytes, to, 'the structure is broken after this value');
      }
      this.#at = value.at;
      this.line = this.#startLine + value.lines;
      return this.#takeValue(bytes);
    }
    if (how === 'mismatch') return this.#breakOff(bytes, to, 'the brackets do not match');
    if (this.#mode === 'record' || this.#mode === 'scalar') {
      if (value.at - this.#start > MAX_RECORD_BYTES) {
        this.#sample = Buffer.from(bytes.subarray(this.#start, this.#start + SAMPLE_BYTES));
        this.#mode = this.#mode === 'record' ? 'overlong' : 'skip';
      } else return atEnd && value.sibling >= 0 && this.#breakOff(bytes, to, 'the record does not end');
    }
    this.#at = value.at;
    return this.#mode === 'overlong' && value.sibling >= 0 && this.#breakOff(bytes, to, 'the record does not end');
  }

  /** Whether what comes after the value may follow it; null where that is not at hand yet. */
  #isFollowedWell(bytes: Buffer, to: number, atEnd: boolean): boolean | null {
    let at = this.#value.at;
    while (at < to && isSpace(bytes[at]!)) at++;
    const frame = this.#place.frame;
    if (at >= to) return frame === undefined || atEnd ? true : null;
    if (frame === undefined || bytes[at] === COMMA) return true;
    return frame.isArray
      ? bytes[at] === CLOSE_BRACKET || startsValue(bytes[at]!)
      : bytes[at] === CLOSE_BRACE || bytes[at] === QUOTE;
  }

  #takeValue(bytes: Buffer): boolean {
    const { records, contexts } = this.#options;
    const mode = this.#mode;
    this.#mode = 'walk';
    this.#expect = this.#place.isRoot ? 'end' : 'next';
    const { at: end } = this.#value;
    if (mode === 'overlong') {
      this.matched = true;
      records.fault(this.#startLine, TOO_LONG.reason, TOO_LONG.detail, this.#sample, this.#place.path || '$');
    } else if (mode === 'scalar') {
      const text = bytes.toString('utf8', this.#start, end);
      const frame = this.#place.frame!;
      if (!contexts.add(frame.scope!, frame.key, text, this.#value.needsMending)) this.unreadMembers++;
    } else if (mode === 'record') return this.#takeRecord(bytes, end);
    return true;
  }

  #takeRecord(bytes: Buffer, end: number): boolean {
    const { records, contexts } = this.#options;
    const value = this.#value;
    const verdict = end - this.#start > MAX_RECORD_BYTES ? TOO_LONG : records.judge(bytes, this.#start, end, value);
    this.matched = true;
    if (verdict !== null && typeof verdict !== 'string' && value.sibling >= 0 && this.#mayRescan(end)) {
      return this.#resume(bytes, end, verdict.detail);
    }
    const path = this.#place.path || '$';
    const frame = this.#place.frame;
    if (frame?.isArray && frame.indent !== null && value.sibling >= 0) frame.indent = null;
    if (verdict !== null && typeof verdict !== 'string') {
      records.fault(this.#startLine, verdict.reason, verdict.detail, bytes.subarray(this.#start, end), path);
    } else {
      const ctx = contexts.number(this.#place.scope);
      if (verdict === null) records.writeBytes(this.#startLine, path, ctx, bytes, this.#start, end);
      else records.writeText(this.#startLine, path, ctx, verdict);
    }
    this.#walkInside(bytes, end);
    return true;
  }

  /** Looks for records inside the record at hand. */
  #walkInside(bytes: Buffer, end: number): void {
    const node = this.#node!;
    if (!leadsOn(node)) return;
    const inside = { path: this.#place.path, scope: this.#place.scope, line: this.#startLine };
    const walker = new JsonWalker({ ...this.#options, root: node }, inside);
    walker.run(bytes.subarray(this.#start, end), 0, end - this.#start, true);
  }

  #mayRescan(end: number): boolean {
    const limit = RESCAN_FACTOR * (this.#passed + end) + RESCAN_FLOOR_BYTES;
    return this.#rescanned + end - this.#value.sibling <= limit;
  }

  /** Reports the record at hand and goes on at the line that looks like the next one. */
  #resume(bytes: Buffer, end: number, detail: string): boolean {
    const { sibling, siblingLines } = this.#value;
    const isKept = this.#mode !== 'overlong';
    const content = isKept ? bytes.subarray(this.#start, sibling) : this.#sample;
    this.matched = true;
    this.#options.records.fault(this.#startLine, 'invalid-json', detail, content, this.#place.path || '$');
    if (isKept) this.#walkInside(bytes, sibling);
    this.#rescanned += end - sibling;
    this.line = this.#startLine + siblingLines;
    this.#at = sibling;
    this.#lastFeed = sibling - 1;
    this.#mode = 'walk';
    this.#expect = 'sibling';
    return true;
  }

  #breakOff(bytes: Buffer, to: number, detail: string): boolean {
    const value = this.#value;
    const isRecord = this.#mode === 'record' || this.#mode === 'overlong';
    if (isRecord && value.sibling >= 0 && this.#mayRescan(value.at)) return this.#resume(bytes, value.at, detail);
    if (isRecord) this.matched = true;
    if (this.#mode === 'record') this.#walkInside(bytes, value.at);
    this.#at = value.at;
    this.line = this.#startLine + value.lines;
    return this.#lose(bytes, to, detail, this.#start);
  }

  /** Gives up on what is at hand: goes on with the next element of the innermost array that shows by its indent where it begins. */
  #lose(bytes: Buffer, to: number, detail: string, from = this.#at): boolean {
    const content = bytes.subarray(Math.max(0, from), to);
    const line = from < this.#at ? this.#startLine : this.line;
    const path = this.#place.path || '$';
    if (this.#inside === null) this.#options.records.fault(line, 'invalid-json', detail, content, path);
    this.#mode = this.#place.leaveToIndented() ? 'search' : 'dead';
    return true;
  }

  #search(bytes: Buffer, to: number, atEnd: boolean): boolean {
    const { indent, open } = this.#place.frame!;
    for (;;) {
      const feed = bytes.subarray(0, to).indexOf(LF, this.#at);
      if (feed < 0) {
        this.#at = to;
        return false;
      }
      if (feed + indent!.length + SIBLING_BYTES > to && !atEnd) {
        this.#at = feed;
        return false;
      }
      this.line++;
      this.#at = feed + 1;
      if (startsSibling(bytes, feed + 1, to, indent!, open)) {
        this.#lastFeed = feed;
        this.#mode = 'walk';
        this.#expect = 'sibling';
        return true;
      }
    }
  }

  #finish(bytes: Buffer, to: number): void {
    const mode = this.#mode;
    const isValue = mode === 'record' || mode === 'overlong' || mode === 'skip' || mode === 'scalar';
    if (this.#inside === null && (isValue || (mode === 'walk' && !this.#place.isRoot))) {
      const { records, cutReason } = this.#options;
      const frame = this.#place.frame;
      if (!isValue && frame?.isArray && (this.#expect === 'next' || this.#expect === 'sibling')) frame.index++;
      const content =
        mode === 'record' ? bytes.subarray(this.#start, to) : mode === 'overlong' ? this.#sample : NOTHING;
      records.fault(
        isValue ? this.#startLine : this.line,
        cutReason(),
        'the document is cut off here',
        content,
        this.#place.path || '$',
      );
      this.cutReported = true;
      this.matched ||= mode === 'record' || mode === 'overlong';
    }
    if (mode === 'record') this.#walkInside(bytes, to);
    this.#place.leaveAll();
    this.#mode = 'dead';
  }
}

function isWholeScalar(bytes: Buffer, start: number, to: number): boolean {
  return bytes[start] !== QUOTE && bytes[start] !== OPEN_BRACE && bytes[start] !== OPEN_BRACKET && start < to;
}
