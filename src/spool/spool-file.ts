import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from './raw-file.ts';

const BLOCK_BYTES = 1 << 20;

/** A file being written in large blocks, one block on its way while the next one fills. */
export class SpoolFile {
  readonly path: string;
  /** The block being filled: writers may put bytes at `used` after `room`. */
  block: Buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  used = 0;
  #spare: Buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  #writing: Promise<unknown> | undefined;
  readonly #handle: FileHandle;
  #isClosed = false;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async create(folder: string, extension: string): Promise<SpoolFile> {
    const path = join(folder, `${randomUUID()}.${extension}`);
    try {
      await mkdir(folder, { recursive: true });
      return new SpoolFile(path, await open(path, 'wx'));
    } catch (error) {
      throw fileError(path, error);
    }
  }

  /** Makes room for `bytes` more in the block. */
  async room(bytes: number): Promise<void> {
    if (this.used + bytes <= this.block.length) return;
    await this.#flush();
    if (bytes > this.block.length) this.block = Buffer.allocUnsafeSlow(bytes);
  }

  /** Appends at once, whatever the size; what piles up is written by `settle`. */
  put(bytes: Buffer | string): void {
    const length = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
    if (this.used + length > this.block.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.block.length, this.used + length));
      this.block.copy(larger, 0, 0, this.used);
      this.block = larger;
    }
    if (typeof bytes === 'string') this.block.write(bytes, this.used);
    else bytes.copy(this.block, this.used);
    this.used += length;
  }

  /** Writes what was put, once it is enough for a block. */
  async settle(): Promise<void> {
    if (this.used >= BLOCK_BYTES) await this.#flush();
  }

  /** Appends bytes, which may be reused once this has resolved. */
  async write(bytes: Buffer | string): Promise<void> {
    this.put(bytes);
    await this.settle();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#writing;
    this.#isClosed = true;
    await this.#handle.close();
  }

  /** Closes and deletes the file, after a failure. */
  async discard(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    if (!this.#isClosed) await this.#handle.close();
    await rm(this.path, { force: true });
  }

  async #flush(): Promise<void> {
    const full = this.block;
    const length = this.used;
    await this.#writing;
    this.block = this.#spare;
    this.#spare = full;
    this.used = 0;
    if (length === 0) return;
    this.#writing = this.#writeAll(full, length);
    this.#writing.catch(() => undefined);
  }

  async #writeAll(bytes: Buffer, length: number): Promise<void> {
    try {
      for (let from = 0; from < length; ) {
        from += (await this.#handle.write(bytes, from, length - from)).bytesWritten;
      }
    } catch (error) {
      throw fileError(this.path, error);
    }
  }
}

/** Creates spools, gives them to `work`, and closes them after it; where anything fails, deletes them all. */
export async function withSpools<T>(
  folder: string,
  extensions: string[],
  work: (...spools: SpoolFile[]) => Promise<T>,
): Promise<T> {
  const spools: SpoolFile[] = [];
  try {
    for (const extension of extensions) spools.push(await SpoolFile.create(folder, extension));
    const result = await work(...spools);
    for (const spool of spools) await spool.close();
    return result;
  } catch (error) {
    for (const spool of spools) await spool.discard();
    throw error;
  }
}
