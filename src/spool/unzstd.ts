import { UserError } from '../base/errors.ts';
import { XxHash64 } from './xxhash64.ts';
import { BLOCK_MARGIN, ZstdBlocks } from './zstd-block.ts';
import { ZstdDamage } from './zstd-entropy.ts';
import { BLOCK_BYTES, ZstdHistory } from './zstd-history.ts';

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
const MAX_WINDOW = 2 ** 31;
const OUTPUT_BYTES = 4 * BLOCK_BYTES;

interface Frame {
  window: number;
  size: number | null;
  checksum: boolean;
}

class Input {
  readonly #next: () => Promise<Buffer | null>;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(next: () => Promise<Buffer | null>) {
    this.#next = next;
  }

  /** Copies the next bytes to `target[from, from + count)`; returns how many there were. */
  async take(target: Buffer, from: number, count: number): Promise<number> {
    let done = 0;
    while (done < count) {
      if (this.#at === this.#chunk.length) {
        const chunk = await this.#next();
        if (chunk === null) break;
        this.#chunk = chunk;
        this.#at = 0;
      }
      const copied = this.#chunk.copy(target, from + done, this.#at, this.#at + count - done);
      this.#at += copied;
      done += copied;
    }
    return done;
  }
}

/**
 * Decodes Zstandard frames (RFC 8878), one after another, with windows up to 2 GiB (`zstd --long=31`) and without
 * dictionaries. Yields pieces that hold good until the next one is asked for. Throws ZstdDamage where the data is
 * broken or cut off, after all that was decoded before has been yielded.
 */
export async function* unzstd(next: () => Promise<Buffer | null>): AsyncGenerator<Buffer> {
  const input = new Input(next);
  const output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  const scratch = Buffer.allocUnsafeSlow(BLOCK_BYTES + 2 * BLOCK_MARGIN);
  const view = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);
  let filled = 0;
  const must = async (count: number): Promise<void> => {
    if ((await input.take(scratch, BLOCK_MARGIN, count)) < count) throw new ZstdDamage('the data is cut off');
  };
  try {
    for (;;) {
      const magicBytes = await input.take(scratch, BLOCK_MARGIN, 4);
      if (magicBytes === 0) break;
      if (magicBytes < 4) throw new ZstdDamage('the data is cut off');
      const magic = view.getUint32(BLOCK_MARGIN, true);
      if (magic >>> 4 === SKIPPABLE_MAGIC) {
        await must(4);
        for (let left = view.getUint32(BLOCK_MARGIN, true); left > 0; ) {
          const count = Math.min(left, BLOCK_BYTES);
          await must(count);
          left -= count;
        }
        continue;
      }
      if (magic !== FRAME_MAGIC) throw new ZstdDamage('bytes follow that are not a Zstandard frame');
      const frame = await readFrameHeader(must, scratch);
      const history = new ZstdHistory(frame.window);
      const blocks = new ZstdBlocks(history);
      const hash = frame.checksum ? new XxHash64() : null;
      let decoded = 0;
      for (let last = false; !last; ) {
        await must(3);
        const head = scratch.readUIntLE(BLOCK_MARGIN, 3);
        last = (head & 1) === 1;
        const kind = (head >> 1) & 3;
        const size = head >> 3;
        if (kind === 3 || size > BLOCK_BYTES) throw new ZstdDamage('a block header is broken');
        await must(kind === 1 ? 1 : size);
        history.reserve();
        const before = history.position;
        if (kind === 2) decodeBlock(blocks, scratch, view, BLOCK_MARGIN + size);
        else {
          if (kind === 0) history.page.set(scratch.subarray(BLOCK_MARGIN, BLOCK_MARGIN + size), before);
          else history.page.fill(scratch[BLOCK_MARGIN]!, before, before + size);
          history.position += size;
        }
        const piece = history.page.subarray(before, history.position);
        hash?.update(piece);
        decoded += piece.length;
        output.set(piece, filled);
        filled += piece.length;
        if (filled > OUTPUT_BYTES - BLOCK_BYTES) {
          yield output.subarray(0, filled);
          filled = 0;
        }
      }
      if (frame.size !== null && frame.size !== decoded)
        throw new ZstdDamage('a frame has another size than it states');
      if (hash !== null) {
        await must(4);
        if (view.getUint32(BLOCK_MARGIN, true) !== hash.low32()) throw new ZstdDamage('a checksum does not agree');
      }
    }
  } catch (error) {
    if (error instanceof ZstdDamage && filled > 0) yield output.subarray(0, filled);
    throw error;
  }
  if (filled > 0) yield output.subarray(0, filled);
}

function decodeBlock(blocks: ZstdBlocks, scratch: Buffer, view: DataView, end: number): void {
  try {
    blocks.decode(scratch, view, end);
  } catch (error) {
    if (error instanceof RangeError) throw new ZstdDamage('a block points outside itself');
    throw error;
  }
}

async function readFrameHeader(must: (count: number) => Promise<void>, scratch: Buffer): Promise<Frame> {
  await must(1);
  const descriptor = scratch[BLOCK_MARGIN]!;
  const single = (descriptor & 32) !== 0;
  if ((descriptor & 8) !== 0) throw new ZstdDamage('a frame header is broken');
  let window = 0;
  if (!single) {
    await must(1);
    const code = scratch[BLOCK_MARGIN]!;
    window = 2 ** (10 + (code >> 3)) * (1 + (code & 7) / 8);
  }
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  if (dictionaryBytes > 0) {
    await must(dictionaryBytes);
    if (scratch.readUIntLE(BLOCK_MARGIN, dictionaryBytes) !== 0) {
      throw new UserError(
        'The file was compressed with a Zstandard dictionary',
        'Unpack it first: zstd -d -D DICTIONARY FILE',
      );
    }
  }
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
  let size: number | null = null;
  if (sizeBytes > 0) {
    await must(sizeBytes);
    size =
      sizeBytes === 8 ? Number(scratch.readBigUInt64LE(BLOCK_MARGIN)) : scratch.readUIntLE(BLOCK_MARGIN, sizeBytes);
    if (sizeBytes === 2) size += 256;
  }
  if (single) window = size ?? 0;
  if (size !== null) window = Math.min(window, size);
  if (window > MAX_WINDOW) {
    throw new UserError(
      `The file needs a Zstandard window of ${Math.ceil(window / 2 ** 30)} GiB; 2 GiB is the most that can be read here`,
      'Unpack it first: zstd -d --long=31 FILE (or --memory=…), then import the result.',
    );
  }
  return { window, size, checksum: (descriptor & 4) !== 0 };
}
