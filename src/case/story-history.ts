import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';

/** What a story was at one moment: its query, its span and the suggestions that were refused for it. */
export interface StoryState {
  query: string;
  from: string | null;
  to: string | null;
  refused: string[];
}

export interface StoryChange {
  /** In words, what was done. */
  label: string;
  before: StoryState;
  after: StoryState;
}

const longestHistory = 50;
const refusedName = (name: string) => `story-refused/${name}`;
const historyName = (name: string) => `story-history/${name}`;

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

/** Changes of a story that can be taken back, the newest last. */
export async function storyHistory(spilloverCase: Case, name: string): Promise<StoryChange[]> {
  return (await readSetting<StoryChange[]>(spilloverCase, historyName(name))) ?? [];
}

/** Gives a story a new state and remembers the old one; nothing happens where the two are the same. */
export async function changeStory(spilloverCase: Case, name: string, label: string, after: StoryState): Promise<void> {
  const before = await storyState(spilloverCase, name);
  if (same(before, after)) return;
  const history = await storyHistory(spilloverCase, name);
  await writeState(spilloverCase, name, after, [...history, { label, before, after }].slice(-longestHistory));
}

/**
 * Takes back the last change of a story.
 * @throws UserError where there is none, or where the story was changed in another way since.
 */
export async function undoStoryChange(spilloverCase: Case, name: string): Promise<StoryChange> {
  const now = await storyState(spilloverCase, name);
  const history = await storyHistory(spilloverCase, name);
  const last = history.at(-1);
  if (!last)
    throw new UserError(
      `Nothing of the story "${name}" can be taken back.`,
      'spillover story show NAME tells what it is; --accept, --refuse and --replace can be taken back.',
    );
  if (!same(now, last.after))
    throw new UserError(
      `"${last.label}" cannot be taken back: the story was changed elsewhere since.`,
      `Its query was: ${last.before.query}`,
    );
  await writeState(spilloverCase, name, last.before, history.slice(0, -1));
  return last;
}

/** Forgets refusals and history of a story that is removed. */
export async function forgetStoryHistory({ database }: Case, name: string): Promise<void> {
  await database.run('delete from setting where name in ($refused, $history)', {
    refused: refusedName(name),
    history: historyName(name),
  });
}

async function writeState(
  spilloverCase: Case,
  name: string,
  state: StoryState,
  history: readonly StoryChange[],
): Promise<void> {
  const { database } = spilloverCase;
  await database.transaction(async () => {
    await database.run(
      'update story set query = $query, from_time = $from::timestamp, to_time = $to::timestamp where name = $name',
      { name, query: state.query, from: bare(state.from), to: bare(state.to) },
    );
    await writeSetting(spilloverCase, refusedName(name), state.refused);
    await writeSetting(spilloverCase, historyName(name), history);
  });
}

const bare = (time: string | null) => time?.replace('Z', '') ?? null;

const same = (a: StoryState, b: StoryState) =>
  a.query === b.query && a.from === b.from && a.to === b.to && a.refused.join('\n') === b.refused.join('\n');

async function readSetting<T>({ database }: Case, name: string): Promise<T | null> {
  const row = await database.first<{ value: string }>('select value from setting where name = $name', { name });
  return row ? (JSON.parse(row.value) as T) : null;
}

async function writeSetting({ database }: Case, name: string, value: readonly unknown[]): Promise<void> {
  await database.run('delete from setting where name = $name', { name });
  if (value.length > 0)
    await database.run('insert into setting values ($name, $value)', { name, value: JSON.stringify(value) });
}
