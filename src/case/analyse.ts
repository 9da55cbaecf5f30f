import { type Analysis, type OptionValue, type ResultSummary, resolveOptions } from '../analyses/analysis.ts';
import { analyses } from '../analyses/registry.ts';
import { UserError } from '../base/errors.ts';
import type { Network } from '../domain/network.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import type { Effects } from './effects.ts';
import { readableResult, storeResult } from './results.ts';
import { getStory, selectStory } from './stories.ts';
import { caseVenues } from './venues.ts';

/** A finished analysis: what was asked, with which options and version, and what came out. */
export interface AnalysisRun {
  analysis: string;
  version: string;
  story: string | null;
  options: Record<string, OptionValue>;
  caveats: readonly string[];
  result: object;
  summary: ResultSummary;
  /** Null where the analysis finds no network. */
  network: Network | null;
}

/** @throws UserError that lists the analyses there are. */
export function findAnalysis(id: string): Analysis {
  const found = analyses.find((one) => one.definition.id === id);
  if (found) return found;
  throw new UserError(
    `There is no analysis "${id}".`,
    `Analyses: ${analyses.map((one) => one.definition.id).join(', ')}`,
  );
}

/**
 * Runs an analysis over the case or over a story's posts and stores the result with options, version, seed and case revision.
 * @throws UserError for an unknown analysis, story or option, and where the data cannot carry the analysis.
 */
export async function analyse(
  spilloverCase: Case,
  id: string,
  request: { story?: string | null; options?: Readonly<Record<string, unknown>> },
  effects: Effects,
): Promise<AnalysisRun> {
  const analysis = findAnalysis(id);
  const { definition } = analysis;
  const options = readOptions(analysis, request.options ?? {});
  const story = request.story ? await getStory(spilloverCase, request.story) : null;
  if (story === null && definition.story === 'required')
    throw new UserError(`${id} looks at one story.`, 'Name it with --story NAME; spillover story list shows them.');
  if (story !== null && definition.story === 'none')
    throw new UserError(`${id} looks at the whole case, not at a story.`);
  if (story) await selectStory(spilloverCase, story);
  const result = await analysis.run({
    database: spilloverCase.database,
    story,
    options,
    context: await caseContext(spilloverCase),
    venues: (await caseVenues(spilloverCase)).venues,
    stored: (other) => readableResult(spilloverCase, story?.name ?? null, other),
    onStep: (step, done, total) =>
      effects.onProgress({ step: `${id}: ${step}`, done: done ?? null, total: total ?? null, unit: 'steps' }),
    signal: effects.signal,
  });
  const resultVersion = `${version}/${id}-${definition.version}`;
  const seed = typeof options.seed === 'number' ? options.seed : null;
  await storeResult(spilloverCase, {
    story: story?.name ?? null,
    analysis: id,
    version: resultVersion,
    options,
    seed,
    result,
  });
  return {
    analysis: id,
    version: resultVersion,
    story: story?.name ?? null,
    options,
    caveats: definition.caveats,
    result,
    summary: analysis.summarise(result),
    network: analysis.network?.(result) ?? null,
  };
}

function readOptions({ definition }: Analysis, given: Readonly<Record<string, unknown>>): Record<string, OptionValue> {
  try {
    return resolveOptions(definition, given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${error.message}.`, `spillover analyse ${definition.id} --help lists the options.`, {
      cause: error,
    });
  }
}
