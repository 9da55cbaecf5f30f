import { traceVersion } from '../analyses/trace/trace-options.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { caseRevision } from '../store/case-revision.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { storyIsChanged } from './results.ts';
import { getStory } from './stories.ts';
import { trace } from './trace.ts';

/** The stored trace of a story where it still holds for the case, the story's query and span, and this version; else a new one with the same options. */
export async function tracedStory(spilloverCase: Case, name: string, effects: Effects): Promise<TraceResult> {
  const state = await traceHolds(spilloverCase, name);
  if (state === 'missing') {
    effects.onNote(`${name} was not traced yet: tracing it first.`);
    return trace(spilloverCase, name, {}, effects);
  }
  const { json, options } = (await spilloverCase.database.first<{ json: string; options: string }>(
    `select json, options from result where story = $name and analysis = 'trace'`,
    { name },
  ))!;
  if (state === 'holds') return JSON.parse(json) as TraceResult;
  effects.onNote(`${name} changed since it was traced: tracing it again.`);
  return trace(spilloverCase, name, JSON.parse(options), effects);
}

/** Whether the stored trace of a story still holds for the case, the story's query and span, and this version. */
export async function traceHolds(spilloverCase: Case, name: string): Promise<'holds' | 'stale' | 'missing'> {
  const story = await getStory(spilloverCase, name);
  const row = await spilloverCase.database.first<{
    version: string;
    revision: number;
    query: string;
    isChanged: boolean;
  }>(
    `select version, case_revision as revision, json ->> '$.query' as query, ${storyIsChanged} as isChanged
     from result join story on story.name = result.story where result.story = $name and analysis = 'trace'`,
    { name },
  );
  if (!row) return 'missing';
  const holds =
    row.version === `${version}/trace-${traceVersion}` &&
    row.revision === (await caseRevision(spilloverCase.database)) &&
    row.query === story.query &&
    !row.isChanged;
  return holds ? 'holds' : 'stale';
}
