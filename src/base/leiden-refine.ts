import type { LeidenLevel, LeidenQuality } from './leiden-level.ts';
import { portableExp } from './portable-log-exp.ts';
import type { Random } from './random.ts';

/** Groups inside communities, numbered so that the groups of one community are next to each other. */
export interface Refinement {
  count: number;
  /** Group of each node. */
  group: Uint32Array;
}

/**
 * Refinement (Traag, Waltman & van Eck 2019, algorithm A.2): splits each community 0 .. communities - 1 into connected
 * groups, by merging single nodes in random order into groups of their own community.
 *
 * Only nodes and groups that are well connected to the rest of their community merge, and only where modularity does
 * not fall; the group is drawn with probability proportional to exp(gain / (randomness * mean arc weight)).
 */
export function refineCommunities(
  level: LeidenLevel,
  community: Uint32Array,
  communities: number,
  quality: LeidenQuality,
  randomness: number,
  random: Random,
): Refinement {
  const { nodes, offsets, targets, weights, strengths } = level;
  const { penalty } = quality;
  const temperature = randomness * quality.unit;
  const { order, starts } = orderByCommunity(community, communities, random);
  const group = new Uint32Array(nodes);
  for (let v = 0; v < nodes; v++) group[v] = v;
  const groupStrength = strengths.slice();
  const toRest = new Float64Array(nodes);
  const single = new Uint8Array(nodes).fill(1);
  const toward = new Float64Array(nodes);
  const touched = new Uint32Array(nodes);
  const gains = new Float64Array(nodes);
  const numberOf = new Uint32Array(nodes);
  let count = 0;
  for (let c = 0; c < communities; c++) {
    let whole = 0;
    for (let position = starts[c]!; position < starts[c + 1]!; position++) {
      const v = order[position]!;
      whole += strengths[v]!;
      let sum = 0;
      for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) {
        const to = targets[arc]!;
        if (community[to] === c && to !== v) sum += weights[arc]!;
      }
      toRest[v] = sum;
    }
    for (let position = starts[c]!; position < starts[c + 1]!; position++) {
      const v = order[position]!;
      if (single[v] === 0) continue;
      const strength = strengths[v]!;
      if (toRest[v] === 0 || toRest[v]! < penalty * strength * (whole - strength)) continue;

      let touches = 0;
      for (let arc = offsets[v]!; arc < offsets[v + 1]!; arc++) {
        const to = targets[arc]!;
        if (community[to] !== c || to === v) continue;
        const g = group[to]!;
        const sum = toward[g]!;
        if (sum === 0) touched[touches++] = g;
        toward[g] = sum + weights[arc]!;
      }
      let candidates = 0;
      let largest = 0;
      for (let i = 0; i < touches; i++) {
        const g = touched[i]!;
        const held = groupStrength[g]!;
        if (toRest[g]! < penalty * held * (whole - held)) continue;
        const gain = toward[g]! - penalty * strength * held;
        if (gain < 0) continue;
        touched[i] = touched[candidates]!;
        touched[candidates] = g;
        gains[candidates++] = gain;
        if (gain > largest) largest = gain;
      }
      const chosen = candidates === 0 ? v : drawGroup(touched, gains, candidates, largest, temperature, v, random);
      if (chosen !== v) {
        group[v] = chosen;
        single[chosen] = 0;
        single[v] = 0;
        groupStrength[chosen] = groupStrength[chosen]! + strength;
        toRest[chosen] = toRest[chosen]! + toRest[v]! - 2 * toward[chosen]!;
      }
      for (let i = 0; i < touches; i++) toward[touched[i]!] = 0;
    }
    for (let position = starts[c]!; position < starts[c + 1]!; position++) {
      const g = group[order[position]!]!;
      if (numberOf[g] === 0) numberOf[g] = ++count;
    }
  }
  for (let v = 0; v < nodes; v++) group[v] = numberOf[group[v]!]! - 1;
  return { count, group };
}

/** Nodes of community 0, then 1, and so on, each in random order. */
function orderByCommunity(community: Uint32Array, communities: number, random: Random) {
  const nodes = community.length;
  const starts = new Uint32Array(communities + 1);
  for (let v = 0; v < nodes; v++) starts[community[v]! + 1] = starts[community[v]! + 1]! + 1;
  for (let c = 0; c < communities; c++) starts[c + 1] = starts[c + 1]! + starts[c]!;
  const order = new Uint32Array(nodes);
  const cursor = starts.slice();
  for (let v = 0; v < nodes; v++) {
    const place = cursor[community[v]!]!;
    order[place] = v;
    cursor[community[v]!] = place + 1;
  }
  for (let c = 0; c < communities; c++) random.shuffle(order.subarray(starts[c]!, starts[c + 1]!));
  return { order, starts };
}

/** Staying alone is a choice of gain 0. Choices below exp(-40) of the best are never drawn. */
function drawGroup(
  groups: Uint32Array,
  gains: Float64Array,
  count: number,
  largest: number,
  temperature: number,
  alone: number,
  random: Random,
): number {
  const least = largest - 40 * temperature;
  let total = least <= 0 ? portableExp(-largest / temperature) : 0;
  const aloneShare = total;
  for (let i = 0; i < count; i++) {
    const gain = gains[i]!;
    gains[i] = gain < least ? 0 : gain === largest ? 1 : portableExp((gain - largest) / temperature);
    total += gains[i]!;
  }
  let goal = random.uniform() * total - aloneShare;
  if (goal < 0) return alone;
  let last = alone;
  for (let i = 0; i < count; i++) {
    if (gains[i] === 0) continue;
    last = groups[i]!;
    goal -= gains[i]!;
    if (goal < 0) return last;
  }
  return last;
}
