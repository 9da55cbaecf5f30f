import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { UserError } from '../base/errors.ts';

/** Writes a result where the user asked for it. @throws UserError where that cannot be done. */
export function writeText(file: string, text: string): void {
  attempt(file, () => writeFileSync(file, text));
}

/** Writes many lines, which end in their line breaks, without holding them all. @throws UserError where that cannot be done. */
export function writeLines(file: string, ...parts: Iterable<string>[]): void {
  attempt(file, () => {
    const handle = openSync(file, 'w');
    try {
      let block = '';
      for (const part of parts) {
        for (const line of part) {
          block += line;
          if (block.length < 1 << 16) continue;
          writeSync(handle, block);
          block = '';
        }
      }
      writeSync(handle, block);
    } finally {
      closeSync(handle);
    }
  });
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UserError(
      `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
      'Name another file or folder.',
      { cause: error },
    );
  }
}
