import { writeFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';

/** Writes a result where the user asked for it. @throws UserError where that cannot be done. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(
      `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
      'Name another file or folder.',
      { cause: error },
    );
  }
}
