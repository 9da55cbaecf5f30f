declare module 'graphology-layout-forceatlas2/iterate.js' {
  /** One round of ForceAtlas2 on matrices of 10 numbers a node and 3 an edge. */
  export default function iterate(
    settings: Record<string, number | boolean>,
    nodes: Float32Array,
    edges: Float32Array,
  ): unknown;
}
