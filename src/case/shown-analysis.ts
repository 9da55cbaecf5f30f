import type { Mask } from '../domain/mask.ts';
import { analysisFigures } from '../reports/analysis-figures.ts';
import { analysisReport, citedPosts } from '../reports/analysis-report.ts';
import type { Figure } from '../reports/figures/figure.ts';
import { type AnalysisRun, findAnalysis } from './analyse.ts';
import type { Case } from './case.ts';
import { evidencePosts } from './evidence-posts.ts';
import { maskAnalysis, maskEvidence } from './mask-analysis.ts';
import { listResults, type Provenance, storedResult } from './results.ts';

/** A stored result as it is shown: with pseudonyms where that was asked. */
export interface ShownAnalysis extends Omit<AnalysisRun, 'network' | 'caveats'>, Provenance {
  figures: Figure[];
}

/** The stored result of an analysis in words, tables and pictures; null where it was never run. @throws OutdatedResultError */
export async function shownAnalysis(
  spilloverCase: Case,
  id: string,
  { story, mask }: { story: string | null; mask: Mask | null },
): Promise<ShownAnalysis | null> {
  const { head, stored } = await kept(spilloverCase, id, story);
  if (!head || !stored) return null;
  const run = { analysis: id, story, result: stored };
  const { result, summary } = mask
    ? await maskAnalysis(spilloverCase, run, mask)
    : { ...run, summary: findAnalysis(id).summarise(stored) };
  const { version, created, caseRevision, stale, options } = head;
  return {
    ...run,
    version,
    created,
    caseRevision,
    stale,
    options: JSON.parse(options) as AnalysisRun['options'],
    result,
    summary,
    figures: analysisFigures(id, result),
  };
}

/** The same as one self-contained page with the posts that it cites. */
export async function analysisPage(
  spilloverCase: Case,
  id: string,
  options: { story: string | null; mask: Mask | null },
): Promise<string | null> {
  const shown = await shownAnalysis(spilloverCase, id, options);
  const { stored } = await kept(spilloverCase, id, options.story);
  if (!shown || !stored) return null;
  const { definition, summarise } = findAnalysis(id);
  const { title, question, caveats } = definition;
  const cited = await evidencePosts(spilloverCase, citedPosts(summarise(stored)));
  const evidence = options.mask ? await maskEvidence(spilloverCase, cited, options.mask) : cited;
  return analysisReport({ ...shown, title, question, caveats, evidence });
}

async function kept(spilloverCase: Case, id: string, story: string | null) {
  const [head] = await listResults(spilloverCase, { analysis: id, story });
  return { head, stored: await storedResult<object>(spilloverCase, story, id) };
}
