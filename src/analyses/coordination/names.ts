import type { Database } from '../../store/database.ts';

export interface AccountName {
  name: string;
  handle: string | null;
  platform: string;
}

/** Names of accounts by key; keys may repeat. */
export async function accountNames(database: Database, keys: Iterable<number>): Promise<Map<number, AccountName>> {
  await database.keyTable('named_account', [...new Set(keys)]);
  const [key = [], name = [], handle = []] = await database.columns(
    `select account_key, platform || '/' || account_id, handle from named_account join account on account_key = key`,
  );
  const names = new Map<number, AccountName>();
  for (let row = 0; row < key.length; row++) {
    const own = name[row] as string;
    names.set(key[row] as number, {
      name: own,
      handle: (handle[row] as string | null) ?? null,
      platform: own.slice(0, own.indexOf('/')),
    });
  }
  return names;
}

/** `platform/post_id` of posts by key. */
export async function postNames(database: Database, keys: Iterable<number>): Promise<Map<number, string>> {
  await database.keyTable('named_post', [...new Set(keys)]);
  const [key = [], name = []] = await database.columns(
    `select post_key, platform || '/' || post_id from named_post join post on post_key = key`,
  );
  return new Map(key.map((one, row) => [one as number, name[row] as string]));
}

/** Kind and value of artifacts by key; needs the view `any_artifact` that `loadShares` makes. */
export async function artifactNames(
  database: Database,
  keys: Iterable<number>,
): Promise<Map<number, { kind: string; value: string }>> {
  await database.keyTable('named_artifact', [...new Set(keys)]);
  const [key = [], kind = [], value = []] = await database.columns(
    'select artifact_key, kind, value from named_artifact join any_artifact on artifact_key = key',
  );
  return new Map(key.map((one, row) => [one as number, { kind: kind[row] as string, value: value[row] as string }]));
}
