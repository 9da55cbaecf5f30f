import type { OptionValue } from '../analyses/analysis.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { coordinationSignals } from '../analyses/watch-rules/coordination-rule.ts';
import warningModel from '../analyses/watch-rules/data/warning-model.json' with { type: 'json' };
import { earlyWarningSignals } from '../analyses/watch-rules/early-warning.ts';
import { fringeBurstSignals } from '../analyses/watch-rules/fringe-burst.ts';
import { higherTierSignals } from '../analyses/watch-rules/higher-tier.ts';
import {
  loadYoungArtifacts,
  type YoungArtifacts,
  type YoungSpan,
} from '../analyses/watch-rules/load-young-artifacts.ts';
import {
  type KnownCatalyst,
  recurringInStory,
  recurringWithYoung,
} from '../analyses/watch-rules/recurring-catalysts.ts';
import { findRule, type RuleId, type RuleSettings, resolveRule } from '../analyses/watch-rules/rule-catalogue.ts';
import type { Signal } from '../analyses/watch-rules/signal.ts';
import { loadStoryPosts, type StoryPosts, seenBy } from '../analyses/watch-rules/story-posts.ts';
import { mainstreamSignals, recentFrom, takeoffSignals } from '../analyses/watch-rules/story-rules.ts';
import { makeVenueTables } from '../analyses/watch-rules/venue-tables.ts';
import type { WarningModel } from '../analyses/watch-rules/warning-model.ts';
import { youngRule } from '../analyses/watch-rules/young-on-fringe.ts';
import { UserError } from '../base/errors.ts';
import type { Database } from '../store/database.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { currentRevision } from './results.ts';
import { getStory, type Story, selectStory } from './stories.ts';
import { caseVenues } from './venues.ts';

export type { RuleDefinition, RuleId, RuleSettings } from '../analyses/watch-rules/rule-catalogue.ts';
export { ruleCatalogue } from '../analyses/watch-rules/rule-catalogue.ts';
export type { Signal } from '../analyses/watch-rules/signal.ts';

/** A story of the case by its name, or what a story would be. */
export type StoryChoice = string | Pick<Story, 'name' | 'query' | 'from' | 'to'>;

export interface WatchQuestion {
  /** The watched stories, by name where they are in the case; may be empty. */
  stories: readonly StoryChoice[];
  rules: readonly RuleSettings[];
  /** Milliseconds since 1970; posts after it are not seen. */
  asOf: number;
  /** Keys that were told before: rules that tell a story once need not look again. */
  told?: { has(key: string): boolean };
  /** The watched stories as `watchedStories` gave them, where the case has not changed since. */
  prepared?: readonly StoryPosts[];
  /** A replay that will ask about moments up to this one may read ahead; what is noticed at `asOf` does not depend on it. */
  replayUntil?: number;
}

/**
 * What the rules notice at a moment, by time, then key. Happenings of the last hours are told again at every call with the same
 * key: the caller keeps what was told.
 * @throws UserError for a story, rule or option that does not exist.
 */
export async function evaluateRules(spilloverCase: Case, question: WatchQuestion): Promise<Signal[]> {
  const rules = question.rules.map((settings) => ({ rule: settings.rule, options: checkedOptions(settings) }));
  const { database } = spilloverCase;
  const { asOf } = question;
  const stories = question.prepared ?? (await watchedStories(spilloverCase, question.stories));
  const signals: Signal[] = [];
  const known = rules.some((one) => one.rule === 'recurring-catalyst') ? await knownCatalysts(spilloverCase, asOf) : [];
  const ofCase = rules.filter((one) => looksAtCase(one.rule, known));
  if (ofCase.length > 0) {
    const oldestHours = Math.max(...ofCase.map((one) => Number(one.options.oldestHours ?? one.options.recentHours)));
    const artifacts = await youngArtifacts(database, asOf, question.replayUntil ?? asOf, oldestHours * hour);
    for (const { rule, options } of ofCase) {
      if (rule === 'early-warning')
        signals.push(...earlyWarningSignals(artifacts, warningModel as WarningModel, options, asOf));
      if (rule === 'fringe-burst') signals.push(...(await fringeBurstSignals(database, artifacts, options, asOf)));
      if (rule === 'recurring-catalyst')
        signals.push(...(await recurringWithYoung(database, artifacts, known, options, asOf)));
    }
  }
  for (const story of stories) {
    for (const { rule, options } of rules.filter((one) => !question.told?.has(`${one.rule}:${story.name}`)))
      signals.push(...(await storySignals(database, rule, story, known, options, asOf)));
  }
  return signals.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
}

function looksAtCase(rule: RuleId, known: readonly KnownCatalyst[]): boolean {
  return findRule(rule).looksAt !== 'story' && (rule !== 'recurring-catalyst' || known.length > 0);
}

async function storySignals(
  database: Database,
  rule: RuleId,
  story: StoryPosts,
  known: readonly KnownCatalyst[],
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  if (!hasRecent(story, options, asOf)) return [];
  switch (rule) {
    case 'higher-tier':
      return higherTierSignals(database, story, options, asOf);
    case 'takeoff':
      return takeoffSignals(story, options, asOf);
    case 'coordination':
      return coordination(database, story, options, asOf);
    case 'recurring-catalyst':
      return recurringInStory(database, story, known, options, asOf);
    case 'mainstream-crossing':
      return mainstreamSignals(story, options, asOf);
    case 'early-warning':
    case 'fringe-burst':
      return [];
  }
}

