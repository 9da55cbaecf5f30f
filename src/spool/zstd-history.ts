import { ZstdDamage } from './zstd-entropy.ts';

/** The most that one block can hold. */
export const BLOCK_BYTES = 131_072;

const MIN_PAGE_BYTES = 1 << 20;
const MAX_PAGE_BYTES = 1 << 26;

interface Page {
  bytes: Uint8Array;
  length: number;
}

/**
 * The decoded bytes that later blocks may refer to: a queue of pages, so that a window of 2 GiB costs memory only
 * as it fills, is never moved, and is addressed with small integers.
 */
export class ZstdHistory {
  page: Uint8Array;
  view: DataView;
  position = 0;
  readonly #window: number;
  readonly #pageBytes: number;
  readonly #pages: Page[] = [];
  #kept = 0;
  #spare: Uint8Array | undefined;

  constructor(window: number) {
    this.#window = window;
    this.#pageBytes = Math.min(MAX_PAGE_BYTES, Math.max(MIN_PAGE_BYTES, window / 8)) & ~4095;
    this.page = Buffer.allocUnsafeSlow(this.#pageBytes);
    this.view = new DataView(this.page.buffer);
  }

  /** Starts a new page when a block might not fit into this one. */
  reserve(): void {
    if (this.position + BLOCK_BYTES + 16 <= this.page.length) return;
    this.#pages.push({ bytes: this.page, length: this.position });
    this.#kept += this.position;
    while (this.#pages.length > 1 && this.#kept - this.#pages[0]!.length >= this.#window) {
      const oldest = this.#pages.shift()!;
      this.#kept -= oldest.length;
      this.#spare = oldest.bytes;
    }
    this.page = this.#spare ?? Buffer.allocUnsafeSlow(this.#pageBytes);
    this.view = new DataView(this.page.buffer);
    this.#spare = undefined;
    this.position = 0;
  }

  /** Copies `length` bytes to `at` of this page; they begin on an earlier page, `start` < 0 counted from this one. */
  copyFar(at: number, start: number, length: number): void {
    let index = this.#pages.length;
    let from = start;
    while (from < 0) {
      if (--index < 0) throw new ZstdDamage('a reference points before the start of the data');
      from += this.#pages[index]!.length;
    }
    let target = at;
    let left = length;
    for (; index < this.#pages.length && left > 0; index++) {
      const { bytes, length: filled } = this.#pages[index]!;
      const count = Math.min(left, filled - from);
      this.page.set(bytes.subarray(from, from + count), target);
      target += count;
      left -= count;
      from = 0;
    }
    for (; left > 0; left--) this.page[target++] = this.page[from++]!;
  }
}
