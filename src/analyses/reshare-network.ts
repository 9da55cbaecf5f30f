import { buildCsrGraph, type CsrGraph } from '../base/csr-graph.ts';
import type { Database } from '../store/database.ts';
import { indices, numbers } from './choose-posts.ts';

/** Who reshared or quoted whom, undirected with the number of times as weight; nodes are accounts in the order of platform and id. */
export interface ReshareNetwork {
  graph: CsrGraph;
  ties: number;
  accountKey: Uint32Array;
}

/**
 * Reshares and quotes of the posts of a view (columns of `post`) whose parent is anywhere in the case. The temporary table
 * `network_account (a, account_key)` holds the nodes.
 */
export async function loadReshareNetwork(database: Database, source: string): Promise<ReshareNetwork> {
  await database.run(
    `create or replace temp table network_tie as
     select own.account_key as source_key, parent.account_key as target_key, count(*) as weight
     from ${source} as own join post as parent on parent.platform = own.platform and parent.post_id = own.parent_id
     where own.kind in ('reshare', 'quote') and own.account_key is not null and parent.account_key is not null and own.account_key <> parent.account_key
     group by all`,
  );
  await database.run(
    `create or replace temp table network_account as
     select row_number() over (order by platform, account_id) - 1 as a, account_key
     from account semi join (select source_key as k from network_tie union select target_key from network_tie) as met on met.k = account.account_key`,
  );
  const [from, to, weight] = await database.columns(
    `select x.a, y.a, weight from network_tie join network_account as x on x.account_key = source_key join network_account as y on y.account_key = target_key order by 1, 2`,
  );
  const [key] = await database.columns('select account_key from network_account order by a');
  const accountKey = indices(key);
  const graph = buildCsrGraph({
    nodes: accountKey.length,
    source: indices(from),
    target: indices(to),
    weight: numbers(weight),
  });
  return { graph, ties: graph.targets.length / 2, accountKey };
}
