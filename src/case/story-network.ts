import type { RoleEntry, TraceResult } from '../analyses/trace/trace-result.ts';
import type { Mask } from '../domain/mask.ts';
import type { Network, NetworkAttribute, NetworkEdge, NetworkNode, Spell } from '../domain/network.ts';
import { venueTiers } from '../domain/venue-tiers.ts';
import type { Case } from './case.ts';
import { caseContext } from './context.ts';
import { getStory, selectStory } from './stories.ts';
import { caseVenues } from './venues.ts';

/** Posts named with a node or an edge; their number is always given in full. */
const postsNamed = 5;
const mostSpells = 1000;

const nodeAttributes: readonly NetworkAttribute[] = [
  { id: 'platform', kind: 'string' },
  { id: 'handle', kind: 'string' },
  { id: 'tier', kind: 'string' },
  { id: 'role', kind: 'string' },
  { id: 'score', kind: 'double' },
  { id: 'significant', kind: 'boolean' },
  { id: 'group', kind: 'string' },
  { id: 'posts', kind: 'integer' },
  { id: 'followers', kind: 'integer' },
  { id: 'first', kind: 'string' },
  { id: 'last', kind: 'string' },
  { id: 'evidence_count', kind: 'integer' },
  { id: 'evidence', kind: 'string' },
];
const edgeAttributes: readonly NetworkAttribute[] = [
  { id: 'reshares', kind: 'integer' },
  { id: 'quotes', kind: 'integer' },
  { id: 'replies', kind: 'integer' },
  { id: 'first', kind: 'string' },
  { id: 'last', kind: 'string' },
  { id: 'evidence_count', kind: 'integer' },
  { id: 'evidence', kind: 'string' },
];

/** Columns of the nodes and edges of a network and how many there are; the network itself is generated from them. */
export interface CountedNetwork {
  network: Network;
  counts: { nodes: number; edges: number };
}

/**
 * Who passed the story on from whom: an edge goes from the author of a post to the account that reshared, quoted or answered it, as
 * information flows, and weighs as many posts as there are. Nodes carry tier, role, score and the posts behind them.
 * @param options.spells also the times of the posts, for a dynamic network
 */
export async function reshareNetwork(
  spilloverCase: Case,
  traced: TraceResult,
  options: { mask: Mask | null; spells: boolean },
): Promise<CountedNetwork> {
  const { database } = spilloverCase;
  const { mask } = options;
  await selectStory(spilloverCase, await getStory(spilloverCase, traced.story));
  await database.run(`create or replace temp table flow as
    with own as (
      select account_key as target, kind, time, platform, post_id, parent_id, parent_handle
      from story_post join post using (post_key) where kind <> 'original' and account_key is not null
    ), stated as (
      select own.*, parent.account_key as source
      from own left join post as parent on parent.platform = own.platform and parent.post_id = own.parent_id
    ), by_handle as (
      select platform, lower(handle) as handle, min(account_key) as source from account where handle is not null group by all
      having count(*) = 1
    ), flowing as (
      select source, target, kind, time, platform, post_id from stated where source is not null
      union all
      select by_handle.source, target, kind, time, stated.platform, post_id
      from stated join by_handle on by_handle.platform = stated.platform and by_handle.handle = lower(stated.parent_handle)
      where stated.source is null
    )
    select source, target, kind, time, platform || '/' || post_id as post from flowing where source <> target`);
  const times = options.spells ? `list(epoch_ms(time)::double order by time)[1:${mostSpells}]` : 'null';
  const nodes = await database.columns(`
    with ends as (
      select source as account_key from flow union select target from flow
      union select account_key from story_post join post using (post_key) where account_key is not null
    ), own as (
      select account_key, count(*) as posts, min(time) as first, max(time) as last, ${times} as times,
        array_to_string((list(platform || '/' || post_id order by time, post_id))[1:${postsNamed}], ' ') as evidence
      from story_post join post using (post_key) where account_key is not null group by account_key
    )
    select account.platform || '/' || account.account_id as id, account.platform, account.account_id, account.handle, account.name,
      account.followers::double, coalesce(own.posts, 0)::double, epoch_ms(own.first)::double, epoch_ms(own.last)::double, own.evidence, own.times
    from ends join account using (account_key) left join own using (account_key) order by own.first nulls last, id`);
  const edges = await database.columns(`
    with grouped as (
      select source, target, count(*) filter (kind = 'reshare')::double as reshares, count(*) filter (kind = 'quote')::double as quotes,
        count(*) filter (kind = 'reply')::double as replies, min(time) as first, max(time) as last, count(*)::double as posts,
        case when count(*) = 1 then any_value(post) else array_to_string((list(post order by time, post))[1:${postsNamed}], ' ') end as evidence,
        ${times} as times
      from flow group by source, target
    )
    select a.platform || '/' || a.account_id as source, b.platform || '/' || b.account_id as target, reshares, quotes, replies,
      epoch_ms(first)::double, epoch_ms(last)::double, grouped.posts, evidence, grouped.times
    from grouped join account as a on a.account_key = grouped.source join account as b on b.account_key = grouped.target
    order by first, a.platform, a.account_id, b.platform, b.account_id`);
  await database.run('drop table flow');
  const context = await caseContext(spilloverCase);
  const tiers = venueTiers(context, (await caseVenues(spilloverCase)).venues);
  const roles = mainRoles(traced.roles);
  const groups = new Map(
    traced.groups.flatMap((group) => group.accounts.map((one): [string, string] => [one, group.id])),
  );
  const network: Network = {
    title: `Who passed on ${traced.story}`,
    description: `Edges go from the author to the account that reshared, quoted or answered. Story ${traced.query}; ${traced.version}; times in UTC; roles and scores are signs with their evidence, not verdicts.`,
    directed: true,
    nodeAttributes,
    edgeAttributes,
    nodes: { [Symbol.iterator]: () => nodesOf(nodes, tiers, roles, groups, mask, options.spells) },
    edges: { [Symbol.iterator]: () => edgesOf(edges, mask, options.spells) },
  };
  return { network, counts: { nodes: nodes[0]!.length, edges: edges[0]!.length } };
}