/** Whether a post of the story was seen in the time from which happenings are told: without one there are none. */
function hasRecent(story: StoryPosts, options: Readonly<Record<string, OptionValue>>, asOf: number): boolean {
  const count = seenBy(story, asOf);
  return count > 0 && story.seen[count - 1]! >= recentFrom(options, asOf);
}

/** The test at the last full multiple of `everyMinutes`, made once. */
async function coordination(
  database: Database,
  story: StoryPosts,
  options: Readonly<Record<string, OptionValue>>,
  asOf: number,
): Promise<Signal[]> {
  const every = Number(options.everyMinutes) * 60_000;
  const moment = Math.floor(asOf / every) * every;
  const { tests } = prepared.get(database)!;
  const key = JSON.stringify([story.table, options]);
  const kept = tests.get(key);
  if (kept?.moment === moment) return kept.signals;
  const signals = await coordinationSignals(database, story, options, moment);
  tests.set(key, { moment, signals });
  return signals;
}

function checkedOptions(settings: RuleSettings): Record<string, OptionValue> {
  try {
    return resolveRule(settings);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`The rule ${settings.rule} cannot be used: ${error.message}.`, undefined, { cause: error });
  }
}

interface Prepared {
  revision: number;
  context: string;
  stories: Map<string, StoryPosts>;
  tables: number;
  tests: Map<string, { moment: number; signals: Signal[] }>;
  young: { span: YoungSpan; artifacts: YoungArtifacts } | null;
}

const hour = 3_600_000;
const day = 24 * hour;

/** What was read of a case, kept until its posts, venues or context change. */
const prepared = new WeakMap<Database, Prepared>();

/** The posts of stories as the rules see them; their tables hold until the case changes. @throws UserError for a story that does not exist. */
export async function watchedStories(spilloverCase: Case, choices: readonly StoryChoice[]): Promise<StoryPosts[]> {
  const { database } = spilloverCase;
  const revision = await currentRevision(spilloverCase);
  const context = await caseContext(spilloverCase);
  const { venues } = await caseVenues(spilloverCase);
  const stamp = JSON.stringify([context.venues, venues]);
  let kept = prepared.get(database);
  if (!kept || kept.revision !== revision || kept.context !== stamp) {
    for (const story of kept?.stories.values() ?? []) await database.run(`drop table if exists ${story.table}`);
    await makeVenueTables(database, context, venues);
    kept = { revision, context: stamp, stories: new Map(), tables: kept?.tables ?? 0, tests: new Map(), young: null };
    prepared.set(database, kept);
  }
  const stories: StoryPosts[] = [];
  for (const choice of choices) {
    const story = typeof choice === 'string' ? await getStory(spilloverCase, choice) : choice;
    const key = storyStamp(story);
    let posts = kept.stories.get(key);
    if (!posts) {
      await selectStory(spilloverCase, story);
      posts = await loadStoryPosts(database, story.name, `watched_story_${++kept.tables}`);
      kept.stories.set(key, posts);
    }
    stories.push(posts);
  }
  return stories;
}

async function youngArtifacts(
  database: Database,
  asOf: number,
  until: number,
  oldestMs: number,
): Promise<YoungArtifacts> {
  const kept = prepared.get(database)!;
  const { span } = kept.young ?? {};
  if (kept.young && span && span.from <= asOf && asOf <= span.until && span.oldestMs >= oldestMs)
    return kept.young.artifacts;
  const { activeMs, fewestShares } = youngRule;
  const wanted = {
    from: asOf,
    until: Math.max(asOf, until),
    oldestMs: Math.max(oldestMs, span?.oldestMs ?? 0),
    activeMs,
    fewestShares,
  };
  kept.young = { span: wanted, artifacts: await loadYoungArtifacts(database, wanted) };
  return kept.young.artifacts;
}

const storyStamp = (story: Exclude<StoryChoice, string>) =>
  JSON.stringify([story.name, story.query, story.from, story.to]);

/** Significant catalysts of stored traces whose last post lies before the moment: what comes later must not be known. */
async function knownCatalysts(spilloverCase: Case, asOf: number): Promise<KnownCatalyst[]> {
  const rows = await spilloverCase.database.rows<{ story: string; json: string }>(
    `select story, json from result where analysis = 'trace' and story is not null order by story`,
  );
  return rows.flatMap(({ story, json }) => {
    const result = JSON.parse(json) as TraceResult;
    if (Date.parse(result.window.to) > asOf) return [];
    const crossing = result.stages.find((stage) => stage.id === 'crossing') ?? { time: result.window.to };
    const actedUntil = Date.parse(crossing.time) + day;
    return result.roles
      .filter((one) => one.role === 'catalyst' && one.significant)
      .map((one) => ({
        account: one.account,
        shown: one.handle ? `@${one.handle} (${one.account})` : one.account,
        campaign: story,
        actedUntil,
        posts: one.posts,
      }));
  });
}
