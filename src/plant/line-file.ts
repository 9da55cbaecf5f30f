import { type FileHandle, open } from 'node:fs/promises';

const chunkCharacters = 1 << 20;

/** A text file that is written in large pieces, so that memory stays small however long it grows. */
export class LineFile {
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  #length = 0;
  bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<LineFile> {
    return new LineFile(await open(path, 'w'));
  }

  /** Adds text as it is; returns a promise only when a piece has to go to the disk. */
  write(text: string): Promise<void> | undefined {
    this.#waiting.push(text);
    this.#length += text.length;
    return this.#length >= chunkCharacters ? this.#flush() : undefined;
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#length = 0;
    await this.#handle.writeFile(bytes);
    this.bytes += bytes.length;
  }
}
