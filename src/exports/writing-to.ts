import { UserError } from '../base/errors.ts';

/** Does work that writes a file. @throws UserError that names the file where its place cannot be written. */
export function writingTo<T>(file: string, work: () => T): T {
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
