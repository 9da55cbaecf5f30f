import { FaultList, type FaultReason } from './fault.ts';
import { CR, LF } from './json-bytes.ts';
import { mendJson } from './json-text.ts';
import type { JsonValue } from './json-value.ts';
import type { SpoolFile } from './spool-file.ts';

const MAX_DEPTH = 512;
const SPACE = 32;

/** Writes records as lines of `{"line","at","ctx","record"}` and collects what is wrong with the others. */
export class JsonRecordSpool {
  records = 0;
  maxLineBytes = 0;
  readonly list: FaultList;
  readonly #out: SpoolFile;

  constructor(file: string, out: SpoolFile) {
    this.list = new FaultList(file);
    this.#out = out;
  }

  fault(line: number, reason: FaultReason, detail: string, content: Buffer | string, at: string): void {
    this.records++;
    this.list.add(line, reason, detail, content, at);
  }

  /** What is wrong with the value in `bytes[from, to)`, or the text to write where its bytes cannot stay as they are, or null. */
  judge(
    bytes: Buffer,
    from: number,
    to: number,
    value: JsonValue,
  ): { reason: FaultReason; detail: string } | string | null {
    if (value.hasNul) return { reason: 'nul-byte', detail: 'the record holds NUL bytes' };
    if (value.deepest > MAX_DEPTH)
      return { reason: 'invalid-json', detail: `the record is nested more than ${MAX_DEPTH} deep` };
    const text = bytes.toString('utf8', from, to);
    const mended = value.needsMending ? mendJson(text) : text;
    try {
      JSON.parse(mended);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { reason: 'invalid-json', detail: Buffer.from(error.message.slice(0, 200)).toString() };
    }
    return mended === text ? null : mended;
  }

  /** Writes a record given as text. */
  writeText(line: number | null, at: string, ctx: number, json: string): void {
    const from = this.#out.used;
    this.#out.put(
      `{"line":${line},"at":${JSON.stringify(at)},"ctx":${ctx},"record":${json.replaceAll(/[\r\n]/g, ' ')}}\n`,
    );
    this.#count(from);
  }

  /** Writes the record in `bytes[from, to)`, which is valid JSON: line ends in it lie between its tokens and become spaces. */
  writeBytes(line: number, at: string, ctx: number, bytes: Buffer, from: number, to: number): void {
    const start = this.#out.used;
    this.#out.put(`{"line":${line},"at":${JSON.stringify(at)},"ctx":${ctx},"record":`);
    const record = this.#out.used;
    this.#out.put(bytes.subarray(from, to));
    const { block, used } = this.#out;
    for (let i = record; i < used; i++) if (block[i] === LF || block[i] === CR) block[i] = SPACE;
    this.#out.put('}\n');
    this.#count(start);
  }

  #count(from: number): void {
    this.records++;
    this.maxLineBytes = Math.max(this.maxLineBytes, this.#out.used - from);
  }
}
