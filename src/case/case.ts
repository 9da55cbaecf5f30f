import { join } from 'node:path';
import type { Database } from '../store/database.ts';
import { loadImportFunctions } from '../store/import-functions.ts';
import { type CaseDatabaseOptions, closeCaseDatabase, openCaseDatabase } from '../store/open-case-database.ts';

/** An open case: its directory and its database. Close it when done. */
export interface Case {
  readonly directory: string;
  readonly database: Database;
  readonly readOnly: boolean;
  /** Directory for short-lived files of this case. */
  readonly temporary: string;
  close(): void;
}

/**
 * Opens the case in a directory, creating it unless `readOnly`.
 * @throws UserError when another process writes it, it is missing (read only), or a newer version wrote it.
 */
export async function openCase(directory: string, options: CaseDatabaseOptions = {}): Promise<Case> {
  const database = await openCaseDatabase(directory, options);
  const readOnly = options.readOnly ?? false;
  if (!readOnly) await loadImportFunctions(database);
  return {
    directory,
    database,
    readOnly,
    temporary: join(directory, 'tmp'),
    close: () => closeCaseDatabase(database, directory, readOnly),
  };
}
