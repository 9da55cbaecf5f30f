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

/** Room on both sides of a block, so that words can be read across its ends. */
export const BLOCK_MARGIN = 16;

const LENGTH_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
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

function baselines(bits: Uint8Array, first: number): Uint32Array {
  const bases = new Uint32Array(bits.length);
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
  readonly #recent = Float64Array.of(1, 4, 8);
  #literalCount = 0;
  #huffman: HuffmanTable | undefined;
  #lengths: FseTable | undefined;
  #offsets: FseTable | undefined;
  #matches: FseTable | undefined;

  constructor(history: ZstdHistory) {
    this.#history = history;
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
    if (format === 0) {
      decodeHuffman(data, view, at, after, table, literals, 0, size);
      return after;
    }
    const quarter = (size + 3) >> 2;
    let from = at + 6;
    for (let stream = 0; stream < 4; stream++) {
      const to = stream === 3 ? after : from + view.getUint16(at + 2 * stream, true);
      const first = Math.min(stream * quarter, size);
      if (to > after) throw new ZstdDamage('literals end too early');
      decodeHuffman(data, view, from, to, table, literals, first, stream === 3 ? size : Math.min(first + quarter, size));
      from = to;
    }
    return after;
  }

  #runSequences(data: Uint8Array, view: DataView, start: number, end: number, count: number): void {
    const lengths = this.#lengths!.entries;
    const offsets = this.#offsets!.entries;
    const matches = this.#matches!.entries;
    const literals = this.#literals;
    const literalCount = this.#literalCount;
    const recent = this.#recent;
    const page = this.#history.page;
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
      let value: number;
      if (offsetCode < 25) {
        bit -= offsetCode;
        value = (1 << offsetCode) + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << offsetCode) - 1));
      } else {
        bit -= offsetCode - 16;
        const high = (view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << (offsetCode - 16)) - 1);
        bit -= 16;
        value = 2 ** offsetCode + high * 65_536 + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & 65_535);
      }
      const matchBits = MATCH_BITS[matchCode]!;
      bit -= matchBits;
      let matchLength =
        MATCH_BASE[matchCode]! + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << matchBits) - 1));
      const lengthBits = LENGTH_BITS[lengthCode]!;
      bit -= lengthBits;
      const literalLength =
        LENGTH_BASE[lengthCode]! + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << lengthBits) - 1));
      if (left > 1) {
        const a = (lengthEntry >>> 8) & 255;
        bit -= a;
        lengthState = (lengthEntry >>> 16) + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << a) - 1));
        const b = (matchEntry >>> 8) & 255;
        bit -= b;
        matchState = (matchEntry >>> 16) + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << b) - 1));
        const c = (offsetEntry >>> 8) & 255;
        bit -= c;
        offsetState = (offsetEntry >>> 16) + ((view.getInt32(bit >> 3, true) >>> (bit & 7)) & ((1 << c) - 1));
      }
      if (bit < floor) throw new ZstdDamage('a sequence stream ends too early');
      let distance: number;
      if (value > 3) {
        distance = value - 3;
        recent[2] = recent[1]!;
        recent[1] = recent[0]!;
        recent[0] = distance;
      } else {
        const which = value - (literalLength === 0 ? 0 : 1);
        distance = which === 3 ? recent[0]! - 1 : recent[which]!;
        if (which !== 0) {
          if (which !== 1) recent[2] = recent[1]!;
          recent[1] = recent[0]!;
          recent[0] = distance;
        }
        if (distance === 0) throw new ZstdDamage('a reference points to itself');
      }
      const afterLiterals = literal + literalLength;
      if (afterLiterals > literalCount || at + literalLength + matchLength > limit) {
        throw new ZstdDamage('a block is too large');
      }
      while (literal < afterLiterals) page[at++] = literals[literal++]!;
      const from = at - distance;
      if (from < 0) {
        this.#history.copyFar(at, distance, matchLength);
        at += matchLength;
      } else if (matchLength > 96 && distance >= matchLength) {
        page.copyWithin(at, from, from + matchLength);
        at += matchLength;
      } else {
        for (let source = from; matchLength > 0; matchLength--) page[at++] = page[source++]!;
      }
    }
    if (bit !== floor) throw new ZstdDamage('a sequence stream does not end where it should');
    if (at + literalCount - literal > limit) throw new ZstdDamage('a block is too large');
    page.set(literals.subarray(literal, literalCount), at);
    this.#history.position = at + literalCount - literal;
  }
}
