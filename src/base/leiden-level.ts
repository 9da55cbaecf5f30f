/** One level of the hierarchy on which Leiden works: rows as in a CsrGraph, loops apart in the strengths. */
export interface LeidenLevel {
  nodes: number;
  offsets: Uint32Array;
  targets: Uint32Array;
  weights: Float64Array;
  /** Strength of each node in the whole graph, what it holds inside included. */
  strengths: Float64Array;
}

/** What both phases need: modularity gain of joining = arc weight - penalty * strength * strength. */
export interface LeidenQuality {
  /** resolution / (2 m). */
  penalty: number;
  /** Mean arc weight of the input graph: the unit of gains. */
  unit: number;
}

/**
 * Renumbers labels in place to 0 .. count - 1 by first appearance; returns the count. Labels are below their number.
 */
export function compactLabels(labels: Uint32Array): number {
  const known = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (known[label] === 0) known[label] = ++count;
    labels[i] = known[label]! - 1;
  }
  return count;
}

/** The level whose nodes are the groups 0 .. count - 1 of this one; arcs inside a group disappear into its strength. */
export function aggregateLevel(level: LeidenLevel, group: Uint32Array, count: number): LeidenLevel {
  const { nodes, offsets, targets, weights, strengths } = level;
  const starts = new Uint32Array(count + 1);
  for (let v = 0; v < nodes; v++) starts[group[v]! + 1] = starts[group[v]! + 1]! + 1;
  for (let g = 0; g < count; g++) starts[g + 1] = starts[g + 1]! + starts[g]!;
  const members = new Uint32Array(nodes);
  const cursor = starts.slice();
  for (let v = 0; v < nodes; v++) {
    members[cursor[group[v]!]!] = v;
    cursor[group[v]!] = cursor[group[v]!]! + 1;
  }

  const newOffsets = new Uint32Array(count + 1);
  const most = arcsBetween(level, group);
  const newTargets = new Uint32Array(most);
  const newWeights = new Float64Array(most);
  const newStrengths = new Float64Array(count);
  const placeOf = new Uint32Array(count);
  let next = 0;
  for (let g = 0; g < count; g++) {
    const rowStart = next;
    let held = 0;
    for (let i = starts[g]!; i < starts[g + 1]!; i++) {
      const v = members[i]!;
      held += strengths[v]!;
      for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) {
        const to = group[targets[arc]!]!;
        if (to === g) continue;
        const place = placeOf[to]!;
        if (place >= rowStart && place < next && newTargets[place] === to) {
          newWeights[place] = newWeights[place]! + weights[arc]!;
        } else {
          placeOf[to] = next;
          newTargets[next] = to;
          newWeights[next] = weights[arc]!;
          next++;
        }
      }
    }
    newStrengths[g] = held;
    newOffsets[g + 1] = next;
  }
  return {
    nodes: count,
    offsets: newOffsets,
    targets: newTargets.subarray(0, next),
    weights: newWeights.subarray(0, next),
    strengths: newStrengths,
  };
}

/** Arcs that join two groups: what the next level has at most. */
function arcsBetween({ nodes, offsets, targets }: LeidenLevel, group: Uint32Array): number {
  let count = 0;
  for (let v = 0; v < nodes; v++) {
    const own = group[v]!;
    for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) if (group[targets[arc]!]! !== own) count++;
  }
  return count;
}
