import { citedIndices, describeTrace } from '../analyses/trace/describe-trace.ts';
import { namePosts } from '../analyses/trace/name-posts.ts';
import { defaultTraceOptions, type TraceOptions, traceVersion } from '../analyses/trace/trace-options.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { traceStory } from '../analyses/trace/trace-story.ts';
import { parseStoryQuery } from '../domain/story-query.ts';
import { version } from '../version.ts';
import type { Case } from './case.ts';
import { clusterStoryTexts } from './cluster-texts.ts';
import { caseContext } from './context.ts';
import type { Effects } from './effects.ts';
import { prepareViews } from './prepare-views.ts';
import { storeResult } from './results.ts';
import { getStory, selectStory } from './stories.ts';
import { caseVenues } from './venues.ts';

/**
 * Traces a story and stores the result with options, version, seed and case revision. The same case, options and version give the
 * same result, byte for byte.
 */
export async function trace(
  spilloverCase: Case,
  name: string,
  options: Partial<TraceOptions>,
  effects: Effects,
): Promise<TraceResult> {
  const { database } = spilloverCase;
  const story = await getStory(spilloverCase, name);
  const step = (what: string) =>
    effects.onProgress({ step: `${name}: ${what}`, done: null, total: null, unit: 'steps' });
  step('finding the posts of the story');
  const selected = await selectStory(spilloverCase, story);
  step('grouping near-duplicate texts');
  await clusterStoryTexts(spilloverCase);
  const all = { ...defaultTraceOptions, ...options };
  const traced = await traceStory({
    database,
    query: parseStoryQuery(story.query),
    context: await caseContext(spilloverCase),
    venues: (await caseVenues(spilloverCase)).venues,
    options: all,
    onStep: step,
  });
  step('writing the result');
  const names = await namePosts(database, citedIndices(traced, all));
  const result = describeTrace(
    traced,
    names,
    { name, query: story.query, withoutTime: selected.withoutTime },
    all,
    `${version}/trace-${traceVersion}`,
  );
  await storeResult(spilloverCase, {
    story: name,
    analysis: 'trace',
    version: result.version,
    options: all,
    seed: all.seed,
    result,
  });
  step('preparing the views');
  await prepareViews(spilloverCase, story);
  return result;
}
