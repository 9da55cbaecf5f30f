import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';

/** What the analyst edits and can take back: `context`, `stories`, `stories/STORY` (edits of that one only), `timeline/STORY`, `report/STORY`. */
export interface EditHistory {
  subject: string;
  /** In words, what the next undo takes back and the next redo does again. */
  undo: string | null;
  redo: string | null;
}

interface Edit {
  key: number;
  subject: string;
  item: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** Runs an edit and remembers the state before and after it. `item` is the story's name for `stories`, else the subject. */
export async function recordEdit<T>(
  spilloverCase: Case,
  { subject, item = subject, label }: { subject: string; item?: string; label: string },
  work: () => Promise<T>,
): Promise<T> {
  const before = await readItem(spilloverCase, subject, item);
  const result = await work();
  const after = await readItem(spilloverCase, subject, item);
  if (before === after) return result;
  const { database } = spilloverCase;
  await database.transaction(async () => {
    await database.run('delete from edit where subject = $subject and item = $item and undone', { subject, item });
    await database.run(
      `insert into edit select coalesce(max(edit_key), 0) + 1, $subject, $item, $label, $before, $after, now()::timestamp, false from edit`,
      { subject, item, label, before, after },
    );
  });
  return result;
}

export async function editHistory(spilloverCase: Case, subject: string): Promise<EditHistory> {
  const undo = await nextEdit(spilloverCase, subject, 'undo');
  const redo = await nextEdit(spilloverCase, subject, 'redo');
  return { subject, undo: undo?.label ?? null, redo: redo?.label ?? null };
}

/**
 * Takes back the last edit of a subject, or does the last undone one again; `done` says in words which.
 * @throws UserError where there is none, or where somebody changed the thing since.
 */
export async function stepEdit(
  spilloverCase: Case,
  subject: string,
  direction: 'undo' | 'redo',
): Promise<EditHistory & { done: string }> {
  const edit = await nextEdit(spilloverCase, subject, direction);
  if (!edit) throw new UserError(`There is nothing to ${direction}.`);
  const [now, then] = direction === 'undo' ? [edit.after, edit.before] : [edit.before, edit.after];
  if ((await readItem(spilloverCase, edit.subject, edit.item)) !== now)
    throw new UserError(`"${edit.label}" cannot be taken back: it was changed elsewhere since.`);
  const { database } = spilloverCase;
  await database.transaction(async () => {
    await writeItem(spilloverCase, edit.subject, edit.item, then);
    await database.run('update edit set undone = $undone where edit_key = $key', {
      key: edit.key,
      undone: direction === 'undo',
    });
  });
  return { ...(await editHistory(spilloverCase, subject)), done: edit.label };
}

/** The newest edit that stands, or the oldest of those undone; of several stories the one that was undone last. */
function nextEdit(spilloverCase: Case, subject: string, direction: 'undo' | 'redo'): Promise<Edit | undefined> {
  const [kind, item] = subject.startsWith('stories/') ? ['stories', subject.slice('stories/'.length)] : [subject, null];
  return spilloverCase.database.first<Edit>(
    `select edit_key as key, subject, item, label, before, after from edit
     where subject = $kind and undone = $undone and ($item::varchar is null or item = $item)
     order by edit_key ${direction === 'undo' ? 'desc' : 'asc'} limit 1`,
    { kind, item, undone: direction === 'redo' },
  );
}

async function readItem({ database }: Case, subject: string, item: string): Promise<string | null> {
  const row =
    subject === 'stories'
      ? await database.first<{ value: string }>(
          `select to_json({name: name, query: query, "from": from_time, "to": to_time, created: created,
             refused: (select value from setting where setting.name = 'story-refused/' || story.name)})::varchar as value
           from story where name = $item`,
          { item },
        )
      : await database.first<{ value: string }>('select value from setting where name = $item', { item });
  return row?.value ?? null;
}

async function writeItem({ database }: Case, subject: string, item: string, value: string | null): Promise<void> {
  if (subject !== 'stories') return writeRow(database, item, value);
  await database.run('delete from story where name = $item', { item });
  const story = value === null ? null : (JSON.parse(value) as StoredStory);
  await writeRow(database, `story-refused/${item}`, story?.refused ?? null);
  if (story === null) return;
  const { refused: _, ...columns } = story;
  await database.run(
    'insert into story values ($name, $query, $from::timestamp, $to::timestamp, $created::timestamp)',
    columns,
  );
}

interface StoredStory extends Record<'name' | 'query' | 'created', string>, Record<'from' | 'to', string | null> {
  refused?: string | null;
}

async function writeRow(database: Case['database'], name: string, value: string | null): Promise<void> {
  await database.run('delete from setting where name = $name', { name });
  if (value !== null) await database.run('insert into setting values ($name, $value)', { name, value });
}
