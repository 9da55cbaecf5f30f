import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { diskTrouble } from './disk-trouble.ts';

const dataSync = promisify(fdatasync);

/** A file of lines that only grows. A line that does not fit on the disk leaves nothing behind. */
export class LineFile {
  readonly path: string;
  readonly #fd: number;
  #bytes: number;
  #isDirty = false;

  /** Opens the file for appending; a last line without an end, which a killed process left, is cut off. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#fd = openSync(path, 'a+');
      this.#bytes = statSync(path).size;
    } catch (error) {
      throw diskTrouble(error, path);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(lines: readonly string[]): void {
    const data = Buffer.from(`${lines.map(oneLine).join('\n')}\n`);
    try {
      for (let done = 0; done < data.length; ) done += writeSync(this.#fd, data, done);
    } catch (error) {
      ftruncateSync(this.#fd, this.#bytes);
      throw diskTrouble(error, this.path);
    }
    this.#bytes += data.length;
    this.#isDirty = true;
  }

  /** Resolves when all that was appended before is on the disk. */
  async sync(): Promise<void> {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    try {
      await dataSync(this.#fd);
    } catch (error) {
      throw diskTrouble(error, this.path);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

const oneLine = (text: string) => (/[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, ' ') : text);

/** Writes a whole file so that after a crash either the old or the new one is there. */
export function replaceFile(path: string, content: string): void {
  const draft = `${path}.new`;
  try {
    const fd = openSync(draft, 'w');
    try {
      const data = Buffer.from(content);
      for (let done = 0; done < data.length; ) done += writeSync(fd, data, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, path);
    syncDirectory(dirname(path));
  } catch (error) {
    if (existsSync(draft)) rmSync(draft, { force: true });
    throw diskTrouble(error, path);
  }
}

/** Makes new and renamed files of a directory last. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
