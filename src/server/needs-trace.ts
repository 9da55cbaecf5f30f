import type { Case } from '../case/case.ts';
import { traceHolds } from '../case/traced.ts';
import { ApiFault } from './api-fault.ts';
import { storyNamed } from './workbench.ts';

/** A timeline or an export would trace again where the stored trace does not hold; that is for the analyst to start. @throws ApiFault 404, 409 */
export async function needsTrace(reader: Case, story: string): Promise<void> {
  await storyNamed(reader, story);
  const state = await traceHolds(reader, story);
  if (state === 'missing')
    throw new ApiFault(404, 'not-traced', `"${story}" was not traced yet.`, 'Start a trace first.');
  if (state === 'stale')
    throw new ApiFault(409, 'stale', `"${story}" or the case changed since it was traced.`, 'Trace it again first.');
}
