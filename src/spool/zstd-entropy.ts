/** Bytes that break the Zstandard format; what was decoded before them is good. */
export class ZstdDamage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ZstdDamage';
  }
}

/** A decoding table; an entry holds symbol | bits << 8 | next state base << 16. `log` is its accuracy. */
export interface FseTable {
  log: number;
  entries: Uint32Array;
}

/** A decoding table of 2^log entries that hold symbol | bits << 8. */
export interface HuffmanTable {
  log: number;
  entries: Uint16Array;
}

const HUFFMAN_MAX_LOG = 11;

/** Position of the highest set bit; 0 for 1. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}

function bitsAt(data: Uint8Array, bit: number): number {
  const byte = bit >>> 3;
  return (
    ((data[byte]! | (data[byte + 1]! << 8) | (data[byte + 2]! << 16) | (data[byte + 3]! << 24)) >>> (bit & 7)) >>> 0
  );
}

/** Spreads normalised counts (-1 = less than one) over a table of 2^log states. RFC 8878, 4.1.1. */
export function buildFse(counts: Int16Array, symbols: number, log: number): FseTable {
  const size = 1 << log;
  const entries = new Uint32Array(size);
  const next = new Uint16Array(symbols);
  let high = size - 1;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const count = counts[symbol]!;
    next[symbol] = count < 0 ? 1 : count;
    if (count < 0) entries[high--] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let position = 0;
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (let i = 0; i < counts[symbol]!; i++) {
      entries[position] = symbol;
      do position = (position + step) & (size - 1);
      while (position > high);
    }
  }
  if (position !== 0) throw new ZstdDamage('a probability table does not add up');
  for (let state = 0; state < size; state++) {
    const symbol = entries[state]!;
    const rank = next[symbol]!++;
    const bits = log - highBit(rank);
    entries[state] = symbol | (bits << 8) | (((rank << bits) - size) << 16);
  }
  return { log, entries };
}

/** A table with one state that always gives `symbol` and reads no bits. */
export function constantFse(symbol: number): FseTable {
  return { log: 0, entries: Uint32Array.of(symbol) };
}

/** Reads a probability table at `start`; returns it with the position after it. RFC 8878, 4.1.1. */
export function readFse(data: Uint8Array, start: number, maxLog: number): { table: FseTable; end: number } {
  const log = (data[start]! & 15) + 5;
  if (log > maxLog) throw new ZstdDamage('a probability table is too fine');
  const counts = new Int16Array(256);
  let bit = (start << 3) + 4;
  let remaining = (1 << log) + 1;
  let threshold = 1 << log;
  let width = log + 1;
  let symbol = 0;
  while (remaining > 1 && symbol < 256) {
    const word = bitsAt(data, bit);
    const spare = 2 * threshold - 1 - remaining;
    let count = word & (threshold - 1);
    if (count < spare) {
      bit += width - 1;
    } else {
      count = word & (2 * threshold - 1);
      if (count >= threshold) count -= spare;
      bit += width;
    }
    count--;
    counts[symbol++] = count;
    remaining -= Math.abs(count);
    while (remaining < threshold && width > 1) {
      width--;
      threshold >>= 1;
    }
    if (count !== 0) continue;
    for (let repeat = 3; repeat === 3; symbol += repeat) {
      repeat = bitsAt(data, bit) & 3;
      bit += 2;
      if (symbol > 256) break;
    }
  }
  if (remaining !== 1 || symbol > 256) throw new ZstdDamage('a probability table does not add up');
  return { table: buildFse(counts, symbol, log), end: (bit + 7) >>> 3 };
}

function readWeights(data: Uint8Array, start: number, length: number, weights: Uint8Array): number {
  const { table, end } = readFse(data, start, 6);
  const floor = end << 3;
  const last = data[start + length - 1]!;
  if (last === 0 || end > start + length) throw new ZstdDamage('a Huffman table is cut off');
  let bit = ((start + length - 1) << 3) + highBit(last);
  const take = (count: number): number => {
    bit -= count;
    if (bit >= floor) return bitsAt(data, bit) & ((1 << count) - 1);
    const known = bit + count - floor;
    if (known <= 0) return 0;
    return (bitsAt(data, floor) & ((1 << known) - 1)) << (count - known);
  };
  const states = [take(table.log), take(table.log)];
  let count = 0;
  for (let turn = 0; count < 255; turn ^= 1) {
    const entry = table.entries[states[turn]!]!;
    weights[count++] = entry & 255;
    states[turn] = (entry >>> 16) + take((entry >>> 8) & 255);
    if (bit < floor) {
      weights[count++] = table.entries[states[turn ^ 1]!]! & 255;
      return count;
    }
  }
  throw new ZstdDamage('a Huffman table has too many symbols');
}

