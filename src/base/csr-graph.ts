const SHORT_ROW = 40;

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
 * Builds a graph from edges in any order; weights of repeated edges are summed, in undirected graphs whichever way they
 * point.
 *
 * Loops are dropped unless `loops` is 'keep'. RangeError for a node id that is not below `nodes`.
 */
export function buildCsrGraph(
  edges: EdgeList,
  options: { directed?: boolean; loops?: 'drop' | 'keep' } = {},
): CsrGraph {
  const { directed = false, loops = 'drop' } = options;
  const { nodes, source, target, weight } = edges;
  const edgeCount = source.length;
  if (target.length !== edgeCount || (weight && weight.length !== edgeCount)) {
    throw new RangeError('source, target and weight differ in length');
  }
  const keepLoops = loops === 'keep';
  const offsets = new Uint32Array(nodes + 1);
  for (let e = 0; e < edgeCount; e++) {
    const a = source[e]!;
    const b = target[e]!;
    if (!(a >= 0 && a < nodes && b >= 0 && b < nodes)) throw new RangeError(`edge ${a} to ${b} among ${nodes} nodes`);
    if (a !== b || keepLoops) offsets[a + 1] = offsets[a + 1]! + 1;
    if (a !== b && !directed) offsets[b + 1] = offsets[b + 1]! + 1;
  }
  for (let v = 0; v < nodes; v++) offsets[v + 1] = offsets[v + 1]! + offsets[v]!;
  const arcs = offsets[nodes]!;
  const targets = new Uint32Array(arcs);
  const weights = new Float64Array(arcs);
  const cursor = offsets.slice();
  for (let e = 0; e < edgeCount; e++) {
    const a = source[e]!;
    const b = target[e]!;
    if (a !== b || keepLoops) {
      const place = cursor[a]!;
      cursor[a] = place + 1;
      targets[place] = b;
      if (weight) weights[place] = weight[e]!;
    }
    if (a !== b && !directed) {
      const place = cursor[b]!;
      cursor[b] = place + 1;
      targets[place] = a;
      if (weight) weights[place] = weight[e]!;
    }
  }
  if (!weight) weights.fill(1);
  return mergeRepeats({ nodes, directed, offsets, targets, weights }, weight !== undefined);
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

/** Sorts each row by target and sums arcs that repeat. */
function mergeRepeats(graph: CsrGraph, weighted: boolean): CsrGraph {
  const { nodes, offsets, targets, weights } = graph;
  let place = 0;
  let start = 0;
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1]!;
    if (weighted || end - start <= SHORT_ROW) sortRow(targets, weights, start, end);
    else targets.subarray(start, end).sort();
    const rowStart = place;
    for (let arc = start; arc < end; arc++) {
      const to = targets[arc]!;
      const w = weights[arc]!;
      if (place > rowStart && targets[place - 1] === to) {
        weights[place - 1] = weights[place - 1]! + w;
      } else {
        targets[place] = to;
        weights[place] = w;
        place++;
      }
    }
    offsets[v] = rowStart;
    start = end;
  }
  offsets[nodes] = place;
  if (place === targets.length) return graph;
  const spare = targets.length > place * 1.25;
  return {
    ...graph,
    targets: spare ? targets.slice(0, place) : targets.subarray(0, place),
    weights: spare ? weights.slice(0, place) : weights.subarray(0, place),
  };
}

/** Quicksort of the arcs from `start` to `end` by target, insertion sort for short pieces. */
function sortRow(targets: Uint32Array, weights: Float64Array, start: number, end: number): void {
  let low = start;
  let high = end;
  while (high - low > SHORT_ROW) {
    const pivot = targets[(low + high) >>> 1]!;
    let left = low;
    let right = high - 1;
    while (left <= right) {
      while (targets[left]! < pivot) left++;
      while (targets[right]! > pivot) right--;
      if (left > right) break;
      const heldTarget = targets[left]!;
      const heldWeight = weights[left]!;
      targets[left] = targets[right]!;
      weights[left] = weights[right]!;
      targets[right] = heldTarget;
      weights[right] = heldWeight;
      left++;
      right--;
    }
    if (right - low < high - left) {
      sortRow(targets, weights, low, right + 1);
      low = left;
    } else {
      sortRow(targets, weights, left, high);
      high = right + 1;
    }
  }
  for (let i = low + 1; i < high; i++) {
    const heldTarget = targets[i]!;
    const heldWeight = weights[i]!;
    let j = i - 1;
    for (; j >= low && targets[j]! > heldTarget; j--) {
      targets[j + 1] = targets[j]!;
      weights[j + 1] = weights[j]!;
    }
    targets[j + 1] = heldTarget;
    weights[j + 1] = heldWeight;
  }
}
