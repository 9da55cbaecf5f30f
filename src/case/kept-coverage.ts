import { createHash } from 'node:crypto';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { currentRevision } from './results.ts';
import { readSetting, writeSetting } from './settings.ts';
import { showCoverage } from './show-coverage.ts';

type Coverage = Awaited<ReturnType<typeof showCoverage>>;

const settingName = 'kept-coverage';

interface Kept {
  /** What it was measured from. */
  holds: string;
  coverage: Coverage;
}

/** Coverage as `showCoverage` measures it, kept in the case until posts, the context or what collectors noted change. */
export async function keptCoverage(spilloverCase: Case, bins: number): Promise<Coverage> {
  const holds = await fingerprint(spilloverCase, bins);
  const kept = await readSetting<Kept>(spilloverCase, settingName);
  if (kept?.holds === holds) return kept.coverage;
  const coverage = await showCoverage(spilloverCase, bins);
  if (!spilloverCase.readOnly) await writeSetting(spilloverCase, settingName, { holds, coverage } satisfies Kept);
  return coverage;
}

/** What coverage is measured from, in short. */
async function fingerprint(spilloverCase: Case, bins: number): Promise<string> {
  const noted = await spilloverCase.database.first(
    `select count(*) as entries, max(from_time)::varchar as "from", max(to_time)::varchar as "to", sum(posts)::varchar as posts, sum(missed)::varchar as missed from coverage`,
  );
  const parts = [version, bins, await currentRevision(spilloverCase), await caseContext(spilloverCase), noted];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
