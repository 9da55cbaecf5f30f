import type { EdgeList } from './csr-graph.ts';

/**
 * Significance of each undirected edge under the disparity filter: the smaller over its two ends of (1 - w /
 * strength)^(degree - 1).
 *
 * Serrano, Boguna & Vespignani 2009. An end with one edge gives 1. Keep the edges strictly below the chosen level.
 * Every pair stands once in the list and loops are not allowed; RangeError for a loop or a weight that is not above 0.
 */
export function disparityFilter(edges: EdgeList): Float64Array {
  const { nodes, source, target, weight } = edges;
  const strength = new Float64Array(nodes);
  const degree = new Uint32Array(nodes);
  for (let e = 0; e < source.length; e++) {
    const a = source[e]!;
    const b = target[e]!;
    const w = weight ? weight[e]! : 1;
    if (a === b || !(w > 0)) throw new RangeError(`edge ${e} is a loop or has weight ${w}`);
    strength[a] = strength[a]! + w;
    strength[b] = strength[b]! + w;
    degree[a] = degree[a]! + 1;
    degree[b] = degree[b]! + 1;
  }
  const alphas = new Float64Array(source.length);
  for (let e = 0; e < source.length; e++) {
    const a = source[e]!;
    const b = target[e]!;
    const w = weight ? weight[e]! : 1;
    alphas[e] = Math.min((1 - w / strength[a]!) ** (degree[a]! - 1), (1 - w / strength[b]!) ** (degree[b]! - 1));
  }
  return alphas;
}
