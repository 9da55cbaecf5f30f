import { buildCsrGraph } from './csr-graph.ts';
import { forceLayout, type Positions, spiral } from './force-layout.ts';
import { leiden } from './leiden.ts';
import { Random } from './random.ts';

export interface NetworkToDraw {
  nodes: number;
  source: Uint32Array;
  target: Uint32Array;
  weight: Float64Array;
  seed: number;
}

/** Where the accounts of a network are drawn. */
export interface NetworkLayout {
  /** Community of each node, numbered from the largest. */
  community: Uint32Array;
  sizes: Uint32Array;
  /**
   * `accounts`: positions of all nodes in one picture. `communities`: too many for that; nodes have positions within their own
   * community, and `communities` holds where these are drawn.
   */
  level: 'accounts' | 'communities';
  positions: Positions;
  communities: Positions;
}

/** Up to this many accounts are drawn one by one. */
export const mostSingleNodes = 10_000;
const wholeRounds = 90;
const insideRounds = 60;

/** Communities by Leiden, then ForceAtlas2 from a start in which every community has its place. */
export function layOutNetwork({ nodes, source, target, weight, seed }: NetworkToDraw): NetworkLayout {
  const found = leiden(buildCsrGraph({ nodes, source, target, weight }), new Random(seed));
  const community = found.membership;
  const radii = Array.from(found.sizes, (size) => Math.sqrt(size));
  const communities = spiral(radii);
  const members = membersOf(community, found.count);
  const positions: Positions = { x: new Float64Array(nodes), y: new Float64Array(nodes) };
  const level = nodes <= mostSingleNodes ? 'accounts' : 'communities';
  members.forEach((own, one) => {
    const inside = spiral(own.map(() => 1));
    const centre = level === 'accounts' ? { x: communities.x[one]!, y: communities.y[one]! } : { x: 0, y: 0 };
    own.forEach((node, place) => {
      positions.x[node] = centre.x + 0.8 * inside.x[place]!;
      positions.y[node] = centre.y + 0.8 * inside.y[place]!;
    });
  });
  if (level === 'accounts') forceLayout(positions, { source, target, weight }, wholeRounds);
  else {
    layOutInside(positions, members, community, { source, target, weight });
    forceLayout(communities, between(community, found.count, { source, target, weight }), insideRounds);
  }
  return { community, sizes: found.sizes, level, positions, communities };
}

function membersOf(community: Uint32Array, count: number): number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let node = 0; node < community.length; node++) members[community[node]!]!.push(node);
  return members;
}

interface Edges {
  source: Uint32Array;
  target: Uint32Array;
  weight: Float64Array;
}

function layOutInside(positions: Positions, members: number[][], community: Uint32Array, edges: Edges): void {
  const place = new Uint32Array(community.length);
  for (const own of members)
    own.forEach((node, at) => {
      place[node] = at;
    });
  const inside: { source: number[]; target: number[]; weight: number[] }[] = members.map(() => ({
    source: [],
    target: [],
    weight: [],
  }));
  for (let edge = 0; edge < edges.source.length; edge++) {
    const a = edges.source[edge]!;
    const b = edges.target[edge]!;
    if (community[a] !== community[b]) continue;
    const own = inside[community[a]!]!;
    own.source.push(place[a]!);
    own.target.push(place[b]!);
    own.weight.push(edges.weight[edge]!);
  }
  members.forEach((own, one) => {
    if (own.length < 3) return;
    const local: Positions = {
      x: Float64Array.from(own, (node) => positions.x[node]!),
      y: Float64Array.from(own, (node) => positions.y[node]!),
    };
    forceLayout(local, inside[one]!, insideRounds);
    own.forEach((node, at) => {
      positions.x[node] = local.x[at]!;
      positions.y[node] = local.y[at]!;
    });
  });
}

/** Summed weights between communities. */
export function between(community: Uint32Array, count: number, edges: Edges): Edges {
  const sums = new Map<number, number>();
  for (let edge = 0; edge < edges.source.length; edge++) {
    const a = community[edges.source[edge]!]!;
    const b = community[edges.target[edge]!]!;
    if (a === b) continue;
    const key = Math.min(a, b) * count + Math.max(a, b);
    sums.set(key, (sums.get(key) ?? 0) + edges.weight[edge]!);
  }
  const keys = [...sums.keys()].sort((a, b) => a - b);
  return {
    source: Uint32Array.from(keys, (key) => Math.floor(key / count)),
    target: Uint32Array.from(keys, (key) => key % count),
    weight: Float64Array.from(keys, (key) => sums.get(key)!),
  };
}
