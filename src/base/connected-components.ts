import type { CsrGraph } from './csr-graph.ts';

/** Components numbered in the order of their smallest node. */
export interface ConnectedComponents {
  count: number;
  /** Component of each node. */
  component: Uint32Array;
  /** Nodes in each component. */
  sizes: Uint32Array;
}

/** Connected components of an undirected graph by breadth-first search; RangeError for a directed one. */
export function connectedComponents(graph: CsrGraph): ConnectedComponents {
  if (graph.directed) throw new RangeError('connected components need an undirected graph');
  return componentsWithin(graph, new Uint32Array(graph.nodes));
}

/** Connected pieces of each group of nodes: two nodes are together when a path joins them inside their own group. */
export function componentsWithin(graph: CsrGraph, group: ArrayLike<number>): ConnectedComponents {
  const { nodes, offsets, targets } = graph;
  const unseen = 0xffffffff;
  const component = new Uint32Array(nodes).fill(unseen);
  const queue = new Uint32Array(nodes);
  const sizes = new Uint32Array(nodes);
  let count = 0;
  for (let start = 0; start < nodes; start++) {
    if (component[start] !== unseen) continue;
    const here = group[start]!;
    let head = 0;
    let tail = 0;
    queue[tail++] = start;
    component[start] = count;
    while (head < tail) {
      const v = queue[head++]!;
      for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) {
        const to = targets[arc]!;
        if (component[to] !== unseen || group[to] !== here) continue;
        component[to] = count;
        queue[tail++] = to;
      }
    }
    sizes[count++] = tail;
  }
  return { count, component, sizes: sizes.slice(0, count) };
}
