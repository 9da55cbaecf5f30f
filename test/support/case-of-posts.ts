import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, openCase } from '../../src/case/case.ts';

/** A post in as few words as a test needs; times are milliseconds since 1970. */
export interface TestPost {
  platform?: string;
  id: string;
  account?: string | null;
  time: number | null;
  kind?: 'original' | 'reshare' | 'reply' | 'quote';
  parent?: string;
  text?: string;
  reach?: number;
  reshares?: number;
  precisionMs?: number;
  urls?: string[];
  domains?: string[];
  hashtags?: string[];
}

export interface TestAccount {
  platform?: string;
  account: string;
  created?: number;
  followers?: number;
  following?: number;
  posts?: number;
  handle?: string;
}

/** A case in a new temporary directory that holds these posts, with keys in their order; call `remove` when done. */
export async function caseOfPosts(
  posts: readonly TestPost[],
  accounts: readonly TestAccount[] = [],
): Promise<{ spilloverCase: Case; remove: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'spillover-test-'));
  const spilloverCase = await openCase(directory, { memoryLimitBytes: 1024 ** 3 });
  const { database } = spilloverCase;
  const rows = posts.map((post, i) => ({
    platform: 'x',
    account: `a-${post.id}`,
    kind: 'original',
    ...post,
    key: i + 1,
  }));
  await database.run(
    `create temp table made as select unnest(from_json($rows, '[{"key":"INTEGER","platform":"VARCHAR","id":"VARCHAR","account":"VARCHAR","time":"DOUBLE","kind":"VARCHAR","parent":"VARCHAR","text":"VARCHAR","reach":"BIGINT","reshares":"BIGINT","precisionMs":"BIGINT","urls":["VARCHAR"],"domains":["VARCHAR"],"hashtags":["VARCHAR"]}]'), recursive := true)`,
    { rows: JSON.stringify(rows) },
  );
  await database.run(
    `create temp table known as select unnest(from_json($accounts, '[{"platform":"VARCHAR","account":"VARCHAR","created":"DOUBLE","followers":"BIGINT","following":"BIGINT","posts":"BIGINT","handle":"VARCHAR"}]'), recursive := true)`,
    { accounts: JSON.stringify(accounts.map((account) => ({ platform: 'x', ...account }))) },
  );
  await database.run(
    `insert into source by name select 1 as source_key, 'made' as file, 'made' as path, '' as sha256, 0 as bytes, 'made' as format, '{}' as options,
       now()::timestamp as started, (select count(*) from made) as records_read, (select count(*) from made) as posts_added, 0 as duplicates, 0 as problems, 0 as embedded, []::varchar[] as notes, 'test' as software_version;
     insert into account by name
       with named as (select platform, account, min(key) as first from made where account is not null group by all)
       select row_number() over (order by first)::integer as account_key, named.platform, named.account as account_id, coalesce(handle, named.account) as handle,
         make_timestamp((created * 1000)::bigint) as created_at, followers, "following", posts
       from named left join known on known.platform = named.platform and known.account = named.account;
     insert into post by name
       select key as post_key, made.platform, id as post_id, account.account_key, make_timestamp((time * 1000)::bigint) as time, coalesce(precisionMs, 1) as time_precision_ms,
         kind, parent as parent_id, text, case when length(text) >= 20 then left(md5(lower(text)), 16) end as text_hash, reach, made.reshares, false as embedded, 1 as source_key, key as line
       from made left join account on account.platform = made.platform and account.account_id = made.account order by key;
     create temp table carried as
       select key as post_key, 'url' as kind, unnest(urls) as value from made where urls is not null
       union all select key, 'domain', unnest(domains) from made where domains is not null
       union all select key, 'hashtag', unnest(hashtags) from made where hashtags is not null
       union all select key, 'reshared', platform || '/' || parent from made where kind = 'reshare' and parent is not null;
     insert into artifact select row_number() over (order by kind, value), kind, value, value from (select distinct kind, value from carried);
     insert into share select post_key, artifact_key, account_key, time from carried join artifact using (kind, value) join post using (post_key) order by artifact_key, time, post_key;
     drop table made; drop table known; drop table carried;`,
  );
  return {
    spilloverCase,
    remove: () => {
      spilloverCase.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
