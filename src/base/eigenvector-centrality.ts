import type { CsrGraph } from './csr-graph.ts';

/** `converged` is false where the tolerance was not met within the iterations: do not use the scores then. */
export interface EigenvectorCentrality {
  /** Non-negative, Euclidean length 1; all 0 in a graph without edges. */
  scores: Float64Array;
  eigenvalue: number;
  iterations: number;
  converged: boolean;
}

/**
 * Eigenvector centrality of an undirected weighted graph (Bonacich 1972) by power iteration on A + s I.
 *
 * The shift s, half the largest strength, keeps bipartite graphs from swinging. In a graph with several components the
 * scores gather in the one with the largest eigenvalue. `tolerance` bounds the largest change of a score in one
 * iteration. RangeError for a directed graph.
 */
export function eigenvectorCentrality(
  graph: CsrGraph,
  options: { tolerance?: number; maxIterations?: number } = {},
): EigenvectorCentrality {
  const { tolerance = 1e-10, maxIterations = 10_000 } = options;
  if (graph.directed) throw new RangeError('eigenvector centrality needs an undirected graph');
  const { nodes, offsets, targets, weights } = graph;
  if (targets.length === 0) return { scores: new Float64Array(nodes), eigenvalue: 0, iterations: 0, converged: true };
  let shift = 0;
  for (let v = 0; v < nodes; v++) {
    let strength = 0;
    for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) strength += weights[arc]!;
    shift = Math.max(shift, strength / 2);
  }
  let scores = new Float64Array(nodes).fill(1 / Math.sqrt(nodes));
  let next = new Float64Array(nodes);
  for (let iteration = 1; ; iteration++) {
    let squares = 0;
    for (let v = 0; v < nodes; v++) {
      let sum = shift * scores[v]!;
      for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) sum += weights[arc]! * scores[targets[arc]!]!;
      next[v] = sum;
      squares += sum * sum;
    }
    const length = Math.sqrt(squares);
    let change = 0;
    for (let v = 0; v < nodes; v++) {
      next[v] = next[v]! / length;
      change = Math.max(change, Math.abs(next[v]! - scores[v]!));
    }
    const held = scores;
    scores = next;
    next = held;
    const converged = change < tolerance;
    if (converged || iteration >= maxIterations) {
      return { scores, eigenvalue: length - shift, iterations: iteration, converged };
    }
  }
}
