import { readFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { type CaseContext, emptyContext, parseCaseContext } from '../domain/case-context.ts';
import type { Case } from './case.ts';

/** Reads a context file and makes it the case's own; it replaces the one that was there, which is returned. */
export async function addContext(
  spilloverCase: Case,
  file: string,
): Promise<{ context: CaseContext; replaced: CaseContext | null }> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
      undefined,
      { cause: error },
    );
  }
  return setContext(spilloverCase, value, file);
}

/** Makes a checked value the context of the case; `from` names it in messages. */
export async function setContext(
  spilloverCase: Case,
  value: unknown,
  from: string,
): Promise<{ context: CaseContext; replaced: CaseContext | null }> {
  const context = parseCaseContext(value, from);
  const replaced = await storedContext(spilloverCase);
  await spilloverCase.database.transaction(async () => {
    await spilloverCase.database.run(`delete from setting where name = 'context'`);
    await spilloverCase.database.run(`insert into setting values ('context', $value)`, {
      value: JSON.stringify(context),
    });
  });
  return { context, replaced };
}

/** The context of the case; empty where none was added. */
export async function caseContext(spilloverCase: Case): Promise<CaseContext> {
  return (await storedContext(spilloverCase)) ?? emptyContext;
}

async function storedContext(spilloverCase: Case): Promise<CaseContext | null> {
  const row = await spilloverCase.database.first<{ value: string }>(`select value from setting where name = 'context'`);
  return row ? parseCaseContext(JSON.parse(row.value), 'the stored context') : null;
}
