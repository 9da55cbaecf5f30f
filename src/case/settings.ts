import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';

/** A value that the case keeps under a name; null where there is none. */
export async function readSetting<T>(spilloverCase: Case, name: string): Promise<T | null> {
  const row = await spilloverCase.database.first<{ value: string }>('select value from setting where name = $name', {
    name,
  });
  return row ? (JSON.parse(row.value) as T) : null;
}

/** Keeps a value under a name in place of the one before; null forgets it. @throws UserError in a case open for reading only. */
export async function writeSetting(spilloverCase: Case, name: string, value: unknown): Promise<void> {
  if (spilloverCase.readOnly)
    throw new UserError('The case is open for reading only: nothing can be kept in it.', 'Open it without read-only.');
  await spilloverCase.database.transaction(async () => {
    await spilloverCase.database.run('delete from setting where name = $name', { name });
    if (value !== null)
      await spilloverCase.database.run('insert into setting values ($name, $value)', {
        name,
        value: JSON.stringify(value),
      });
  });
}
