import type { CoordinationResult } from '../analyses/coordination/coordination-result.ts';
import type { Case } from './case.ts';
import { flowOf, type NetworkKind } from './network-edges.ts';
import { accountKey } from './post-filter.ts';
import { readableResult } from './results.ts';

/** Posts behind an account of a network, or behind the link between two, in order of time, as `platform/post_id`. */
export async function postsOfLink(
  spilloverCase: Case,
  relation: string,
  story: string,
  kind: NetworkKind,
  asked: { account: string; other?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; posts: string[] }> {
  if (kind === 'coordination') return coordinatedPosts(spilloverCase, story, asked);
  const account = (await accountKey(spilloverCase, asked.account)) ?? -1;
  const other = asked.other === undefined ? null : ((await accountKey(spilloverCase, asked.other)) ?? -1);
  const rows = await spilloverCase.database.rows<{ post: string; total: number }>(
    `with ${flowOf(`(select post_key from ${relation})`)},
     wanted as (
       select distinct post_key from flow
       where (source = $account and ($other::integer is null or target = $other)) or (target = $account and ($other::integer is null or source = $other))
     )
     select platform || '/' || post_id as post, count(*) over () as total from wanted join post using (post_key)
     order by time, post_key limit ${asked.limit} offset ${asked.offset}`,
    { account, other },
  );
  return { total: rows[0]?.total ?? 0, posts: rows.map(({ post }) => post) };
}

async function coordinatedPosts(
  spilloverCase: Case,
  story: string,
  { account, other, limit, offset }: { account: string; other?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; posts: string[] }> {
  const result = await readableResult<CoordinationResult>(spilloverCase, story, 'coordination');
  const posts = new Set<string>();
  for (const edge of result?.edges ?? []) {
    const isOwn = edge.a === account || edge.b === account;
    if (!isOwn || (other !== undefined && edge.a !== other && edge.b !== other)) continue;
    for (const post of edge.posts ?? []) posts.add(post);
  }
  const all = [...posts];
  return { total: all.length, posts: all.slice(offset, offset + limit) };
}
