import { XxHash64 } from './xxhash64.ts';
import { BLOCK_MARGIN, ZstdBlocks } from './zstd-block.ts';
import type { ZstdDictionary } from './zstd-dictionary.ts';
import { ZstdDamage } from './zstd-entropy.ts';
import { BLOCK_BYTES, ZstdHistory } from './zstd-history.ts';

const frameMagic = 0xfd2fb528;
const historyWindow = 64 * 1024 * 1024;

/** Decodes small frames one by one that share a dictionary, such as messages of a stream; nothing is made anew for a frame. */
export class ZstdFrames {
  readonly #dictionary: ZstdDictionary;
  readonly #history = new ZstdHistory(historyWindow);
  readonly #blocks = new ZstdBlocks(this.#history);
  readonly #block = Buffer.alloc(BLOCK_BYTES + 2 * BLOCK_MARGIN);
  readonly #view = new DataView(this.#block.buffer, this.#block.byteOffset, this.#block.length);

  constructor(dictionary: ZstdDictionary) {
    this.#dictionary = dictionary;
    this.#history.page.set(dictionary.content);
  }

  /**
   * The content of one frame; good until the next one is decoded.
   * @throws ZstdDamage where the frame is broken, of another dictionary, or larger than about 7 MB.
   */
  decode(frame: Buffer): Uint8Array {
    try {
      return this.#decode(frame);
    } catch (error) {
      if (error instanceof RangeError) throw new ZstdDamage('a frame points outside itself');
      throw error;
    }
  }

  #decode(frame: Buffer): Uint8Array {
    if (frame.length < 6 || frame.readUInt32LE(0) !== frameMagic) throw new ZstdDamage('this is no Zstandard frame');
    const { at: start, size, hasChecksum } = this.#readHeader(frame);
    const history = this.#history;
    const from = this.#dictionary.content.length;
    history.position = from;
    this.#blocks.begin(this.#dictionary);
    let at = start;
    for (let isLast = false; !isLast; ) {
      const head = frame.readUIntLE(at, 3);
      at += 3;
      isLast = (head & 1) === 1;
      const kind = (head >> 1) & 3;
      const bytes = head >> 3;
      const stored = kind === 1 ? 1 : bytes;
      if (kind === 3 || bytes > BLOCK_BYTES || at + stored > frame.length) throw new ZstdDamage('a block is broken');
      if (history.position + BLOCK_BYTES + BLOCK_MARGIN > history.page.length)
        throw new ZstdDamage('a frame is too large');
      if (kind === 2) {
        this.#block.set(frame.subarray(at, at + bytes), BLOCK_MARGIN);
        this.#blocks.decode(this.#block, this.#view, BLOCK_MARGIN + bytes);
      } else {
        if (kind === 0) history.page.set(frame.subarray(at, at + bytes), history.position);
        else history.page.fill(frame[at]!, history.position, history.position + bytes);
        history.position += bytes;
      }
      at += stored;
    }
    const content = history.page.subarray(from, history.position);
    if (size !== null && size !== content.length) throw new ZstdDamage('a frame has another size than it states');
    if (hasChecksum) checkSum(content, frame.readUInt32LE(at));
    return content;
  }

  #readHeader(frame: Buffer): { at: number; size: number | null; hasChecksum: boolean } {
    const descriptor = frame[4]!;
    if ((descriptor & 8) !== 0) throw new ZstdDamage('a frame header is broken');
    const isSingle = (descriptor & 32) !== 0;
    let at = isSingle ? 5 : 6;
    const idBytes = [0, 1, 2, 4][descriptor & 3]!;
    const id = idBytes === 0 ? this.#dictionary.id : frame.readUIntLE(at, idBytes);
    if (id !== this.#dictionary.id)
      throw new ZstdDamage(`the frame was made with dictionary ${id}, this one is ${this.#dictionary.id}`);
    at += idBytes;
    const sizeFlag = descriptor >> 6;
    const sizeBytes = sizeFlag === 0 ? (isSingle ? 1 : 0) : 1 << sizeFlag;
    let size: number | null = null;
    if (sizeBytes === 8) size = Number(frame.readBigUInt64LE(at));
    else if (sizeBytes > 0) size = frame.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
    return { at: at + sizeBytes, size, hasChecksum: (descriptor & 4) !== 0 };
  }
}

function checkSum(content: Uint8Array, stated: number): void {
  const hash = new XxHash64();
  hash.update(content);
  if (hash.low32() !== stated) throw new ZstdDamage('a checksum does not agree');
}
