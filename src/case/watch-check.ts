import { errorNote, UserError } from '../base/errors.ts';
import { alertKeys, type NewAlert, storeAlerts } from './alerts.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import type { WatchedRule, WatchPlan } from './plan-watch.ts';
import { listResults } from './results.ts';
import { addStory, getStory, listStories, selectStory } from './stories.ts';
import { trace } from './trace.ts';
import type { evaluateRules } from './watch-rules.ts';

/** What a watch remembers of a story between checks. */
export interface StoryMemory {
  name: string;
  posts: number;
  /** Posts when it was traced last in this run; null before that. */
  tracedPosts: number | null;
  /** ISO time of the last trace; null before the first. */
  traced: string | null;
}

export interface CheckReport {
  signals: number;
  newAlerts: number[];
  stories: StoryMemory[];
}

/** Makes the stories of a file those of the case. @throws UserError for a story that the file leaves to the case and that is not there. */
export async function keepStories(spilloverCase: Case, plan: WatchPlan, note: (text: string) => void): Promise<void> {
  const known = new Map((await listStories(spilloverCase)).map((story) => [story.name, story.query]));
  for (const { name, query, from, to } of plan.stories) {
    if (query === null) {
      await getStory(spilloverCase, name);
      continue;
    }
    const before = known.get(name);
    if (before !== undefined && before !== query)
      note(`story ${name}: the query of the file replaces the one in the case, which was: ${before}`);
    await addStory(spilloverCase, {
      name,
      query,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      replace: true,
    });
  }
}

/** Traces stories that changed and whose last trace is old enough; a story without posts waits. */
export async function retraceStories(
  spilloverCase: Case,
  plan: WatchPlan,
  before: readonly StoryMemory[],
  effects: Effects,
): Promise<StoryMemory[]> {
  const stories: StoryMemory[] = [];
  for (const { name } of plan.stories) {
    const known = before.find((one) => one.name === name);
    const { posts, withoutTime } = await selectStory(spilloverCase, await getStory(spilloverCase, name));
    const [stored] = await listResults(spilloverCase, { analysis: 'trace', story: name });
    const traced = stored?.created ?? null;
    const memory: StoryMemory = { name, posts, tracedPosts: known?.tracedPosts ?? null, traced };
    stories.push(memory);
    const isOld = traced === null || effects.now().getTime() - Date.parse(traced) >= plan.retraceMs;
    const isChanged = stored === undefined || (stored.stale && memory.tracedPosts !== posts);
    if (posts - withoutTime <= 0 || !isOld || !isChanged) continue;
    try {
      await trace(spilloverCase, name, {}, effects);
      memory.tracedPosts = posts;
      memory.traced = effects.now().toISOString();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      effects.onNote(`story ${name} could not be traced: ${error.message}`);
    }
  }
  return stories;
}

/**
 * Asks the rules and keeps what is new. A rule that fails is noted and does not stop the others.
 * Returns how many signals there were and the numbers of the new alerts.
 */
export async function askRules(
  spilloverCase: Case,
  plan: WatchPlan,
  evaluate: typeof evaluateRules,
  blind: { lines: readonly string[]; alerts: readonly NewAlert[] },
  effects: Effects,
): Promise<{ signals: number; newAlerts: number[] }> {
  const asOf = effects.now().getTime();
  const found: NewAlert[] = [...blind.alerts];
  const told = await alertKeys(spilloverCase);
  for (const rules of ruleGroups(plan.rules)) {
    const { stories } = rules[0]!;
    const ask = (asked: readonly WatchedRule[]) =>
      evaluate(spilloverCase, { stories, rules: asked.map(({ settings }) => settings), asOf, told });
    const signals = await ask(rules).catch(async () => {
      const each = [];
      for (const rule of rules) {
        try {
          each.push(...(await ask([rule])));
        } catch (error) {
          effects.onNote(`the rule ${rule.settings.rule} failed: ${errorNote(error)}`);
        }
      }
      return each;
    });
    const urgent = new Set(rules.filter(({ isUrgent }) => isUrgent).map(({ settings }) => settings.rule));
    for (const signal of signals) found.push({ ...signal, isUrgent: urgent.has(signal.rule), blind: blind.lines });
  }
  const outputs = plan.outputs.map(({ name }) => name);
  return { signals: found.length, newAlerts: await storeAlerts(spilloverCase, found, outputs, asOf) };
}

/** Rules that look at the same stories. */
export function ruleGroups(rules: readonly WatchedRule[]): WatchedRule[][] {
  const groups = new Map<string, WatchedRule[]>();
  for (const rule of rules) {
    const key = JSON.stringify(rule.stories);
    const group = groups.get(key);
    if (group) group.push(rule);
    else groups.set(key, [rule]);
  }
  return [...groups.values()];
}
