import type { CsrGraph } from './csr-graph.ts';

/**
 * Core number of each node: the largest k such that the node is in a subgraph where all have at least k neighbours.
 *
 * Seidman 1983; bucket order of Batagelj & Zaversnik 2003, O(nodes + edges). Weights and loops are ignored. RangeError
 * for a directed graph.
 */
export function coreNumbers(graph: CsrGraph): Uint32Array {
  if (graph.directed) throw new RangeError('core numbers need an undirected graph');
  const { nodes, offsets, targets } = graph;
  const degree = new Uint32Array(nodes);
  let largest = 0;
  for (let v = 0; v < nodes; v++) {
    let neighbours = 0;
    for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) if (targets[arc] !== v) neighbours++;
    degree[v] = neighbours;
    if (neighbours > largest) largest = neighbours;
  }
  const bucketStart = new Uint32Array(largest + 2);
  for (let v = 0; v < nodes; v++) bucketStart[degree[v]! + 1] = bucketStart[degree[v]! + 1]! + 1;
  for (let d = 1; d <= largest + 1; d++) bucketStart[d] = bucketStart[d]! + bucketStart[d - 1]!;
  const order = new Uint32Array(nodes);
  const place = new Uint32Array(nodes);
  const cursor = bucketStart.slice();
  for (let v = 0; v < nodes; v++) {
    const position = cursor[degree[v]!]!;
    place[v] = position;
    order[position] = v;
    cursor[degree[v]!] = position + 1;
  }
  for (let i = 0; i < nodes; i++) {
    const v = order[i]!;
    for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) {
      const u = targets[arc]!;
      const d = degree[u]!;
      if (d <= degree[v]!) continue;
      const front = bucketStart[d]!;
      const other = order[front]!;
      order[place[u]!] = other;
      place[other] = place[u]!;
      order[front] = u;
      place[u] = front;
      bucketStart[d] = front + 1;
      degree[u] = d - 1;
    }
  }
  return degree;
}
