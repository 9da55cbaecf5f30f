import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { addStory } from '../src/case/stories.ts';

export const networkStory = 'net';

/**
 * Directory of a case whose story `net` has a reshare network of exactly so many accounts and links, made once: communities of about 120
 * accounts, one link in six leads out of its community, a few authors get most reshares.
 */
export async function networkCase(
  accounts: number,
  links: number,
  directory = join(tmpdir(), 'spillover-bench', `network-case-${accounts}-${links}`),
): Promise<string> {
  if (existsSync(join(directory, 'case.duckdb'))) return directory;
  mkdirSync(directory, { recursive: true });
  const spilloverCase = await openCase(directory);
  const { database } = spilloverCase;
  const communities = Math.max(20, Math.round(accounts / 120));
  await database.run(
    `insert into source values (1, 'bench', 'bench', 'x', 0, 'bench', '{}', now()::timestamp, now()::timestamp, ${accounts + links}, ${accounts + links}, 0, 0, 0, [], 'bench')`,
  );
  await database.run(
    `insert into account by name select (i + 1)::integer as account_key, case when i % 9 = 0 then 'bluesky' else 'x' end as platform,
       'a' || i as account_id, 'account_' || i as handle from range(${accounts}) as t(i)`,
  );
  await database.run(`create temp table link as
    with drawn as (
      select i as target, n, hash(i, n, 1) % 6 <> 0 as inside, (hash(i, n, 2) % 1000000) / 1000000.0 as u, hash(i, n, 3) as h
      from range(${accounts}) as t(i), range(${Math.ceil((3 * links) / accounts)}) as r(n)
    ), placed as (
      select target, n, case when inside
        then target % ${communities} + ${communities} * floor(power(u, 4) * (${accounts} // ${communities}))::bigint
        else (h % ${accounts})::bigint end as source
      from drawn
    ), distinct_links as (select source, target, min(n) as n from placed where source <> target and source < ${accounts} group by all)
    select source, target, (row_number() over (order by n, hash(source, target)))::integer as nth from distinct_links order by nth limit ${links}`);
  await database.run(`insert into post by name
    select (i + 1)::integer as post_key, platform, 'p' || i as post_id, account_key, timestamp '2024-05-01' + to_seconds(i % 3600) as time, 1000 as time_precision_ms,
      'original' as kind, null as parent_id, 'about the net ' || i as text, false as embedded, 1 as source_key, i as line
    from range(${accounts}) as t(i) join account on account_key = i + 1
    union all by name
    select (${accounts} + nth)::integer as post_key, author.platform, 'r' || nth as post_id, (target + 1)::integer as account_key,
      timestamp '2024-05-01 01:00' + to_seconds(nth % 82800) as time, 1000 as time_precision_ms, 'reshare' as kind, 'p' || source as parent_id,
      'about the net ' || source as text, false as embedded, 1 as source_key, ${accounts} + nth as line
    from link join account as author on author.account_key = source + 1`);
  await database.run(`insert into artifact values (1, 'hashtag', 'net', '#net')`);
  await database.run('insert into share select post_key, 1, account_key, time from post order by time');
  await addStory(spilloverCase, { name: networkStory, query: '#net' });
  await database.run('checkpoint');
  spilloverCase.close();
  return directory;
}
