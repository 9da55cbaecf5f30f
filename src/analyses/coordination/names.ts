import type { Database } from '../../store/database.ts';

export interface AccountName {
  name: string;
  handle: string | null;
  platform: string;
}

/** Names of accounts by key, in the order of the keys, which may repeat. */
export async function accountNames(database: Database, keys: Iterable<number>): Promise<Map<number, AccountName>> {
  await database.keyTable('named_account', [...new Set(keys)]);
  const named = 'from named_account join account on account_key = key';
  const [known = new Float64Array()] = await database.numbers(`select key ${named} order by key`);
  const own = await database.texts(`select key, platform || '/' || account_id as text ${named}`);
  const handles = await database.texts(`select key, coalesce(handle, '') as text ${named}`);
  const names = new Map<number, AccountName>();
  for (let row = 0; row < known.length; row++) {
    const name = own[row]!;
    names.set(known[row]!, { name, handle: handles[row] || null, platform: name.slice(0, name.indexOf('/')) });
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
