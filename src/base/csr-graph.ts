/**
 * A weighted graph in compressed rows: the arcs of node v stand at offsets[v] .. offsets[v + 1] - 1, targets ascending.
 *
 * An undirected edge a-b is two arcs, a loop is one arc.
 */
export interface CsrGraph {
  nodes: number;
  directed: boolean;
  /** Length nodes + 1. */
  offsets: Uint32Array;
  targets: Uint32Array;
  weights: Float64Array;
}

/** Edges by position: source[i] to target[i] with weight[i], 1 where no weights are given. */
export interface EdgeList {
  nodes: number;
  source: ArrayLike<number>;
  target: ArrayLike<number>;
  weight?: ArrayLike<number> | undefined;
}

/**
 * Builds a graph from edges in any order; weights of repeated edges are summed, in undirected graphs whichever way they point.
 *
 * Loops are dropped unless `loops` is 'keep'. Time O(nodes + edges). RangeError for a node id that is not below `nodes`.
 */
export function buildCsrGraph(edges: EdgeList, options: { directed?: boolean; loops?: 'drop' | 'keep' } = {}): CsrGraph {
  const { directed = false, loops = 'drop' } = options;
  const { nodes, source, target, weight } = edges;
  const edgeCount = source.length;
  if (target.length !== edgeCount || (weight && weight.length !== edgeCount)) {
    throw new RangeError('source, target and weight differ in length');
  }
  const outgoing = new Uint32Array(nodes + 1);
  const incoming = directed ? new Uint32Array(nodes + 1) : outgoing;
  let arcs = 0;
  for (let e = 0; e < edgeCount; e++) {
    const a = source[e]!;
    const b = target[e]!;
    if (!(a >= 0 && a < nodes && b >= 0 && b < nodes)) throw new RangeError(`edge ${a} to ${b} among ${nodes} nodes`);
    if (a === b && loops === 'drop') continue;
    outgoing[a + 1] = outgoing[a + 1]! + 1;
    arcs++;
    if (directed) incoming[b + 1] = incoming[b + 1]! + 1;
    else if (a !== b) {
      outgoing[b + 1] = outgoing[b + 1]! + 1;
      arcs++;
    }
  }
  accumulate(outgoing);
  if (directed) accumulate(incoming);

  const byTarget = new Uint32Array(arcs);
  const cursor = incoming.slice();
  for (let e = 0; e < edgeCount; e++) {
    const a = source[e]!;
    const b = target[e]!;
    if (a === b && loops === 'drop') continue;
    byTarget[cursor[b]!] = 2 * e;
    cursor[b] = cursor[b]! + 1;
    if (directed || a === b) continue;
    byTarget[cursor[a]!] = 2 * e + 1;
    cursor[a] = cursor[a]! + 1;
  }
  const targets = new Uint32Array(arcs);
  const weights = new Float64Array(arcs);
  cursor.set(outgoing);
  let merged = 0;
  for (let position = 0; position < arcs; position++) {
    const arc = byTarget[position]!;
    const e = arc >>> 1;
    const from = arc & 1 ? target[e]! : source[e]!;
    const to = arc & 1 ? source[e]! : target[e]!;
    const place = cursor[from]!;
    const arcWeight = weight ? weight[e]! : 1;
    if (place > outgoing[from]! && targets[place - 1] === to) {
      weights[place - 1] = weights[place - 1]! + arcWeight;
      merged++;
    } else {
      targets[place] = to;
      weights[place] = arcWeight;
      cursor[from] = place + 1;
    }
  }
  const graph = { nodes, directed, offsets: outgoing, targets, weights };
  return merged === 0 ? graph : closeGaps(graph, cursor);
}

/** Sum of the weights of each node's arcs; in undirected graphs a loop counts twice. */
export function nodeStrengths(graph: CsrGraph): Float64Array {
  const strengths = new Float64Array(graph.nodes);
  for (let v = 0; v < graph.nodes; v++) {
    let sum = 0;
    for (let arc = graph.offsets[v]!; arc < graph.offsets[v + 1]!; arc++) {
      sum += graph.weights[arc]!;
      if (!graph.directed && graph.targets[arc] === v) sum += graph.weights[arc]!;
    }
    strengths[v] = sum;
  }
  return strengths;
}

function accumulate(counts: Uint32Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] = counts[i]! + counts[i - 1]!;
}

function closeGaps(graph: CsrGraph, ends: Uint32Array): CsrGraph {
  const { offsets, targets, weights } = graph;
  let place = 0;
  for (let v = 0; v < graph.nodes; v++) {
    const start = offsets[v]!;
    const end = ends[v]!;
    targets.copyWithin(place, start, end);
    weights.copyWithin(place, start, end);
    offsets[v] = place;
    place += end - start;
  }
  offsets[graph.nodes] = place;
  return { ...graph, targets: targets.slice(0, place), weights: weights.slice(0, place) };
}
