import type { Database } from '../../store/database.ts';

export interface NamedNode {
  post: string;
  account: string | null;
  handle: string | null;
}

/** Names of nodes of `cascade_node`: `platform/post_id`, and who wrote it where that is known. */
export async function nameNodes(database: Database, nodes: Iterable<number>): Promise<Map<number, NamedNode>> {
  const rows = await database.rows<NamedNode & { i: number }>(
    `select i, node.platform || '/' || node.post_id as post, account.platform || '/' || account.account_id as account, account.handle
     from cascade_node as node left join post using (post_key) left join account using (account_key)
     where i in (select unnest($nodes::bigint[]))`,
    { nodes: `[${[...nodes].join(',')}]` },
  );
  return new Map(rows.map(({ i, ...named }) => [i, named]));
}
