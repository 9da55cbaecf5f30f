import { BLOCK_MARGIN, type ZstdStart } from './zstd-block.ts';
import { readFse, readHuffman, ZstdDamage } from './zstd-entropy.ts';

const magic = 0xec30a437;

/** A Zstandard dictionary: what the frames that name it begin with. */
export interface ZstdDictionary extends ZstdStart {
  id: number;
  content: Uint8Array;
}

/** Reads a structured dictionary (RFC 8878, 5). @throws ZstdDamage where the bytes are none. */
export function readZstdDictionary(bytes: Uint8Array): ZstdDictionary {
  const data = Buffer.alloc(bytes.length + 2 * BLOCK_MARGIN);
  data.set(bytes, BLOCK_MARGIN);
  const end = BLOCK_MARGIN + bytes.length;
  if (bytes.length < 8 || data.readUInt32LE(BLOCK_MARGIN) !== magic) throw new ZstdDamage('this is no dictionary');
  try {
    const huffman = readHuffman(data, BLOCK_MARGIN + 8);
    const offsets = readFse(data, huffman.end, 8);
    const matches = readFse(data, offsets.end, 9);
    const lengths = readFse(data, matches.end, 9);
    const contentAt = lengths.end + 12;
    if (contentAt > end) throw new ZstdDamage('the dictionary is cut off');
    const content = data.subarray(contentAt, end);
    const recent = Int32Array.from([0, 4, 8].map((at) => data.readInt32LE(lengths.end + at)));
    if (recent.some((offset) => offset < 1 || offset > content.length))
      throw new ZstdDamage('the dictionary points outside itself');
    return {
      id: data.readUInt32LE(BLOCK_MARGIN + 4),
      huffman: huffman.table,
      offsets: offsets.table,
      matches: matches.table,
      lengths: lengths.table,
      recent,
      content,
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new ZstdDamage('the dictionary is broken');
    throw error;
  }
}
