import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { recordEdit, stepEdit } from './edit-history.ts';
import { readSetting, writeSetting } from './settings.ts';

/** What a story was at one moment: its query, its span and the suggestions that were refused for it. */
export interface StoryState {
  query: string;
  from: string | null;
  to: string | null;
  refused: string[];
}

const refusedName = (name: string) => `story-refused/${name}`;

/** @throws UserError where there is no such story. */
export async function storyState(spilloverCase: Case, name: string): Promise<StoryState> {
  const row = await spilloverCase.database.first<Omit<StoryState, 'refused'>>(
    `select query, strftime(from_time, '%Y-%m-%dT%H:%M:%SZ') as "from", strftime(to_time, '%Y-%m-%dT%H:%M:%SZ') as "to" from story where name = $name`,
    { name },
  );
  if (!row) throw new UserError(`There is no story "${name}".`, 'spillover story list shows the stories there are.');
  return { ...row, refused: await refusedSuggestions(spilloverCase, name) };
}

/** Suggestions that the analyst refused for a story, as they would be written in a query. */
export async function refusedSuggestions(spilloverCase: Case, name: string): Promise<string[]> {
  return (await readSetting<string[]>(spilloverCase, refusedName(name))) ?? [];
}

/** Runs an edit of one story so that it can be taken back, here and in the workbench. */
export function recordStoryEdit<T>(
  spilloverCase: Case,
  name: string,
  label: string,
  work: () => Promise<T>,
): Promise<T> {
  return recordEdit(spilloverCase, { subject: 'stories', item: name, label }, work);
}

/** Gives a story a new state; nothing happens where it has it already. */
export async function changeStory(spilloverCase: Case, name: string, label: string, after: StoryState): Promise<void> {
  await storyState(spilloverCase, name);
  const { query, from, to, refused } = after;
  await recordStoryEdit(spilloverCase, name, label, async () => {
    await spilloverCase.database.run(
      'update story set query = $query, from_time = $from::timestamp, to_time = $to::timestamp, created = now()::timestamp where name = $name',
      { name, query, from: bare(from), to: bare(to) },
    );
    await writeSetting(spilloverCase, refusedName(name), refused.length > 0 ? refused : null);
  });
}

/** Forgets what was refused for a story that is removed. */
export const forgetRefused = (spilloverCase: Case, name: string) =>
  writeSetting(spilloverCase, refusedName(name), null);

/**
 * Takes back the last change of a story, wherever it was made, and returns it in words.
 * @throws UserError where there is none, or where the story was changed in another way since.
 */
export async function undoStoryChange(spilloverCase: Case, name: string): Promise<string> {
  await storyState(spilloverCase, name);
  const { done } = await stepEdit(spilloverCase, `stories/${name}`, 'undo');
  return done;
}

const bare = (time: string | null) => time?.replace('Z', '') ?? null;
