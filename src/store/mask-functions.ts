import { DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import type { Mask } from '../domain/mask.ts';
import type { Database } from './database.ts';

/**
 * Makes a mask usable in SQL: `mask_text(text)`, `mask_code(text)` and the temporary tables `open_account (account_key)` and
 * `mask_account (account_key, shown_id, shown_handle)`.
 */
export async function loadMaskFunctions(database: Database, mask: Mask): Promise<void> {
  const functions = { mask_text: (text: string) => mask.text(text), mask_code: (text: string) => mask.code(text) };
  for (const [name, apply] of Object.entries(functions)) {
    database.connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        parameterTypes: [VARCHAR],
        returnType: VARCHAR,
        mainFunction: (_info, input, output) => {
          const texts = input.getColumnVector(0);
          for (let row = 0; row < input.rowCount; row++) {
            const text = texts.getItem(row) as string | null;
            output.setItem(row, text === null ? null : apply(text));
          }
          output.flush();
        },
      }),
    );
  }
  await database.run(`create or replace temp table mask_account
    (account_key integer, shown_id varchar, shown_handle varchar, is_open boolean)`);
  const [keys = [], platforms = [], ids = [], handles = []] = await database.columns(
    'select account_key, platform, account_id, handle from account',
  );
  const appender = await database.connection.createAppender('mask_account', 'main', 'temp');
  for (let at = 0; at < keys.length; at++) {
    const ref = `${platforms[at]}/${ids[at]}`;
    const handle = mask.handle(ref, handles[at] as string | null);
    appender.appendInteger(keys[at] as number);
    appender.appendVarchar(mask.account(ref).slice(`${platforms[at]}/`.length));
    if (handle === null) appender.appendNull();
    else appender.appendVarchar(handle);
    appender.appendBoolean(!mask.isMasked(ref));
    appender.endRow();
  }
  appender.closeSync();
}
