import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';

/**
 * Directory of a case of so many posts, made once and filled by SQL: a fifth of all posts is the story `#FerryPapers`, half are reshares of
 * heavy-tailed popular posts, four platforms, ten days.
 */
export async function largeCase(posts: number): Promise<string> {
  const storyPosts = Math.floor(posts / 5);
  const directory = join(tmpdir(), 'spillover-bench', `trace-case-${posts}`);
  if (existsSync(join(directory, 'case.duckdb'))) return directory;
  mkdirSync(directory, { recursive: true });
  const spilloverCase = await openCase(directory, { memoryLimitBytes: 6 * 1024 ** 3 });
  const { database } = spilloverCase;
  const accounts = Math.floor(posts / 12);
  await database.run(`select setseed(0.42)`);
  await database.run(
    `insert into source values (1, 'bench', 'bench', 'x', 0, 'bench', '{}', now()::timestamp, now()::timestamp, ${posts}, ${posts}, 0, 0, 0, [], 'bench')`,
  );
  await database.run(
    `insert into account by name select i::integer as account_key, platform_of(i) as platform, 'a' || i as account_id, 'user' || i as handle,
      make_timestamp((1262304000 + (hash(i) % 400000000)::bigint) * 1000000) as created_at, (power(10, 1 + (hash(i, 1) % 1000) / 200.0))::bigint as followers
    from range(${accounts}) as t(i)`.replaceAll(
      'platform_of(i)',
      `case when i % 10 < 7 then 'x' when i % 10 = 7 then 'telegram' when i % 10 = 8 then 'bluesky' else 'news' end`,
    ),
  );
  await database.run(`insert into post by name
    with made as (
      select i, i < ${storyPosts} as in_story,
        (${accounts} * power((hash(i, 2) % 1000000) / 1000000.0, 3))::bigint as a,
        case when hash(i, 3) % 2 = 0 and i % ${storyPosts} > 1000 then (i - i % ${storyPosts}) + ((i % ${storyPosts}) * power((hash(i, 4) % 1000000) / 1000000.0, 4))::bigint end as parent,
        make_timestamp((1715558400000000 + ((i % ${storyPosts}) * 864000000000.0 / ${storyPosts}))::bigint + (hash(i, 5) % 30000000)::bigint) as time
      from range(${posts}) as t(i)
    )
    select (i + 1)::integer as post_key, account.platform, 'p' || i as post_id, account.account_key, time, 1 as time_precision_ms,
      case when parent is null then 'original' else 'reshare' end as kind, 'p' || parent as parent_id,
      'text of the ferry number ' || coalesce(parent, i) as text, left(md5('t' || coalesce(parent, i)), 16) as text_hash, false as embedded, 1 as source_key, i as line
    from made join account on account.account_key = a`);
  await database.run(`insert into artifact values (1, 'hashtag', 'ferrypapers', '#FerryPapers')`);
  await database.run(
    `insert into artifact select (i + 2)::integer, 'url', 'https://site' || (i % 500) || '.example/' || i, null from range(100000) as t(i)`,
  );
  await database.run(
    `insert into artifact select (post_key + 200000)::integer, 'reshared', platform || '/' || parent_id, null from (select min(post_key) as post_key, platform, parent_id from post where kind = 'reshare' group by all)`,
  );
  await database.run(`insert into share
    select post_key, artifact_key, account_key, time from (
      select post_key, 1 as artifact_key, account_key, time from post where line < ${storyPosts}
      union all select post_key, 2 + (100000 * power((hash(post_key, 6) % 1000000) / 1000000.0, 3))::integer, account_key, time from post where hash(post_key, 7) % 3 = 0
      union all select post_key, artifact.artifact_key, account_key, time from post join artifact on artifact.kind = 'reshared' and artifact.value = platform || '/' || parent_id where post.kind = 'reshare'
    ) order by artifact_key, time`);
  await database.run('checkpoint');
  spilloverCase.close();
  return directory;
}