function* nodesOf(
  columns: readonly unknown[][],
  tiers: ReturnType<typeof venueTiers>,
  roles: ReadonlyMap<string, RoleEntry>,
  groups: ReadonlyMap<string, string>,
  mask: Mask | null,
  withSpells: boolean,
): Generator<NetworkNode> {
  const [id, platform, accountId, handle, name, followers, posts, first, last, evidence, times] = columns as [
    string[],
    string[],
    string[],
    (string | null)[],
    (string | null)[],
    (number | null)[],
    number[],
    (number | null)[],
    (number | null)[],
    (string | null)[],
    (number[] | null)[],
  ];
  for (let at = 0; at < id.length; at++) {
    const account = id[at]!;
    const role = roles.get(account);
    const shown = mask ? mask.handle(account, handle[at]!) : handle[at]!;
    const label = shown ?? (mask?.isMasked(account) ? null : name[at]) ?? mask?.account(account) ?? account;
    const where = platform[at]!;
    yield {
      id: mask ? mask.account(account) : account,
      label,
      values: [
        where,
        shown,
        tiers.account(where, accountId[at]!, handle[at]!, where === 'news' ? accountId[at]! : null),
        role?.role ?? 'participant',
        role?.score ?? null,
        role?.significant ?? false,
        groups.get(account) ?? null,
        posts[at]!,
        followers[at]!,
        iso(first[at]!),
        iso(last[at]!),
        posts[at]!,
        maskedPosts(evidence[at]!, account, mask),
      ],
      ...(withSpells ? { spells: spellsOf(times[at] ?? null) } : {}),
    };
  }
}

function* edgesOf(columns: readonly unknown[][], mask: Mask | null, withSpells: boolean): Generator<NetworkEdge> {
  const [source, target, reshares, quotes, replies, first, last, count, evidence, times] = columns as [
    string[],
    string[],
    number[],
    number[],
    number[],
    (number | null)[],
    (number | null)[],
    number[],
    (string | null)[],
    (number[] | null)[],
  ];
  for (let at = 0; at < source.length; at++) {
    yield {
      source: mask ? mask.account(source[at]!) : source[at]!,
      target: mask ? mask.account(target[at]!) : target[at]!,
      weight: count[at]!,
      values: [
        reshares[at]!,
        quotes[at]!,
        replies[at]!,
        iso(first[at]!),
        iso(last[at]!),
        count[at]!,
        maskedPosts(evidence[at]!, target[at]!, mask),
      ],
      ...(withSpells ? { spells: spellsOf(times[at] ?? null) } : {}),
    };
  }
}

/** The most telling role of each account: significant ones first, then in the order of the story's stages. */
function mainRoles(roles: readonly RoleEntry[]): Map<string, RoleEntry> {
  const order = ['origin', 'catalyst', 'influencer', 'mainstream', 'booster', 'participant'];
  const rank = (role: RoleEntry) => (role.significant ? 0 : 10) + order.indexOf(role.role);
  const main = new Map<string, RoleEntry>();
  for (const role of roles) {
    const known = main.get(role.account);
    if (!known || rank(role) < rank(known)) main.set(role.account, role);
  }
  return main;
}

function maskedPosts(posts: string | null, author: string, mask: Mask | null): string | null {
  if (posts === null || mask === null) return posts;
  return posts
    .split(' ')
    .map((post) => mask.post(post, author))
    .join(' ');
}

function spellsOf(times: readonly number[] | null): Spell[] {
  return (times ?? []).map((time) => ({ from: time, to: time }));
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
