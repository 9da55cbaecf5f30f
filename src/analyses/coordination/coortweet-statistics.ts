import type { Database } from '../../store/database.ts';
import type { AccountStatistics, ObjectStatistics } from './coordination-result.ts';
import type { FoundNetwork } from './found-network.ts';
import { type AccountName, artifactNames, postNames } from './names.ts';

type Threshold = 'none' | 'full' | 'fast';

/** CooRTweet's `account_stats`: rows of equal values count once, as there. */
export function accountStatistics(
  network: FoundNetwork,
  names: ReadonlyMap<number, AccountName>,
  threshold: Threshold,
): AccountStatistics[] {
  const seen = new Map<number, Map<string, { full: [number, number]; fast: [number, number] | null }>>();
  for (const edge of chosenEdges(network, threshold)) {
    const fast = network.fast?.[edge] ?? null;
    const left = network.contentsA[edge]!;
    const right = network.contentsB[edge]!;
    const row = {
      full: [network.avgDelta![edge]!, Math.min(left, right) / Math.max(left, right)] as [number, number],
      fast: fast && ([fast.avgDelta, fast.symmetry] as [number, number]),
    };
    for (const end of [network.a[edge]!, network.b[edge]!]) {
      const own = seen.get(end) ?? new Map();
      seen.set(end, own.set(JSON.stringify(row), row));
    }
  }
  const shares = network.coortweet!.uniqueShares(threshold === 'fast');
  return [...seen]
    .filter(([key]) => shares[key]! > 0)
    .map(([key, own]): AccountStatistics => {
      const rows = [...own.values()];
      const fast = rows.flatMap((row) => (row.fast ? [row.fast] : []));
      return {
        account: names.get(key)!.name,
        avgDelta: mean(rows.map(({ full }) => full[0])),
        symmetry: mean(rows.map(({ full }) => full[1])),
        ...(network.fast
          ? {
              fastAvgDelta: mean(fast.map(([delta]) => delta)),
              fastSymmetry: mean(fast.map(([, symmetry]) => symmetry)),
            }
          : {}),
        uniqueShares: shares[key]!,
      };
    })
    .sort((p, q) => (p.account < q.account ? -1 : 1));
}

/** CooRTweet's `group_stats`, and beside its count of the `from` ends the count of all accounts. */
export async function objectStatistics(
  database: Database,
  network: FoundNetwork,
  names: ReadonlyMap<number, AccountName>,
  threshold: Threshold,
): Promise<ObjectStatistics[]> {
  const chosen = Uint32Array.from(chosenEdges(network, threshold));
  const a = chosen.map((edge) => network.a[edge]!);
  const b = chosen.map((edge) => network.b[edge]!);
  const { rows, coortweet } = network;
  const find = threshold === 'fast' && coortweet!.fastPairsOf ? coortweet!.fastPairsOf : network.pairsOf;
  const pairs = find(a, b);
  const first = vertexOrder(network, names, network.fast ? await textOrder(database, network) : null);
  const accounts = new Map<number, Set<number>>();
  const fromEnds = new Map<number, Set<number>>();
  for (let edge = 0; edge < chosen.length; edge++) {
    const from = first.get(a[edge]!)! <= first.get(b[edge]!)! ? a[edge]! : b[edge]!;
    for (let pair = pairs.offsets[edge]!; pair < pairs.offsets[edge + 1]!; pair++) {
      const artifact = rows.artifact[pairs.older[pair]!]!;
      add(accounts, artifact, a[edge]!);
      add(accounts, artifact, b[edge]!);
      add(fromEnds, artifact, from);
    }
  }
  const artifact = await artifactNames(database, accounts.keys());
  return [...accounts]
    .map(([key, own]) => ({
      artifact: `${artifact.get(key)!.kind}:${artifact.get(key)!.value}`,
      accounts: own.size,
      fromAccounts: fromEnds.get(key)!.size,
    }))
    .sort((p, q) => q.accounts - p.accounts || (p.artifact < q.artifact ? -1 : 1));
}

/**
 * The order of igraph's vertices, on which CooRTweet's `from` depends: smaller ends of the edges in the order in which their first pair was made (by object, later row, earlier row), then
 * the larger ends. With a fast window the pairs are sorted by their posts instead.
 */
function vertexOrder(
  network: FoundNetwork,
  names: ReadonlyMap<number, AccountName>,
  postOrder: ReadonlyMap<number, number> | null,
): Map<number, number> {
  const { rows, a, b } = network;
  const pairs = network.pairsOf(a, b);
  const firstContent = new Map<number, number>();
  for (let row = 0; row < rows.content.length; row++) {
    const known = firstContent.get(rows.account[row]!);
    if (known === undefined || rows.content[row]! < known) firstContent.set(rows.account[row]!, rows.content[row]!);
  }
  const before = (p: number, q: number) =>
    firstContent.get(rows.account[p]!)! - firstContent.get(rows.account[q]!)! || rows.content[p]! - rows.content[q]!;
  const firstRow = new Map<number, number>();
  for (let row = 0; row < rows.artifact.length; row++) {
    const known = firstRow.get(rows.artifact[row]!);
    if (known === undefined || before(row, known) < 0) firstRow.set(rows.artifact[row]!, row);
  }
  const made = Array.from(a.keys(), (edge) => {
    let earliest: readonly [number, number] | null = null;
    for (let pair = pairs.offsets[edge]!; pair < pairs.offsets[edge + 1]!; pair++) {
      const p = pairs.older[pair]!;
      const q = pairs.newer[pair]!;
      const one = postOrder || before(p, q) <= 0 ? ([p, q] as const) : ([q, p] as const);
      if (earliest === null || compare(one, earliest) < 0) earliest = one;
    }
    return { edge, earliest: earliest! };
  });
  function compare([p, q]: readonly [number, number], [r, s]: readonly [number, number]): number {
    if (postOrder) {
      const place = (row: number) => postOrder.get(rows.content[row]!)!;
      return place(p) - place(r) || place(q) - place(s);
    }
    return before(firstRow.get(rows.artifact[p]!)!, firstRow.get(rows.artifact[r]!)!) || before(q, s) || before(p, r);
  }
  made.sort((x, y) => compare(x.earliest, y.earliest));
  const order = new Map<number, number>();
  const smaller = (edge: number) => (names.get(a[edge]!)!.name < names.get(b[edge]!)!.name ? a[edge]! : b[edge]!);
  for (const { edge } of made) if (!order.has(smaller(edge))) order.set(smaller(edge), order.size);
  for (const { edge } of made) for (const end of [a[edge]!, b[edge]!]) if (!order.has(end)) order.set(end, order.size);
  return order;
}

/** Places of the posts of the pairs when their ids are sorted as text. */
async function textOrder(database: Database, { rows, a, b, pairsOf }: FoundNetwork): Promise<Map<number, number>> {
  const pairs = pairsOf(a, b);
  const posts = new Set<number>();
  for (const list of [pairs.older, pairs.newer]) for (const row of list) posts.add(rows.content[row]!);
  const named = [...(await postNames(database, posts))].sort(([, x], [, y]) => (x < y ? -1 : 1));
  return new Map(named.map(([key], place) => [key, place]));
}

function* chosenEdges(network: FoundNetwork, threshold: Threshold): Iterable<number> {
  for (let edge = 0; edge < network.a.length; edge++) {
    if (threshold === 'full' && network.flagged[edge] === 0) continue;
    if (threshold === 'fast' && network.fast && network.fast[edge]?.flagged !== true) continue;
    yield edge;
  }
}

function add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const own = sets.get(key);
  if (own) own.add(value);
  else sets.set(key, new Set([value]));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
