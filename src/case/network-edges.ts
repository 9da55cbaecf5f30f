import type { CoordinationResult } from '../analyses/coordination/coordination-result.ts';
import { analyse } from './analyse.ts';
import type { Case } from './case.ts';
import type { Effects } from './effects.ts';
import { readableResult } from './results.ts';
import { getStory, selectStory } from './stories.ts';

export type NetworkKind = 'reshare' | 'coordination';

/** Accounts and links of a story in columns. A link of the reshare network goes from who wrote to who reshared. */
export interface NetworkColumns {
  /** `platform/account_id` */
  id: string[];
  label: string[];
  platform: string[];
  source: Uint32Array;
  target: Uint32Array;
  weight: Float64Array;
  /** Milliseconds since 1970 of the first post of the link; NaN where it is not known. */
  first: Float64Array;
  /** Links and accounts before the heaviest were chosen. */
  all: { accounts: number; links: number };
  statement: string;
}

/** More than this is too much for any screen: the heaviest links are kept. */
const mostLinks = 250_000;

export async function networkColumns(
  spilloverCase: Case,
  story: string,
  kind: NetworkKind,
  effects: Effects,
): Promise<NetworkColumns> {
  return kind === 'reshare' ? reshares(spilloverCase, story) : coordinated(spilloverCase, story, effects);
}

/** SQL for `flow (source, target, post_key, time)`: who reshared whom among the posts of `relation`. */
export const flowOf = (relation: string) => `
  own as (
    select post_key, platform, account_key, parent_id, parent_handle, post.time from ${relation} join post using (post_key)
    where post.kind = 'reshare' and post.account_key is not null
  ), named as (
    select platform, lower(handle) as handle, min(account_key) as account_key from account where handle is not null
    group by all having count(*) = 1
  ), flow as (
    select coalesce(parent.account_key, named.account_key) as source, own.account_key as target, own.post_key, own.time
    from own left join post as parent on parent.platform = own.platform and parent.post_id = own.parent_id
      left join named on parent.account_key is null and named.platform = own.platform and named.handle = lower(own.parent_handle)
    where coalesce(parent.account_key, named.account_key) <> own.account_key
  )`;

async function reshares(spilloverCase: Case, story: string): Promise<NetworkColumns> {
  const { database } = spilloverCase;
  await selectStory(spilloverCase, await getStory(spilloverCase, story));
  await database.run(
    `create or replace temp table network_link as with ${flowOf('(select post_key from story_post)')}
     select source, target, count(*) as weight, min(time) as first from flow group by all`,
  );
  const all = (await database.first<{ links: number; accounts: number }>(
    `select count(*) as links, (select count(*) from (select source from network_link union select target from network_link)) as accounts from network_link`,
  ))!;
  const [source = [], target = [], weight = [], first = []] = (await database.columns(
    `select source, target, weight::double, epoch_ms(first)::double from network_link order by weight desc, source, target limit ${mostLinks}`,
  )) as [number[], number[], number[], number[]];
  const accounts = await accountLabels(spilloverCase, [...source, ...target]);
  await database.run('drop table network_link');
  return {
    id: accounts.map((one) => one.id),
    label: accounts.map((one) => one.label),
    platform: accounts.map((one) => one.platform),
    ...places(
      source.map(String),
      target.map(String),
      accounts.map((one) => one.key),
    ),
    weight: Float64Array.from(weight),
    first: Float64Array.from(first),
    all,
    statement: `${all.links.toLocaleString('en')} links between ${all.accounts.toLocaleString('en')} accounts: who reshared whom in the story, as far as both are known.${all.links > mostLinks ? ` Only the ${mostLinks.toLocaleString('en')} heaviest links are drawn.` : ''}`,
  };
}

async function coordinated(spilloverCase: Case, story: string, effects: Effects): Promise<NetworkColumns> {
  const stored = await readableResult<CoordinationResult>(spilloverCase, story, 'coordination');
  const result =
    stored ?? ((await analyse(spilloverCase, 'coordination', { story }, effects)).result as CoordinationResult);
  const edges = result.edges.slice(0, mostLinks);
  const handles = new Map(result.accounts.map(({ account, handle }) => [account, handle]));
  const ids = [...new Set(edges.flatMap(({ a, b }) => [a, b]))].sort();
  const flagged = edges.filter((edge) => edge.flagged).length;
  return {
    id: ids,
    label: ids.map((id) => handles.get(id) ?? id.slice(id.indexOf('/') + 1)),
    platform: ids.map((id) => id.slice(0, id.indexOf('/'))),
    ...places(
      edges.map(({ a }) => a),
      edges.map(({ b }) => b),
      ids,
    ),
    weight: Float64Array.from(edges, ({ weight }) => weight),
    first: new Float64Array(edges.length).fill(Number.NaN),
    all: { accounts: ids.length, links: result.edges.length },
    statement: `${edges.length.toLocaleString('en')} links between ${ids.length.toLocaleString('en')} accounts that shared the same things at the same time (method ${result.method}${result.windowSeconds === null ? '' : `, window ${result.windowSeconds} s`}); ${flagged.toLocaleString('en')} links are beyond the threshold.${result.insufficient === null ? '' : ` ${result.insufficient}`}`,
  };
}

async function accountLabels({ database }: Case, keys: readonly number[]) {
  await database.run('create or replace temp table network_account (account_key integer)');
  const distinct = [...new Set(keys)];
  for (let from = 0; from < distinct.length; from += 20_000)
    await database.run(
      `insert into network_account select unnest([${distinct
        .slice(from, from + 20_000)
        .map(Number)
        .join(',')}])`,
    );
  const rows = await database.rows<{ key: number; id: string; label: string; platform: string }>(
    `select account_key as key, platform || '/' || account_id as id, coalesce(handle, name, account_id) as label, platform
     from network_account join account using (account_key) order by id`,
  );
  await database.run('drop table network_account');
  return rows.map((one) => ({ ...one, key: String(one.key) }));
}

/** Ends of links as places in a list of names. */
function places(source: readonly string[], target: readonly string[], names: readonly string[]) {
  const place = new Map(names.map((name, at) => [name, at]));
  return {
    source: Uint32Array.from(source, (name) => place.get(name)!),
    target: Uint32Array.from(target, (name) => place.get(name)!),
  };
}
