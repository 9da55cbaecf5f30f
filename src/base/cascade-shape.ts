/** Shapes of the trees of a forest, one position per tree, in the order of their roots. */
export interface CascadeShapes {
  /** Node that is the root of each tree. */
  roots: Uint32Array;
  /** Tree of each node. */
  treeOf: Uint32Array;
  /** Nodes, the root counted. */
  sizes: Uint32Array;
  /** Largest number of steps from the root. */
  depths: Uint32Array;
  /** Largest number of nodes at one depth. */
  maxBreadths: Uint32Array;
  /** Mean number of steps between two nodes over all pairs; 0 for a single node. */
  structuralViralities: Float64Array;
  /** Nodes at each depth: those of tree i at breadthOffsets[i] + depth. */
  breadthOffsets: Uint32Array;
  breadths: Uint32Array;
}

/** The same for one tree. */
export interface CascadeShape {
  size: number;
  depth: number;
  maxBreadth: number;
  structuralVirality: number;
  breadthByDepth: Uint32Array;
}

/**
 * Size, depth, breadth and structural virality (Goel, Anderson, Hofman & Watts 2016) of every tree, in O(nodes).
 *
 * `parent[i]` is the node that i came from, -1 for a root; any order of nodes. Virality is (2n / (n - 1)) (sum(s) / n -
 * sum(s^2) / n^2) with s the subtree sizes. Shapes may be compared only between cascades of equal size (Juul & Ugander
 * 2021). RangeError for a parent out of range or a cycle.
 */
export function cascadeShapes(parent: Int32Array): CascadeShapes {
  const n = parent.length;
  const order = childrenFirst(parent);
  const subtree = new Uint32Array(n).fill(1);
  for (const v of order) if (parent[v]! >= 0) subtree[parent[v]!] = subtree[parent[v]!]! + subtree[v]!;

  const treeOf = new Uint32Array(n);
  const depth = new Uint32Array(n);
  let trees = 0;
  for (let v = 0; v < n; v++) if (parent[v] === -1) treeOf[v] = trees++;
  for (let i = n - 1; i >= 0; i--) {
    const v = order[i]!;
    const from = parent[v]!;
    if (from < 0) continue;
    treeOf[v] = treeOf[from]!;
    depth[v] = depth[from]! + 1;
  }

  const roots = new Uint32Array(trees);
  const sizes = new Uint32Array(trees);
  const depths = new Uint32Array(trees);
  const sums = new Float64Array(trees);
  const squares = new Float64Array(trees);
  for (let v = 0; v < n; v++) {
    const tree = treeOf[v]!;
    if (parent[v] === -1) {
      roots[tree] = v;
      sizes[tree] = subtree[v]!;
    }
    if (depth[v]! > depths[tree]!) depths[tree] = depth[v]!;
    sums[tree] = sums[tree]! + subtree[v]!;
    squares[tree] = squares[tree]! + subtree[v]! * subtree[v]!;
  }
  const breadthOffsets = new Uint32Array(trees + 1);
  for (let tree = 0; tree < trees; tree++) breadthOffsets[tree + 1] = breadthOffsets[tree]! + depths[tree]! + 1;
  const breadths = new Uint32Array(breadthOffsets[trees]!);
  for (let v = 0; v < n; v++) {
    const place = breadthOffsets[treeOf[v]!]! + depth[v]!;
    breadths[place] = breadths[place]! + 1;
  }
  const maxBreadths = new Uint32Array(trees);
  const structuralViralities = new Float64Array(trees);
  for (let tree = 0; tree < trees; tree++) {
    for (let place = breadthOffsets[tree]!; place < breadthOffsets[tree + 1]!; place++) {
      if (breadths[place]! > maxBreadths[tree]!) maxBreadths[tree] = breadths[place]!;
    }
    const size = sizes[tree]!;
    if (size > 1) structuralViralities[tree] = ((2 / (size - 1)) * (sums[tree]! * size - squares[tree]!)) / size;
  }
  return { roots, treeOf, sizes, depths, maxBreadths, structuralViralities, breadthOffsets, breadths };
}

/** Shape of a single tree; RangeError unless there is exactly one root. */
export function cascadeShape(parent: Int32Array): CascadeShape {
  const shapes = cascadeShapes(parent);
  if (shapes.roots.length !== 1) throw new RangeError(`one cascade has one root, not ${shapes.roots.length}`);
  return {
    size: shapes.sizes[0]!,
    depth: shapes.depths[0]!,
    maxBreadth: shapes.maxBreadths[0]!,
    structuralVirality: shapes.structuralViralities[0]!,
    breadthByDepth: shapes.breadths,
  };
}

function childrenFirst(parent: Int32Array): Uint32Array {
  const n = parent.length;
  const waiting = new Uint32Array(n);
  for (let v = 0; v < n; v++) {
    const from = parent[v]!;
    if (from < -1 || from >= n) throw new RangeError(`parent of ${v} is ${from} among ${n} nodes`);
    if (from >= 0) waiting[from] = waiting[from]! + 1;
  }
  const order = new Uint32Array(n);
  let done = 0;
  for (let v = 0; v < n; v++) if (waiting[v] === 0) order[done++] = v;
  for (let i = 0; i < done; i++) {
    const from = parent[order[i]!]!;
    if (from < 0) continue;
    waiting[from] = waiting[from]! - 1;
    if (waiting[from] === 0) order[done++] = from;
  }
  if (done < n) throw new RangeError('the parents form a cycle');
  return order;
}
