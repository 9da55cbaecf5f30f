import { UserError } from '../base/errors.ts';

export type FaultReason =
  | 'invalid-json'
  | 'wrong-column-count'
  | 'repeated-header'
  | 'unclosed-quote'
  | 'nul-byte'
  | 'line-too-long'
  | 'damaged-archive';

/** One record that could not be passed on: its physical line (from 1), its place in the document, why, and how it begins. */
export interface Fault {
  line: number;
  at?: string;
  reason: FaultReason;
  detail: string;
  sample: string;
}

export interface SpoolOptions {
  spoolDir: string;
  onProgress?: (bytesDone: number, bytesTotal: number) => void;
  signal?: AbortSignal;
}

/** A file made ready for DuckDB: `records` counts the faulty ones too, `bytes` and `sha256` are of the original file as it lies on disk. */
export interface Prepared {
  path: string;
  spooled: boolean;
  sha256: string;
  bytes: number;
  records: number;
  faults: Fault[];
  notes: string[];
}

const SAMPLE_CHARACTERS = 500;
const SAMPLE_BYTES = 2 * SAMPLE_CHARACTERS;
const MAX_FULL_SAMPLES = 50_000;
const MAX_FAULTS = 2_000_000;

/** The first 500 characters of the text, with NUL shown as ␀ and half surrogate pairs as U+FFFD. */
export function sampleOf(content: Buffer | string): string {
  const text = typeof content === 'string' ? content : content.toString('utf8', 0, SAMPLE_BYTES);
  return Buffer.from(text.slice(0, SAMPLE_CHARACTERS)).toString().replaceAll('\0', '␀');
}

/** Collects faults in bounded memory: samples stop after 50,000 faults, and 2,000,000 faults are a UserError. */
export class FaultList {
  readonly faults: Fault[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number, reason: FaultReason, detail: string, content: Buffer | string, at?: string): void {
    const sample = this.faults.length < MAX_FULL_SAMPLES ? sampleOf(content) : '';
    this.push(at === undefined ? { line, reason, detail, sample } : { line, at, reason, detail, sample });
  }

  push(fault: Fault): void {
    if (this.faults.length >= MAX_FAULTS) {
      throw new UserError(
        `More than ${MAX_FAULTS.toLocaleString('en')} records of ${this.#file} cannot be read`,
        'The file is probably of another format: name it with --format, or see `spillover formats`.',
      );
    }
    this.faults.push(fault);
  }
}
