import type { ResultSummary, ResultTable } from '../analysis.ts';
import type { CoordinationEdge, CoordinationResult } from './coordination-result.ts';

const published: Record<CoordinationResult['method'], string> = {
  spillover: 'tested against chance',
  coortweet: 'as CooRTweet 2.1.3 defines it',
  cnt: 'as the coordination-network-toolkit defines it',
  coornet: 'as CooRnet 1.7.0 defines it',
  cosine: 'cosine of the TF-IDF weights of what is shared',
};
const mostGroupsTold = 10;

/** Sentences with posts, and the tables of edges, groups and accounts. */
export function summariseCoordination(result: CoordinationResult): ResultSummary {
  return { findings: [...findings(result)], tables: [edgeTable(result), ...otherTables(result)] };
}

function* findings(result: CoordinationResult): Iterable<{ text: string; posts: readonly string[] }> {
  const { read, counts, flagged, groups } = result;
  const window = result.windowSeconds === null ? 'at any time' : `within ${number(result.windowSeconds)} s`;
  yield {
    text: `${number(read.shares)} shares of ${result.on.join(', ')} by ${number(read.accounts)} accounts: ${number(counts.pairs)} pairs of shares ${window} join ${number(counts.accounts)} accounts by ${number(counts.edges)} edges over ${number(counts.artifacts)} artifacts (${published[result.method]}).`,
    posts: [],
  };
  if (result.insufficient) yield { text: `Insufficient data: ${result.insufficient}`, posts: [] };
  else if (flagged.edges === 0)
    yield {
      text:
        result.method === 'spillover'
          ? 'No pair of accounts coincided more than chance allows. That is no proof that nobody coordinated: it would not show what deleted posts, other platforms or slower coordination hide.'
          : 'No edge lies above the threshold.',
      posts: [],
    };
  else
    yield {
      text: `${number(flagged.edges)} edges between ${number(flagged.accounts)} accounts are ${result.method === 'spillover' ? 'more than chance allows' : 'above the threshold'}; they form ${number(flagged.components)} ${flagged.components === 1 ? 'group' : 'groups'}.`,
      posts: [],
    };
  for (const group of groups.slice(0, mostGroupsTold)) {
    if (group.accounts.length < 3 && group.id > 1) break;
    const chance = group.pValue === null ? '' : `, p = ${group.pValue.toPrecision(2)}`;
    const delta = group.avgDelta === null ? '' : `, on average ${group.avgDelta.toFixed(1)} s apart`;
    const shared = group.artifacts[0];
    yield {
      text: `Group ${group.id}: ${number(group.accounts.length)} accounts, ${number(group.edges)} edges${delta}${chance}${shared ? `; most of all they shared ${shared.kind} ${shared.value} (${shared.accounts} accounts)` : ''}.`,
      posts: group.posts,
    };
  }
  if (read.withoutAccount > 0)
    yield {
      text: `${number(read.withoutAccount)} shares without an account were left out: anonymous posters cannot be joined.`,
      posts: [],
    };
  if (read.withoutTime > 0)
    yield { text: `${number(read.withoutTime)} shares without a time were left out.`, posts: [] };
  if (read.leftOut > 0)
    yield { text: `${number(read.leftOut)} shares of artifacts above --most-shares were left out.`, posts: [] };
  if (read.repeats > 0)
    yield {
      text: `${number(read.repeats)} rows that their file gave more than once count as often, as the package counts them.`,
      posts: [],
    };
  if (result.truncated)
    yield { text: `Only the ${number(result.edges.length)} strongest edges are listed (--most-edges).`, posts: [] };
  if (result.suggestion) yield { text: result.suggestion.reason, posts: [] };
  for (const text of result.notes) yield { text, posts: [] };
}

function edgeTable({ edges, method, directed }: CoordinationResult): ResultTable {
  const first = edges[0];
  const extra: [string, (edge: CoordinationEdge) => string | number | boolean | null][] = [];
  const add = (name: string, read: (edge: CoordinationEdge) => string | number | boolean | null | undefined) =>
    extra.push([name, (edge) => read(edge) ?? null]);
  if (method === 'spillover')
    for (const name of ['expected', 'pValue', 'adjusted', 'shared'] as const) add(name, (edge) => edge[name]);
  if (first?.fast !== undefined)
    for (const name of ['weight', 'avgDelta', 'contentsA', 'contentsB', 'symmetry', 'flagged'] as const)
      add(`fast${name[0]!.toUpperCase()}${name.slice(1)}`, (edge) => edge.fast?.[name]);
  for (const kind of new Set(edges.flatMap((edge) => Object.keys(edge.layers ?? {}))))
    add(`weight_${kind}`, (edge) => edge.layers?.[kind] ?? 0);
  if (first?.fastEnds) add('fastEnds', (edge) => edge.fastEnds?.join(' '));
  if (first?.objects) add('objects', (edge) => edge.objects?.join(' '));
  if (edges.some((edge) => edge.posts)) add('posts', (edge) => edge.posts?.join(' '));
  return {
    title: directed ? 'Edges (from a to b)' : 'Edges',
    columns: [
      'a',
      'b',
      'weight',
      'avgDelta',
      'contentsA',
      'contentsB',
      'symmetry',
      'flagged',
      ...extra.map(([name]) => name),
    ],
    rows: {
      *[Symbol.iterator]() {
        for (const edge of edges)
          yield [
            edge.a,
            edge.b,
            edge.weight,
            edge.avgDelta,
            edge.contentsA,
            edge.contentsB,
            edge.symmetry,
            edge.flagged,
            ...extra.map(([, read]) => read(edge)),
          ];
      },
    },
  };
}

function otherTables(result: CoordinationResult): ResultTable[] {
  const tables: ResultTable[] = [
    {
      title: 'Groups',
      columns: ['group', 'accounts', 'edges', 'density', 'communities', 'avgDelta', 'p', 'members'],
      rows: result.groups.map((one) => [
        one.id,
        one.accounts.length,
        one.edges,
        Number(one.density.toPrecision(3)),
        one.communities,
        one.avgDelta === null ? null : Number(one.avgDelta.toPrecision(4)),
        one.pValue,
        one.accounts.slice(0, 5).join(' ') + (one.accounts.length > 5 ? ' …' : ''),
      ]),
    },
  ];
  if (result.sweep)
    tables.push({
      title: 'The same with other windows',
      columns: ['windowSeconds', 'pairs', 'edges', 'flagged', 'groups', 'accountsInGroups'],
      rows: result.sweep.map((one) => [
        one.windowSeconds,
        one.pairs,
        one.edges,
        one.flagged,
        one.groups,
        one.accountsInGroups,
      ]),
    });
  if (result.accountStats)
    tables.push({
      title: 'account_stats',
      columns: ['account', 'avgDelta', 'symmetry', 'fastAvgDelta', 'fastSymmetry', 'uniqueShares'],
      rows: result.accountStats.map((one) => [
        one.account,
        one.avgDelta,
        one.symmetry,
        one.fastAvgDelta ?? null,
        one.fastSymmetry ?? null,
        one.uniqueShares,
      ]),
    });
  if (result.groupStats)
    tables.push({
      title: 'group_stats',
      columns: ['artifact', 'accounts', 'fromAccounts'],
      rows: result.groupStats.map((one) => [one.artifact, one.accounts, one.fromAccounts]),
    });
  return tables;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
