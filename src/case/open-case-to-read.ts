import { type CaseDatabaseOptions, CaseInUseError, OlderSchemaError } from '../store/open-case-database.ts';
import { type Case, openCase } from './case.ts';

/**
 * Opens a case to read it. One that an older version wrote is brought up to date first, whole or not at all, and `onNote` says so.
 * @throws UserError as `openCase` does; the one about the older schema where the case cannot be written.
 */
export async function openCaseToRead(
  directory: string,
  onNote: (note: string) => void,
  options: CaseDatabaseOptions = {},
): Promise<Case> {
  try {
    return await openCase(directory, { ...options, readOnly: true });
  } catch (error) {
    if (!(error instanceof OlderSchemaError)) throw error;
    await bringUpToDate(directory, error);
  }
  onNote(
    'An older version of Spillover wrote this case: its tables were brought up to date; nothing in them was changed.',
  );
  return openCase(directory, { ...options, readOnly: true });
}

async function bringUpToDate(directory: string, older: OlderSchemaError): Promise<void> {
  try {
    (await openCase(directory, { mustExist: true, purpose: 'spillover: bringing the case up to date' })).close();
  } catch (error) {
    if (error instanceof CaseInUseError) throw error;
    throw new OlderSchemaError(
      older.message,
      `It could not be brought up to date: ${error instanceof Error ? error.message : error}. Copy the case to where you may write and open the copy.`,
      { cause: error },
    );
  }
}
