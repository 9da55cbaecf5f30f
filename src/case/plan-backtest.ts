import { planWatch, type WatchPlan } from './plan-watch.ts';
import { type ReadWatchFile, readWatchFile } from './read-watch-file.ts';
import { ruleGroups } from './watch-check.ts';
import type { RuleSettings, StoryChoice } from './watch-rules.ts';

export interface BacktestPlan {
  caseDirectory: string;
  asks: { stories: StoryChoice[]; rules: RuleSettings[] }[];
  /** How often the rules look. */
  checkMs: number;
}

/** What a watch file means for a replay: case, stories, rules and pace. Collectors, outputs and secrets are left out: nothing is collected or sent. */
export async function planBacktest(file: string, caseDirectory?: string): Promise<BacktestPlan> {
  const plan = planWatch(withoutWorld(await readWatchFile(file)), {}, caseDirectory);
  return {
    caseDirectory: plan.caseDirectory,
    asks: ruleGroups(plan.rules).map((rules) => ({
      stories: rules[0]!.stories.map((name) => choiceOf(plan, name)),
      rules: rules.map(({ settings }) => settings),
    })),
    checkMs: plan.checkMs,
  };
}

function withoutWorld({ source, content }: ReadWatchFile): ReadWatchFile {
  const { collectors: _, outputs: __, credentials: ___, ...kept } = content;
  return { source, content: kept };
}

function choiceOf({ stories }: WatchPlan, name: string): StoryChoice {
  const { query, from, to } = stories.find((story) => story.name === name)!;
  return query === null ? name : { name, query, from: from ?? null, to: to ?? null };
}
