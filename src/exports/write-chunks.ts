import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UserError } from '../base/errors.ts';

/**
 * Writes pieces of text one after the other without holding them all; the file appears whole or not at all.
 * @returns bytes written
 * @throws UserError where the place cannot be written.
 */
export function writeChunks(file: string, ...parts: Iterable<string>[]): number {
  const part = `${file}.part`;
  const handle = place(file, () => openSync(part, 'w'));
  let bytes = 0;
  let closed = false;
  try {
    let block = '';
    const flush = () => {
      const buffer = Buffer.from(block);
      for (let at = 0; at < buffer.length; ) at += place(file, () => writeSync(handle, buffer, at));
      bytes += buffer.length;
      block = '';
    };
    for (const chunks of parts) {
      for (const chunk of chunks) {
        block += chunk;
        if (block.length >= 1 << 18) flush();
      }
    }
    flush();
    closeSync(handle);
    closed = true;
    place(file, () => renameSync(part, file));
  } finally {
    if (!closed) closeSync(handle);
    rmSync(part, { force: true });
  }
  return bytes;
}

function place<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UserError(
      `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
      'Name another file or folder.',
      { cause: error },
    );
  }
}
