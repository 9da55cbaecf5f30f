import { UserError } from '../base/errors.ts';
import { parseStoryQuery } from '../domain/story-query.ts';
import type { Case } from './case.ts';
import { type StoryWithCount, showStory } from './stories.ts';
import { changeStory, storyState } from './story-history.ts';
import { type Suggestion, suggestForStory } from './suggest-for-story.ts';

export interface TakenSuggestions {
  story: StoryWithCount;
  accepted: string[];
  refused: string[];
  /** Posts of the story before. */
  postsBefore: number;
}

/**
 * Accepts suggestions into a story's query and refuses others for good. Each is named by its number in the list of `suggestForStory` with
 * the same limit, or as it would be written in a query (which may also be a term that was not suggested). `undoStoryChange` takes it back.
 * @throws UserError for a number that is not in the list, a term that is no query, and what is both accepted and refused.
 */
export async function takeSuggestions(
  spilloverCase: Case,
  name: string,
  picks: { accept: readonly string[]; refuse: readonly string[]; limit: number },
): Promise<TakenSuggestions> {
  const before = await storyState(spilloverCase, name);
  const { posts: postsBefore } = await showStory(spilloverCase, name);
  const { suggestions } = await suggestForStory(spilloverCase, name, picks.limit);
  const accepted = unique(picks.accept.map((pick) => queryOf(pick, suggestions)));
  const refused = unique(picks.refuse.map((pick) => queryOf(pick, suggestions)));
  const both = accepted.find((one) => refused.includes(one));
  if (both !== undefined) throw new UserError(`${both} is both accepted and refused.`);
  const query = accepted.reduce(extendQuery, before.query);
  parseStoryQuery(query);
  const stillRefused = before.refused.filter((one) => !accepted.includes(one));
  await changeStory(spilloverCase, name, labelOf(accepted, refused), {
    ...before,
    query,
    refused: unique([...stillRefused, ...refused]),
  });
  return { story: await showStory(spilloverCase, name), accepted, refused, postsBefore };
}

function queryOf(pick: string, suggestions: readonly Suggestion[]): string {
  const text = pick.trim();
  if (!/^\d+$/.test(text)) {
    parseStoryQuery(text);
    return text;
  }
  const found = suggestions[Number(text) - 1];
  if (found) return found.query;
  throw new UserError(
    `There is no suggestion ${text}; the list has ${suggestions.length}.`,
    'spillover story suggest NAME shows the numbers; with the same --limit they mean the same.',
  );
}

/** The query with one more way to belong to the story. */
function extendQuery(query: string, term: string): string {
  const part = (text: string) => (['and', 'not'].includes(parseStoryQuery(text).op) ? `(${text})` : text);
  return `${part(query)} OR ${part(term)}`;
}

const unique = (values: readonly string[]) => [...new Set(values)];

function labelOf(accepted: readonly string[], refused: readonly string[]): string {
  return [
    accepted.length > 0 ? `accept ${accepted.join(', ')}` : '',
    refused.length > 0 ? `refuse ${refused.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
