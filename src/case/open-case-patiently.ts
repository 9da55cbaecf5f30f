import { type CaseDatabaseOptions, CaseInUseError } from '../store/open-case-database.ts';
import { type Case, openCase } from './case.ts';

const againMs = 200;

/** Opens a case that a watch may hold for a moment at a time: waits up to `patienceMs` for it. @throws UserError as `openCase` does. */
export async function openCasePatiently(
  directory: string,
  options: CaseDatabaseOptions,
  patienceMs = 15_000,
): Promise<Case> {
  for (const until = Date.now() + patienceMs; ; ) {
    try {
      return await openCase(directory, options);
    } catch (error) {
      if (!(error instanceof CaseInUseError) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
