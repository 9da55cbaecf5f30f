import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import { type Case, openCase } from './case.ts';

/** Names of the other cases in the folder in which an open case lies; links are not followed. */
export function casesBeside({ directory }: Case): string[] {
  const own = basename(resolve(directory));
  const folder = dirname(resolve(directory));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== own && existsSync(join(folder, entry.name, 'case.duckdb')))
    .map((entry) => entry.name)
    .sort();
}

/** Runs `work` with a case that lies beside an open one, opened for reading only. @throws UserError for a name that is not in `casesBeside`. */
export async function withCaseBeside<T>(
  spilloverCase: Case,
  name: string,
  work: (other: Case) => Promise<T>,
): Promise<T> {
  if (!casesBeside(spilloverCase).includes(name))
    throw new UserError(`No case "${name}" lies beside this one.`, 'Only cases in the same folder can be compared.');
  const directory = join(dirname(resolve(spilloverCase.directory)), name);
  const other = await openCase(directory, { readOnly: true, purpose: 'spillover serve: compare' });
  try {
    return await work(other);
  } finally {
    other.close();
  }
}

/** Runs `work` with several cases that lie beside an open one, each opened once. @throws UserError like `withCaseBeside`. */
export function withCasesBeside<T>(
  spilloverCase: Case,
  names: readonly string[],
  work: (others: ReadonlyMap<string, Case>) => Promise<T>,
  opened: ReadonlyMap<string, Case> = new Map(),
): Promise<T> {
  const name = names.find((one) => !opened.has(one));
  if (name === undefined) return work(opened);
  return withCaseBeside(spilloverCase, name, (other) =>
    withCasesBeside(spilloverCase, names, work, new Map([...opened, [name, other]])),
  );
}
