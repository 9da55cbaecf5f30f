import type { CsrGraph } from './csr-graph.ts';
import { nodeStrengths } from './csr-graph.ts';

/**
 * Modularity of a partition: sum over communities of (inside / 2m - resolution * (strength / 2m)^2), 0 for a graph
 * without edges.
 *
 * Newman & Girvan 2004; resolution as in Reichardt & Bornholdt 2006. `membership[v]` is below the number of nodes.
 * RangeError for a directed graph.
 */
export function modularity(graph: CsrGraph, membership: ArrayLike<number>, resolution = 1): number {
  if (graph.directed) throw new RangeError('modularity needs an undirected graph');
  const strengths = nodeStrengths(graph);
  const ofCommunity = new Float64Array(graph.nodes);
  let total = 0;
  let inside = 0;
  for (let v = 0; v < graph.nodes; v++) {
    const community = membership[v]!;
    total += strengths[v]!;
    ofCommunity[community] = ofCommunity[community]! + strengths[v]!;
    for (let arc = graph.offsets[v]!; arc < graph.offsets[v + 1]!; arc++) {
      const to = graph.targets[arc]!;
      if (membership[to] === community) inside += to === v ? 2 * graph.weights[arc]! : graph.weights[arc]!;
    }
  }
  if (total === 0) return 0;
  let expected = 0;
  for (let c = 0; c < graph.nodes; c++) expected += (ofCommunity[c]! / total) ** 2;
  return inside / total - resolution * expected;
}
