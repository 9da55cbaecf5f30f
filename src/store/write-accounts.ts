import type { Database } from './database.ts';
import { inPart } from './staging.ts';

const profile = [
  'handle',
  'name',
  'created_at',
  'followers',
  'following',
  'posts',
  'likes_given',
  'listed',
  'verified',
  'default_profile',
  'default_image',
  'description',
];

/**
 * Adds the accounts of the staged posts and snapshots; a later snapshot refreshes what is known, missing fields stay. Of
 * snapshots of one time the last in the file counts. Keys follow the sources that first name the accounts.
 */
export async function writeAccounts(database: Database): Promise<void> {
  await database.run(`create or replace temp table account_snapshot as
    with seen as (
      select * from staged_account where account_id is not null
      union all by name
      select item.platform, coalesce(account_id, handle) as account_id, handle, name, max(reach) as followers, max(time) as seen_at, min(_row) as _row
      from staged join item on item.rid = staged.rowid
      where item.problem is null and coalesce(account_id, handle) is not null group by all
    ), ordered as (
      select *, epoch_us(coalesce(seen_at, timestamp '1970-01-01'))::hugeint * 1000000000000 + _row as age from seen
    )
    select platform, account_id, max(seen_at) as seen_at, min(_row) as first_row,
      ${profile.map((column) => `arg_max(${column}, age) as ${column}`).join(', ')}
    from ordered group by platform, account_id`);
  await database.run(`update account set seen_at = greatest(account.seen_at, s.seen_at),
      ${profile.map((column) => `${column} = case when account.seen_at is null or s.seen_at >= account.seen_at then coalesce(s.${column}, account.${column}) else coalesce(account.${column}, s.${column}) end`).join(', ')}
    from account_snapshot as s where s.platform = account.platform and s.account_id = account.account_id`);
  await database.run(`insert into account by name
    select (select coalesce(max(account_key), 0) from account) + row_number() over (order by source_key, platform, account_id) as account_key,
      source_key as first_source_key, s.* exclude (first_row)
    from account_snapshot as s ${inPart('s.first_row')}
    where not exists (select 1 from account where account.platform = s.platform and account.account_id = s.account_id)`);
  await database.run('drop table account_snapshot');
}
