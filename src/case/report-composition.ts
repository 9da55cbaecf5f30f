import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { UserError } from '../base/errors.ts';
import type { Mask } from '../domain/mask.ts';
import { type ReportWords, reportParts, traceReport } from '../reports/trace-report.ts';
import type { Case } from './case.ts';
import { caseMask } from './case-mask.ts';
import { storedResult } from './results.ts';
import { readSetting, writeSetting } from './settings.ts';

/** How the analyst puts a report together. What was seen, method and evidence are always part of it. */
export interface ReportComposition {
  title: string | null;
  introduction: string | null;
  mask: boolean;
  parts: { id: string; title: string; included: boolean; words: string | null }[];
}

interface Kept extends Omit<ReportComposition, 'parts'> {
  parts: { id: string; included: boolean; words: string | null }[];
}

const settingOf = (story: string) => `report/${story}`;

/** The composition of a story's report; everything as the trace gives it where nothing was chosen. */
export async function reportComposition(spilloverCase: Case, story: string): Promise<ReportComposition> {
  const kept = await readSetting<Kept>(spilloverCase, settingOf(story));
  const order = new Map(kept?.parts.map((part, place) => [part.id, place]));
  const parts = reportParts.map(({ id, title }) => {
    const own = kept?.parts.find((part) => part.id === id);
    return { id, title, included: own?.included ?? true, words: own?.words ?? null };
  });
  return {
    title: kept?.title ?? null,
    introduction: kept?.introduction ?? null,
    mask: kept?.mask ?? false,
    parts: parts.sort((a, b) => (order.get(a.id) ?? 99) - (order.get(b.id) ?? 99)),
  };
}

/** Keeps a composition. Parts that are not named stay as they come. @throws UserError for a part that no report has. */
export async function setReportComposition(
  spilloverCase: Case,
  story: string,
  composition: Kept,
): Promise<ReportComposition> {
  const known = new Set<string>(reportParts.map(({ id }) => id));
  for (const { id } of composition.parts)
    if (!known.has(id)) throw new UserError(`A report has no part "${id}".`, `Parts: ${[...known].join(', ')}`);
  await writeSetting(spilloverCase, settingOf(story), composition);
  return reportComposition(spilloverCase, story);
}

/** The report of a stored trace, put together as chosen. @throws UserError before the first trace. */
export async function reportPage(spilloverCase: Case, story: string, masked?: boolean | Mask): Promise<string> {
  const result = await storedResult<TraceResult>(spilloverCase, story, 'trace');
  if (!result) throw new UserError(`"${story}" was not traced yet.`, 'Start a trace first.');
  const composition = await reportComposition(spilloverCase, story);
  const chosen = masked ?? composition.mask;
  const mask = chosen === true ? await caseMask(spilloverCase) : chosen;
  const words: ReportWords = {
    title: composition.title,
    introduction: composition.introduction,
    parts: composition.parts,
  };
  return traceReport(result, { mask, words });
}