/** Reads a Huffman tree description at `start`; returns its table with the position after it. RFC 8878, 4.2.1. */
export function readHuffman(data: Uint8Array, start: number): { table: HuffmanTable; end: number } {
  const head = data[start]!;
  const weights = new Uint8Array(257);
  let count: number;
  let end: number;
  if (head < 128) {
    end = start + 1 + head;
    count = readWeights(data, start + 1, head, weights);
  } else {
    count = head - 127;
    end = start + 1 + ((count + 1) >> 1);
    for (let i = 0; i < count; i++) weights[i] = (data[start + 1 + (i >> 1)]! >> (i & 1 ? 0 : 4)) & 15;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i]! > HUFFMAN_MAX_LOG) throw new ZstdDamage('a Huffman code is too long');
    if (weights[i]! > 0) sum += 1 << (weights[i]! - 1);
  }
  const log = sum === 0 ? 0 : highBit(sum) + 1;
  const left = (1 << log) - sum;
  if (log === 0 || log > HUFFMAN_MAX_LOG || (left & (left - 1)) !== 0) {
    throw new ZstdDamage('a Huffman table does not add up');
  }
  weights[count++] = highBit(left) + 1;
  const entries = new Uint16Array(1 << log);
  let slot = 0;
  for (let weight = 1; weight <= log; weight++) {
    for (let symbol = 0; symbol < count; symbol++) {
      if (weights[symbol] !== weight) continue;
      const width = 1 << (weight - 1);
      entries.fill(symbol | ((log + 1 - weight) << 8), slot, slot + width);
      slot += width;
    }
  }
  return { table: { log, entries }, end };
}

/**
 * Decodes `streams` Huffman streams, which are read from their ends, side by side: stream i fills `out` from i * quarter.
 * `ends` holds their bounds in `data`, one more than streams; data needs 8 bytes of room on both sides.
 */
export function decodeHuffman(
  data: Uint8Array,
  view: DataView,
  ends: Int32Array,
  streams: number,
  table: HuffmanTable,
  out: Uint8Array,
  size: number,
): void {
  const { log, entries } = table;
  const mask = (1 << log) - 1;
  const quarter = streams === 1 ? size : (size + 3) >> 2;
  const bits = new Int32Array(4);
  for (let stream = 0; stream < streams; stream++) {
    const end = ends[stream + 1]!;
    const last = end > ends[stream]! ? data[end - 1]! : 0;
    if (last === 0) throw new ZstdDamage('a literal stream is empty');
    bits[stream] = ((end - 1) << 3) + highBit(last);
  }
  for (let stream = 0; stream < streams; stream++) {
    const floor = ends[stream]! << 3;
    const to = stream === streams - 1 ? size : Math.min((stream + 1) * quarter, size);
    let bit = bits[stream]!;
    let at = Math.min(stream * quarter, size);
    for (; at + 1 < to && bit >= floor; at += 2) {
      const byte = (bit - 22) >> 3;
      const word = view.getInt32(byte, true);
      let top = bit - (byte << 3);
      const first = entries[(word >>> (top - log)) & mask]!;
      top -= first >> 8;
      const second = entries[(word >>> (top - log)) & mask]!;
      out[at] = first;
      out[at + 1] = second;
      bit = (byte << 3) + top - (second >> 8);
    }
    for (; at < to && bit >= floor; at++) {
      const byte = (bit - 22) >> 3;
      const entry = entries[(view.getInt32(byte, true) >>> (bit - (byte << 3) - log)) & mask]!;
      out[at] = entry;
      bit -= entry >> 8;
    }
    if (at !== to || bit !== floor) throw new ZstdDamage('a literal stream does not end where it should');
  }
}
