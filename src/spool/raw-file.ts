import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../base/errors.ts';

const CHUNK_BYTES = 1 << 20;

export interface RawOptions {
  onProgress?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  unhashed?: boolean;
}

/** Turns a failed file operation into a UserError that says which file and what to do. */
export function fileError(file: string, cause: unknown): UserError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const message = cause instanceof Error ? cause.message : String(cause);
  const known: Record<string, [string, string]> = {
    ENOENT: [`No such file: ${file}`, 'Check the path.'],
    ENOTDIR: [`No such file: ${file}`, 'A part of the path is a file, not a folder.'],
    EACCES: [`Not allowed to read ${file}`, 'Check the permissions of the file and its folder.'],
    EPERM: [`Not allowed to read ${file}`, 'Check the permissions of the file and its folder.'],
    EISDIR: [`${file} is a folder, not a file`, 'Name the files in it.'],
    ENOSPC: [
      `No space left on the disk while working on ${file}`,
      'Free some space, or move the case to another disk.',
    ],
  };
  const [text, hint] = known[code] ?? [`Cannot read ${file}: ${message}`, 'Check that the disk is in order.'];
  return new UserError(text, hint, { cause });
}

/**
 * A file read once from start to end in chunks, with the next chunk on its way while one is in use.
 * A chunk holds good until the next one is asked for. `bytes` and `sha256` cover what was read so far.
 */
export class RawFile {
  readonly file: string;
  readonly size: number;
  bytes = 0;
  readonly #handle: FileHandle;
  readonly #options: RawOptions;
  readonly #hash: Hash | null;
  readonly #buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)];
  #pending: Promise<number> | undefined;
  #turn = 0;
  #closed = false;

  private constructor(file: string, size: number, handle: FileHandle, options: RawOptions) {
    this.file = file;
    this.size = size;
    this.#handle = handle;
    this.#options = options;
    this.#hash = options.unhashed ? null : createHash('sha256');
  }

  static async open(file: string, options: RawOptions = {}): Promise<RawFile> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(file, 'r');
      const stat = await handle.stat();
      if (stat.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
      if (!stat.isFile()) {
        throw new UserError(`${file} is not a regular file`, 'Save its content as a file first.');
      }
      return new RawFile(file, stat.size, handle, options);
    } catch (error) {
      await handle?.close();
      throw error instanceof UserError ? error : fileError(file, error);
    }
  }

  async next(): Promise<Buffer | null> {
    this.#options.signal?.throwIfAborted();
    if (this.#closed) return null;
    const buffer = this.#buffers[this.#turn]!;
    const length = await (this.#pending ?? this.#read(buffer)).catch((error: unknown) => {
      throw fileError(this.file, error);
    });
    if (length === 0) return null;
    this.#turn ^= 1;
    this.#pending = this.#read(this.#buffers[this.#turn]!);
    this.#pending.catch(() => undefined);
    const chunk = buffer.subarray(0, length);
    this.bytes += length;
    this.#hash?.update(chunk);
    this.#options.onProgress?.(this.bytes, Math.max(this.size, this.bytes));
    return chunk;
  }

  /** Reads what is left of the file, so that the hash covers all of it. */
  async drain(): Promise<void> {
    while ((await this.next()) !== null);
  }

  sha256(): string {
    return this.#hash?.copy().digest('hex') ?? '';
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pending?.catch(() => undefined);
    await this.#handle.close();
  }

  #read(buffer: Buffer): Promise<number> {
    return this.#handle.read(buffer, 0, buffer.length, null).then((result) => result.bytesRead);
  }
}
