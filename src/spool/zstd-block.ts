import {
  buildFse,
  constantFse,
  decodeHuffman,
  type FseTable,
  type HuffmanTable,
  highBit,
  readFse,
  readHuffman,
  ZstdDamage,
} from './zstd-entropy.ts';
import { BLOCK_BYTES, type ZstdHistory } from './zstd-history.ts';

/** What a dictionary gives the first block of a frame: tables and the last three offsets. */
export interface ZstdStart {
  huffman: HuffmanTable;
  offsets: FseTable;
  matches: FseTable;
  lengths: FseTable;
  recent: Int32Array;
}

/** Room on both sides of a block, so that words can be read across its ends. */
export const BLOCK_MARGIN = 16;

const LENGTH_BITS = Uint8Array.of(
  ...[
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
  ],
);
const MATCH_BITS = Uint8Array.of(
  ...new Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);
const LENGTH_BASE = baselines(LENGTH_BITS, 0);
const MATCH_BASE = baselines(MATCH_BITS, 3);

const DEFAULT_LENGTHS = buildFse(
  Int16Array.of(
    ...[4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  ),
  36,
  6,
);
const DEFAULT_MATCHES = buildFse(
  Int16Array.of(
    ...[1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ...[1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1],
  ),
  53,
  6,
);
const DEFAULT_OFFSETS = buildFse(
  Int16Array.of(...[1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]),
  29,
  5,
);

function baselines(bits: Uint8Array, first: number): Int32Array {
  const bases = new Int32Array(bits.length);
  for (let code = 0, base = first; code < bits.length; code++) {
    bases[code] = base;
    base += 2 ** bits[code]!;
  }
  return bases;
}

/** Decodes the compressed blocks of one frame into its history; keeps what blocks hand on: tables and the last three offsets. */
export class ZstdBlocks {
  readonly #history: ZstdHistory;
  readonly #literals = new Uint8Array(BLOCK_BYTES + BLOCK_MARGIN);
  readonly #literalView = new DataView(this.#literals.buffer);
  readonly #recent = Int32Array.of(1, 4, 8);
  #literalCount = 0;
  #huffman: HuffmanTable | undefined;
  #lengths: FseTable | undefined;
  #offsets: FseTable | undefined;
  #matches: FseTable | undefined;

  constructor(history: ZstdHistory) {
    this.#history = history;
  }

  /** Starts a frame that shares a dictionary: tables and offsets are as it says. */
  begin({ huffman, lengths, offsets, matches, recent }: ZstdStart): void {
    this.#huffman = huffman;
    this.#lengths = lengths;
    this.#offsets = offsets;
    this.#matches = matches;
    this.#recent.set(recent);
  }

  /** Decodes the block in `data[BLOCK_MARGIN, end)`, appending to the history. */
  decode(data: Uint8Array, view: DataView, end: number): void {
    let at = this.#readLiterals(data, view, BLOCK_MARGIN, end);
    let count = data[at++]!;
    if (count >= 128) {
      if (count === 255) {
        count = 0x7f00 + data[at]! + (data[at + 1]! << 8);
        at += 2;
      } else count = ((count - 128) << 8) | data[at++]!;
    }
    if (at > end) throw new ZstdDamage('a block ends too early');
    if (count === 0) {
      this.#history.page.set(this.#literals.subarray(0, this.#literalCount), this.#history.position);
      this.#history.position += this.#literalCount;
      return;
    }
    const modes = data[at++]!;
    if ((modes & 3) !== 0) throw new ZstdDamage('a block uses a reserved mode');
    const pick = (mode: number, standard: FseTable, last: FseTable | undefined, maxLog: number): FseTable => {
      if (mode === 0) return standard;
      if (mode === 1) return constantFse(data[at++]!);
      if (mode === 2) {
        const { table, end: after } = readFse(data, at, maxLog);
        at = after;
        return table;
      }
      if (last === undefined) throw new ZstdDamage('a block repeats a table that there is not');
      return last;
    };
    this.#lengths = pick(modes >> 6, DEFAULT_LENGTHS, this.#lengths, 9);
    this.#offsets = pick((modes >> 4) & 3, DEFAULT_OFFSETS, this.#offsets, 8);
    this.#matches = pick((modes >> 2) & 3, DEFAULT_MATCHES, this.#matches, 9);
    if (at >= end) throw new ZstdDamage('a block ends too early');
    this.#runSequences(data, view, at, end, count);
  }

  #readLiterals(data: Uint8Array, view: DataView, start: number, end: number): number {
    const head = data[start]!;
    const kind = head & 3;
    const format = (head >> 2) & 3;
    const literals = this.#literals;
    if (kind < 2) {
      const extra = format === 1 ? 1 : format === 3 ? 2 : 0;
      const size = (head | (data[start + 1]! << 8) | (data[start + 2]! << 16)) & (0xffffff >> (16 - 8 * extra));
      this.#literalCount = extra === 0 ? size >> 3 : size >> 4;
      const at = start + 1 + extra;
      if (this.#literalCount > BLOCK_BYTES) throw new ZstdDamage('a block is too large');
      if (kind === 1) {
        literals.fill(data[at]!, 0, this.#literalCount);
        return at + 1;
      }
      if (at + this.#literalCount > end) throw new ZstdDamage('literals end too early');
      literals.set(data.subarray(at, at + this.#literalCount));
      return at + this.#literalCount;
    }
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    let at = start + (format < 2 ? 3 : format === 2 ? 4 : 5);
    const low = view.getUint32(start, true) / 16 + data[start + 4]! * 2 ** 28;
    const size = Math.floor(low) % 2 ** width;
    const compressed = Math.floor(low / 2 ** width) % 2 ** width;
    const after = at + compressed;
    if (size > BLOCK_BYTES || after > end) throw new ZstdDamage('literals end too early');
    if (kind === 2) {
      const { table, end: next } = readHuffman(data, at);
      this.#huffman = table;
      at = next;
    }
    const table = this.#huffman;
    if (table === undefined) throw new ZstdDamage('a block repeats a table that there is not');
    this.#literalCount = size;
    const ends = Int32Array.of(at, after, 0, 0, 0);
    if (format !== 0) {
      ends[0] = at + 6;
      for (let stream = 0; stream < 3; stream++)
        ends[stream + 1] = ends[stream]! + view.getUint16(at + 2 * stream, true);
      ends[4] = after;
      if (ends[3]! > after) throw new ZstdDamage('literals end too early');
    }
    decodeHuffman(data, view, ends, format === 0 ? 1 : 4, table, literals, size);
    return after;
  }

  #runSequences(data: Uint8Array, view: DataView, start: number, end: number, count: number): void {
    const lengths = this.#lengths!.entries;
    const offsets = this.#offsets!.entries;
    const matches = this.#matches!.entries;
    const literals = this.#literals;
    const literalCount = this.#literalCount;
    const page = this.#history.page;
    const pageView = this.#history.view;
    const literalView = this.#literalView;
    let [near, second, third] = this.#recent as unknown as [number, number, number];
    let at = this.#history.position;
    const limit = at + BLOCK_BYTES;
    let literal = 0;
    const last = data[end - 1]!;
    if (last === 0) throw new ZstdDamage('a sequence stream is empty');
    let bit = ((end - 1) << 3) + highBit(last);
    const floor = start << 3;
    const initial = (log: number): number => {
      bit -= log;
      return (view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << log) - 1);
    };
    let lengthState = initial(this.#lengths!.log);
    let offsetState = initial(this.#offsets!.log);
    let matchState = initial(this.#matches!.log);
    for (let left = count; left > 0; left--) {
      const lengthEntry = lengths[lengthState]!;
      const offsetEntry = offsets[offsetState]!;
      const matchEntry = matches[matchState]!;
      const offsetCode = offsetEntry & 255;
      const matchCode = matchEntry & 255;
      const lengthCode = lengthEntry & 255;
      if (offsetCode > 31 || matchCode > 52 || lengthCode > 35) throw new ZstdDamage('a sequence has an unknown code');
      // Offsets are 32-bit numbers that wrap: 2^31 is the largest good one, and `from` below comes out right for it.
      let value = 1 << offsetCode;
      if (offsetCode > 24) {
        bit -= offsetCode - 16;
        value |= ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << (offsetCode - 16)) - 1)) << 16;
        bit -= 16;
        value |= (view.getInt32(bit >> 3, true) >>> (bit & 7)) & 65_535;
      } else {
        bit -= offsetCode;
        value |= (view.getInt32(bit >> 3, true) >>> (bit & 7)) & (value - 1);
      }
      let matchLength = MATCH_BASE[matchCode]!;
      if (matchCode > 31) {
        const bits = MATCH_BITS[matchCode]!;
        bit -= bits;
        matchLength += (view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << bits) - 1);
      }
      let literalLength = LENGTH_BASE[lengthCode]!;
      if (lengthCode > 15) {
        const bits = LENGTH_BITS[lengthCode]!;
        bit -= bits;
        literalLength += (view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << bits) - 1);
      }
      if (left > 1) {
        const a = (lengthEntry >>> 8) & 255;
        const b = (matchEntry >>> 8) & 255;
        const c = (offsetEntry >>> 8) & 255;
        bit -= a + b;
        const word = view.getInt32(bit >> 3, true) >>> (bit & 7);
        lengthState = (lengthEntry >>> 16) + ((word >>> b) & ((1 << a) - 1));
        matchState = (matchEntry >>> 16) + (word & ((1 << b) - 1));
        bit -= c;
        offsetState = (offsetEntry >>> 16) + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << c) - 1));
      }
      if (bit < floor) throw new ZstdDamage('a sequence stream ends too early');
      let distance: number;
      if (value > 3 || value < 0) {
        distance = (value - 3) | 0;
        third = second;
        second = near;
        near = distance;
      } else {
        const which = value - (literalLength === 0 ? 0 : 1);
        if (which === 0) distance = near;
        else {
          distance = which === 1 ? second : which === 2 ? third : (near - 1) | 0;
          if (which !== 1) third = second;
          second = near;
          near = distance;
        }
      }
      const afterLiterals = literal + literalLength;
      if (afterLiterals > literalCount || at + literalLength + matchLength > limit) {
        throw new ZstdDamage('a block is too large');
      }
      const matchAt = at + literalLength;
      while (at < matchAt) {
        pageView.setInt32(at, literalView.getInt32(literal, true), true);
        at += 4;
        literal += 4;
      }
      literal = afterLiterals;
      at = matchAt;
      let from = (at - distance) | 0;
      if (from >= at) throw new ZstdDamage('a reference points past the end of the data');
      if (from < 0) {
        this.#history.copyFar(at, from, matchLength);
        at += matchLength;
      } else if (matchLength > 128 && from + matchLength <= at) {
        page.copyWithin(at, from, from + matchLength);
        at += matchLength;
      } else {
        const stop = at + matchLength;
        if (from + 4 > at) while (at < stop) page[at++] = page[from++]!;
        for (; at < stop; at += 4, from += 4) pageView.setInt32(at, pageView.getInt32(from, true), true);
        at = stop;
      }
    }
    this.#recent.set([near, second, third]);
    if (bit !== floor) throw new ZstdDamage('a sequence stream does not end where it should');
    if (at + literalCount - literal > limit) throw new ZstdDamage('a block is too large');
    page.set(literals.subarray(literal, literalCount), at);
    this.#history.position = at + literalCount - literal;
  }
}
