import { type RuleSettings, resolveRule } from '../analyses/watch-rules/rule-catalogue.ts';
import type { Signal } from '../analyses/watch-rules/signal.ts';
import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { getStory } from './stories.ts';

export type { RuleDefinition, RuleId, RuleSettings } from '../analyses/watch-rules/rule-catalogue.ts';
export { ruleCatalogue } from '../analyses/watch-rules/rule-catalogue.ts';
export type { Signal } from '../analyses/watch-rules/signal.ts';

export interface WatchQuestion {
  /** Names of the watched stories; may be empty. */
  stories: readonly string[];
  rules: readonly RuleSettings[];
  /** Milliseconds since 1970; posts after it are not seen. */
  asOf: number;
}

/**
 * What the rules notice at a moment, by time, then key. Happenings of the last hours are told again at every call with the same
 * key: the caller keeps what was told.
 * @throws UserError for a story, rule or option that does not exist.
 */
export async function evaluateRules(spilloverCase: Case, question: WatchQuestion): Promise<Signal[]> {
  for (const name of question.stories) await getStory(spilloverCase, name);
  for (const settings of question.rules) {
    try {
      resolveRule(settings);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UserError(`rule ${settings.rule}: ${error.message}.`, undefined, { cause: error });
    }
    throw new UserError(`The rule ${settings.rule} is not ready yet.`);
  }
  return [];
}
