import type { Database } from '../../store/database.ts';
import { numbers } from '../choose-posts.ts';

/**
 * Posts as nodes of a forest, in the order of time, then originals first, platform and native id; parents that were not collected stand behind them. The
 * temporary table `cascade_node (i, post_key, platform, post_id)` names the nodes.
 */
export interface CascadeForest {
  posts: number;
  /** Parent of each node, -1 for none. */
  parent: Int32Array;
  /** Milliseconds since 1970; NaN for parents that were not collected. */
  time: Float64Array;
  /** 0 original, 1 reshare, 2 reply, 3 quote. */
  kind: Uint8Array;
  /** Followers of the author then, 0 where unknown. */
  followers: Float64Array;
  parentMissing: number;
  parentLater: number;
}

/** Reads the posts of a view or table with the columns of `post`; only these kinds of links count. */
export async function loadForest(database: Database, source: string, links: readonly string[]): Promise<CascadeForest> {
  await database.run(
    `create or replace temp table cascade_node as
     with own as (
       select row_number() over (order by time, kind <> 'original', platform, post_id) - 1 as i, post_key, platform, post_id,
         case when kind in (select unnest(from_json($links, '["VARCHAR"]'))) then parent_id end as parent_id
       from ${source}
     ), missing as (
       select distinct platform, parent_id from own
       where parent_id is not null and not exists (select 1 from own as there where there.platform = own.platform and there.post_id = own.parent_id)
     )
     select i, post_key, platform, post_id, parent_id from own
     union all
     select (select count(*) from own) + row_number() over (order by platform, parent_id) - 1, null, platform, parent_id, null from missing`,
    { links: JSON.stringify(links) },
  );
  const [time, kind, followers, parent] = await database.columns(
    `select epoch_ms(post.time)::double, case post.kind when 'reshare' then 1 when 'reply' then 2 when 'quote' then 3 else 0 end,
       coalesce(post.reach, account.followers, 0)::double, there.i
     from cascade_node as node left join post using (post_key) left join account using (account_key)
       left join cascade_node as there on there.platform = node.platform and there.post_id = node.parent_id
     order by node.i`,
  );
  const forest: CascadeForest = {
    posts: 0,
    parent: Int32Array.from((parent ?? []) as (number | bigint | null)[], (one) => (one === null ? -1 : Number(one))),
    time: numbers(time),
    kind: Uint8Array.from((kind ?? []) as (number | bigint)[], Number),
    followers: numbers(followers),
    parentMissing: 0,
    parentLater: 0,
  };
  const nodes = forest.parent.length;
  while (forest.posts < nodes && !Number.isNaN(forest.time[forest.posts]!)) forest.posts++;
  for (let i = 0; i < forest.posts; i++) {
    const from = forest.parent[i]!;
    if (from >= forest.posts) forest.parentMissing++;
    else if (from >= i) {
      forest.parent[i] = -1;
      forest.parentLater++;
    }
  }
  return forest;
}
