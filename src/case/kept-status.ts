import { version } from '../version.ts';
import type { Case } from './case.ts';
import { currentRevision } from './results.ts';
import { readSetting, writeSetting } from './settings.ts';
import { type CaseStatus, caseStatus, textClusterStatus } from './status.ts';

const settingName = 'kept-status';

interface Kept {
  revision: number;
  version: string;
  status: CaseStatus;
}

/** The status of the case as it was counted last, where it still holds; else null. Counting goes over all posts, which takes seconds in a large case. */
export async function keptStatus(spilloverCase: Case): Promise<CaseStatus | null> {
  const kept = await readSetting<Kept>(spilloverCase, settingName);
  if (!kept || kept.version !== version || kept.revision !== (await currentRevision(spilloverCase))) return null;
  return { ...kept.status, case: spilloverCase.directory, textClusters: await textClusterStatus(spilloverCase) };
}

/** Counts the status and keeps it for the next time. */
export async function countStatus(spilloverCase: Case): Promise<CaseStatus> {
  const revision = await currentRevision(spilloverCase);
  const status = await caseStatus(spilloverCase, version);
  if (!spilloverCase.readOnly) await writeSetting(spilloverCase, settingName, { revision, version, status });
  return status;
}
