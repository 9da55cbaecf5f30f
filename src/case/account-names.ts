import type { Case } from './case.ts';

const reference = /(?<![\w./-])[a-z0-9_-]+\/[^\s,;()]+/gi;

/** What the accounts are called that texts name as `platform/account_id`: handle, else name; what is no account of the case is left out. */
export async function accountNames({ database }: Case, texts: Iterable<unknown>): Promise<Record<string, string>> {
  const found = new Set<string>();
  for (const text of texts)
    if (typeof text === 'string') for (const [one] of text.matchAll(reference)) found.add(one.replace(/[.:]+$/, ''));
  if (found.size === 0) return {};
  const rows = await database.rows<{ account: string; name: string }>(
    `with wanted as (select unnest(from_json($found, '["VARCHAR"]')) as ref)
     select wanted.ref as account, coalesce(handle, name) as name from wanted join account
       on account.platform = split_part(wanted.ref, '/', 1) and account.account_id = substr(wanted.ref, strpos(wanted.ref, '/') + 1)
     where coalesce(handle, name) is not null order by 1`,
    { found: JSON.stringify([...found]) },
  );
  return Object.fromEntries(rows.map(({ account, name }) => [account, name]));
}
