import iterate from 'graphology-layout-forceatlas2/iterate.js';

const nodeFields = 10;
const edgeFields = 3;

/** Positions in the plane, one entry per node. */
export interface Positions {
  x: Float64Array;
  y: Float64Array;
}

/** Circles of these radii, the largest in the middle, on a sunflower spiral that leaves each about its own area. */
export function spiral(radii: ArrayLike<number>): Positions {
  const order = Array.from(radii, (_, place) => place).sort((a, b) => radii[b]! - radii[a]! || a - b);
  const x = new Float64Array(radii.length);
  const y = new Float64Array(radii.length);
  let area = 0;
  order.forEach((node, place) => {
    const own = radii[node]! ** 2;
    const distance = place === 0 ? 0 : 1.15 * Math.sqrt(area + own / 2);
    area += own;
    const angle = place * Math.PI * (3 - Math.sqrt(5));
    x[node] = distance * Math.cos(angle);
    y[node] = distance * Math.sin(angle);
  });
  return { x, y };
}

/**
 * ForceAtlas2 in its LinLog mode (Jacomy, Venturini, Heymann & Bastian 2014) from given positions, which it replaces. Weights count with their
 * logarithm, so that a few heavy links do not fold the rest into a point. The same input gives the same positions.
 */
export function forceLayout(
  positions: Positions,
  edges: { source: ArrayLike<number>; target: ArrayLike<number>; weight: ArrayLike<number> },
  iterations: number,
): void {
  const count = positions.x.length;
  if (count < 2) return;
  const nodes = new Float32Array(count * nodeFields);
  for (let node = 0; node < count; node++) {
    nodes[node * nodeFields] = positions.x[node]!;
    nodes[node * nodeFields + 1] = positions.y[node]!;
    nodes[node * nodeFields + 6] = 1;
    nodes[node * nodeFields + 7] = 1;
    nodes[node * nodeFields + 8] = 1;
  }
  const links = new Float32Array(edges.source.length * edgeFields);
  for (let edge = 0; edge < edges.source.length; edge++) {
    const source = edges.source[edge]! * nodeFields;
    const target = edges.target[edge]! * nodeFields;
    links[edge * edgeFields] = source;
    links[edge * edgeFields + 1] = target;
    links[edge * edgeFields + 2] = 1 + Math.log(Math.max(1, edges.weight[edge]!));
    nodes[source + 6] = nodes[source + 6]! + 1;
    nodes[target + 6] = nodes[target + 6]! + 1;
  }
  const settings = {
    linLogMode: true,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 1,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(count),
    barnesHutOptimize: count > 500,
    barnesHutTheta: 0.7,
  };
  for (let round = 0; round < iterations; round++) iterate(settings, nodes, links);
  for (let node = 0; node < count; node++) {
    positions.x[node] = nodes[node * nodeFields]!;
    positions.y[node] = nodes[node * nodeFields + 1]!;
  }
}
