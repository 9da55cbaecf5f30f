import type { LeidenLevel, LeidenQuality } from './leiden-level.ts';
import type { Random } from './random.ts';

/**
 * Fast local moving (Traag, Waltman & van Eck 2019, algorithm A.2): moves nodes in place to the neighbouring community
 * with the largest gain until no single move helps; the queue starts in random order and takes up again the neighbours
 * of a moved node.
 *
 * Labels are below level.nodes. ofCommunity holds the strength of community c at 2c and the weight from the node at
 * hand to it at 2c + 1, on one cache line. Of equal gains the present community wins, then the one met first in the
 * row. `mostVisits` ends it early.
 */
export function moveNodes(
  level: LeidenLevel,
  community: Uint32Array,
  quality: LeidenQuality,
  random: Random,
  mostVisits = Number.POSITIVE_INFINITY,
): void {
  const { nodes, offsets, targets, weights, strengths } = level;
  const { penalty } = quality;
  const margin = 1e-9 * quality.unit;
  const ofCommunity = new Float64Array(2 * nodes);
  const size = new Uint32Array(nodes);
  for (let v = 0; v < nodes; v++) {
    const c = community[v]!;
    ofCommunity[2 * c] = ofCommunity[2 * c]! + strengths[v]!;
    size[c] = size[c]! + 1;
  }
  const empty = new Uint32Array(nodes);
  let empties = 0;
  for (let c = nodes - 1; c >= 0; c--) if (size[c] === 0) empty[empties++] = c;

  const queue = randomOrder(nodes, random);
  const queued = new Uint8Array(nodes).fill(1);
  const touched = new Uint32Array(nodes);
  let head = 0;
  let waiting = nodes;
  for (let visits = 0; waiting > 0 && visits < mostVisits; visits++) {
    const v = queue[head]!;
    if (++head === nodes) head = 0;
    waiting--;
    queued[v] = 0;
    const start = offsets[v]!;
    const end = offsets[v + 1]!;
    if (start === end) continue;

    let touches = 0;
    for (let arc = start; arc < end; arc++) {
      const to = targets[arc]!;
      if (to === v) continue;
      const c = community[to]!;
      const sum = ofCommunity[2 * c + 1]!;
      if (sum === 0) touched[touches++] = c;
      ofCommunity[2 * c + 1] = sum + weights[arc]!;
    }
    const own = community[v]!;
    const strength = strengths[v]!;
    const price = penalty * strength;
    const rest = ofCommunity[2 * own]! - strength;
    let best = own;
    let bestGain = ofCommunity[2 * own + 1]! - price * rest + margin;
    for (let i = 0; i < touches; i++) {
      const c = touched[i]!;
      const gain = ofCommunity[2 * c + 1]! - price * ofCommunity[2 * c]!;
      ofCommunity[2 * c + 1] = 0;
      if (gain > bestGain && c !== own) {
        bestGain = gain;
        best = c;
      }
    }
    if (bestGain < 0 && size[own]! > 1 && empties > 0) best = empty[--empties]!;
    if (best === own) continue;
    ofCommunity[2 * own] = rest;
    ofCommunity[2 * best] = ofCommunity[2 * best]! + strength;

    size[own] = size[own]! - 1;
    size[best] = size[best]! + 1;
    if (size[own] === 0) empty[empties++] = own;
    community[v] = best;
    for (let arc = start; arc < end; arc++) {
      const to = targets[arc]!;
      if (queued[to] === 1 || community[to] === best) continue;
      queued[to] = 1;
      let tail = head + waiting;
      if (tail >= nodes) tail -= nodes;
      queue[tail] = to;
      waiting++;
    }
  }
}

const BLOCK = 256;

/**
 * Random order of 0 .. nodes - 1; from 2^16 nodes on, blocks of neighbours in memory stay together and are shuffled
 * within.
 */
function randomOrder(nodes: number, random: Random): Uint32Array {
  const order = new Uint32Array(nodes);
  if (nodes < 65536) {
    for (let v = 0; v < nodes; v++) order[v] = v;
    return random.shuffle(order);
  }
  const blocks = Uint32Array.from({ length: Math.ceil(nodes / BLOCK) }, (_, b) => b);
  random.shuffle(blocks);
  let place = 0;
  for (const block of blocks) {
    const from = place;
    const end = Math.min(nodes, (block + 1) * BLOCK);
    for (let v = block * BLOCK; v < end; v++) order[place++] = v;
    random.shuffle(order.subarray(from, place));
  }
  return order;
}
