import type { Database } from '../../store/database.ts';
import type { Acts } from './co-action-kernel.ts';

/**
 * Reshares by the accounts of the temporary table `accounts (account_key, a)` anywhere in the case, one act per account and reshared post, up to
 * `until` (a time as DuckDB reads it). The delay counts from the reshared post where it is in the case, else from the first reshare.
 */
export async function loadReshareActs(database: Database, accounts: string, until = 'infinity'): Promise<Acts> {
  const [artifact = [], time = [], account = [], delay = [], source = []] = await database.numbers(
    `with act as (
      select share.artifact_key, accounts.a, min(share.time) as time, any_value(original.time) as born, any_value(original.account_key) as author
      from share join artifact using (artifact_key) join ${accounts} as accounts using (account_key) join post using (post_key)
        left join post as original on original.platform = post.platform and original.post_id = post.parent_id
          and (original.time is null or original.time <= $until::timestamp)
      where artifact.kind = 'reshared' and share.time <= $until::timestamp and not post.embedded
      group by all
    ), dated as (
      select *, coalesce(born, min(time) over (partition by artifact_key)) as start from act
    )
    select artifact_key, epoch_ms(time)::double, a::integer, greatest(0, epoch_ms(time) - epoch_ms(start))::double,
      coalesce(author, 0) from dated order by artifact_key, time, a`,
    { until },
  );
  return {
    artifact: Uint32Array.from(artifact),
    time: Float64Array.from(time),
    account: Uint32Array.from(account),
    delay: Float64Array.from(delay),
    source: Uint32Array.from(source),
  };
}
