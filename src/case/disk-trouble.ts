import { UserError } from '../base/errors.ts';

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const closed = new Set(['EROFS', 'EACCES', 'EPERM']);

/** A full or read-only disk as a UserError that says what is safe; any other error as it is. */
export function diskTrouble(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (full.has(code)) {
    return new UserError(
      `The disk is full (${code} at ${path}).`,
      'All whole records written before are kept. Free some space and start the same command again: it goes on where it stopped.',
      { cause: error },
    );
  }
  if (closed.has(code)) {
    return new UserError(
      `${path} cannot be written (${code}).`,
      'The case is read-only for this user: mend its permissions, or name another case with --case DIR.',
      { cause: error },
    );
  }
  return error;
}
