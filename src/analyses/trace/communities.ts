import { buildCsrGraph } from '../../base/csr-graph.ts';
import { leiden } from '../../base/leiden.ts';
import { Random } from '../../base/random.ts';
import type { Database } from '../../store/database.ts';
import { none, type TracePosts } from './load-trace-posts.ts';

export interface TraceCommunities {
  method: 'outside-story' | 'story-reshares' | 'none';
  statement: string;
  /** Community of each story account; `none` where nothing ties the account to others. */
  ofAccount: Uint32Array;
  count: number;
}

/** Below this many outside reshares among story accounts the story's own network is used. */
const fewestOutsideEdges = 200;
const smallestCommunity = 5;
/** Beyond half a million ties two passes must do, which is what igraph takes by default. */
const manyArcs = 1_000_000;

/**
 * Communities of the story's accounts: Leiden (modularity, seeded) on who reshared whom outside the story, so that roles in the
 * story do not define them; else on the story's own reshares, and the statement says so. Small ones count as none.
 */
export async function findCommunities(database: Database, posts: TracePosts, seed: number): Promise<TraceCommunities> {
  const [from = new Float64Array(0), to = new Float64Array(0), weight = new Float64Array(0)] = await database.numbers(`
    with outside as (
      select reshare.account_key as a, original.account_key as b, count(*) as weight
      from post as reshare
        join post as original on original.platform = reshare.platform and original.post_id = reshare.parent_id
        anti join story_post on story_post.post_key = reshare.post_key
      where reshare.kind in ('reshare', 'quote') and reshare.account_key is not null and original.account_key is not null
        and reshare.account_key <> original.account_key
      group by all
    ), met as (
      select account_key, row_number() over (order by min(time), min(post_id)) as place from post where account_key is not null group by account_key
    )
    select a, b, weight::double from outside join met as x on x.account_key = a join met as y on y.account_key = b order by x.place, y.place`);
  const usable = countTouching(from, to, posts);
  if (usable >= fewestOutsideEdges) {
    const found = cluster(from, to, weight, seed);
    const ofAccount = Uint32Array.from(posts.accountKey, (key) => found.of.get(key) ?? none);
    return {
      method: 'outside-story',
      count: found.count,
      ofAccount,
      statement: `Communities come from who reshared whom outside the story (${usable.toLocaleString('en')} ties of the story's accounts).`,
    };
  }
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < posts.count; i++) {
    const source = posts.parentAccount[i]!;
    const own = posts.account[i]!;
    if (posts.kind[i] !== 1 || source === none || own === none || source === own) continue;
    a.push(posts.accountKey[own]!);
    b.push(posts.accountKey[source]!);
  }
  if (a.length < 30) {
    return {
      method: 'none',
      count: 0,
      ofAccount: new Uint32Array(posts.accountCount).fill(none),
      statement:
        'Too few reshares are known to tell communities apart: who is inside and who is outside cannot be said.',
    };
  }
  const found = cluster(
    a,
    b,
    a.map(() => 1),
    seed,
  );
  return {
    method: 'story-reshares',
    count: found.count,
    ofAccount: Uint32Array.from(posts.accountKey, (key) => found.of.get(key) ?? none),
    statement:
      'Communities come from the reshares of the story itself, because too little else of these accounts was collected: inside and outside are partly circular.',
  };
}

function countTouching(from: Float64Array, to: Float64Array, posts: TracePosts): number {
  const known = new Set(posts.accountKey);
  let n = 0;
  for (let e = 0; e < from.length; e++) if (known.has(from[e]!) || known.has(to[e]!)) n++;
  return n;
}

function cluster(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  weight: ArrayLike<number>,
  seed: number,
): { of: Map<number, number>; count: number } {
  const dense = new Map<number, number>();
  const index = (key: number) => {
    const known = dense.get(key);
    if (known !== undefined) return known;
    dense.set(key, dense.size);
    return dense.size - 1;
  };
  const source = Uint32Array.from(from, index);
  const target = Uint32Array.from(to, index);
  const graph = buildCsrGraph({ nodes: dense.size, source, target, weight: Float64Array.from(weight) });
  const passes = graph.targets.length > manyArcs ? { maxIterations: 2 } : {};
  const { membership, sizes } = leiden(graph, new Random(`communities ${seed}`), passes);
  const of = new Map<number, number>();
  for (const [key, node] of dense) {
    const community = membership[node]!;
    if (sizes[community]! >= smallestCommunity) of.set(key, community);
  }
  return { of, count: sizes.filter((size) => size >= smallestCommunity).length };
}
