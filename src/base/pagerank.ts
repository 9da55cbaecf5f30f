import type { CsrGraph } from './csr-graph.ts';

/** `converged` is false where the tolerance was not met within the iterations. */
export interface PageRank {
  /** Sum 1. */
  scores: Float64Array;
  iterations: number;
  converged: boolean;
}

/**
 * PageRank with weighted arcs (Brin & Page 1998); the rank of nodes without outgoing weight is spread over all nodes.
 *
 * `damping` default 0.85; `tolerance` bounds the sum of the absolute changes in one iteration, default 1e-7.
 */
export function pagerank(
  graph: CsrGraph,
  options: { damping?: number; tolerance?: number; maxIterations?: number } = {},
): PageRank {
  const { damping = 0.85, tolerance = 1e-7, maxIterations = 200 } = options;
  const { nodes, directed, offsets, targets, weights } = graph;
  let scores = new Float64Array(nodes).fill(1 / nodes);
  let next = new Float64Array(nodes);
  const inverseStrength = new Float64Array(nodes);
  for (let v = 0; v < nodes; v++) {
    let strength = 0;
    for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) strength += weights[arc]!;
    inverseStrength[v] = strength > 0 ? 1 / strength : 0;
  }
  const shares = new Float64Array(nodes);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    let stranded = 0;
    for (let v = 0; v < nodes; v++) {
      shares[v] = damping * scores[v]! * inverseStrength[v]!;
      if (inverseStrength[v] === 0) stranded += scores[v]!;
    }
    next.fill((1 - damping + damping * stranded) / nodes);
    for (let v = 0; v < nodes; v++) {
      const end = offsets[v + 1]!;
      if (directed) {
        const share = shares[v]!;
        for (let arc = offsets[v]!; arc < end; arc++) {
          next[targets[arc]!] = next[targets[arc]!]! + share * weights[arc]!;
        }
      } else {
        let received = next[v]!;
        for (let arc = offsets[v]!; arc < end; arc++) received += shares[targets[arc]!]! * weights[arc]!;
        next[v] = received;
      }
    }
    let change = 0;
    for (let v = 0; v < nodes; v++) change += Math.abs(next[v]! - scores[v]!);
    const held = scores;
    scores = next;
    next = held;
    if (change < tolerance) return { scores, iterations: iteration, converged: true };
  }
  return { scores, iterations: maxIterations, converged: nodes === 0 };
}
