import { UserError } from '../base/errors.ts';
import { bandKey, bandsForRecall, minHasher } from '../base/minhash.ts';
import { UnionFind } from '../base/union-find.ts';
import { ShingleOverlap, shingleSets } from './shingles.ts';

export interface NearDuplicateOptions {
  /** Characters per shingle. */
  shingle: number;
  /** Values per MinHash signature. */
  permutations: number;
  /** Bands of the signature; 0 takes the bands and rows that let pairs at the threshold meet with probability .98. */
  bands: number;
  /** Signature values per band. */
  rows: number;
  /** Least Jaccard similarity of the shingle sets of a pair, from 0 to 1. */
  threshold: number;
  seed: number;
  /** Texts with fewer characters stay alone: they coincide by chance. */
  minChars: number;
}

export const nearDuplicateDefaults: NearDuplicateOptions = {
  shingle: 5,
  permutations: 128,
  bands: 0,
  rows: 0,
  threshold: 0.7,
  seed: 1,
  minChars: 20,
};

const recallAtThreshold = 0.98;
const representativesPerBucket = 16;

/**
 * Clusters of near-duplicate texts: `cluster[i]` is the smallest index of the texts in i's cluster, i itself where it is alone.
 * Candidates come from MinHash bands (Broder 1997; Indyk and Motwani 1998); a pair joins two clusters only where the exact
 * Jaccard similarity of its shingle sets reaches the threshold. Clusters are chains of such pairs, so two members of one
 * cluster may be less similar than that.
 * The texts should be normalised and distinct. The same texts in another order give the same clusters.
 * Approximation: within a bucket a text is compared with one representative of each cluster met there, and with the latest 16
 * of them, so that a viral template costs no more than linear time; a pair that meets only so can be missed.
 */
export function clusterNearDuplicates(
  texts: Iterable<string>,
  options: Partial<NearDuplicateOptions> = {},
): { cluster: Uint32Array; parameters: NearDuplicateOptions } {
  const parameters = checkedParameters({ ...nearDuplicateDefaults, ...options });
  const { bands, rows, threshold } = parameters;
  const sets = shingleSets(texts, parameters.shingle);
  const count = sets.signs.length;
  const order = Uint32Array.from({ length: count }, (_, text) => text)
    .filter((text) => sets.characters[text]! >= parameters.minChars)
    .sort((one, other) => sets.signs[one]! - sets.signs[other]! || one - other);

  const keys = new Uint32Array(bands * order.length);
  const hash = minHasher(parameters.permutations, parameters.seed);
  const signature = new Uint32Array(parameters.permutations);
  for (let rank = 0; rank < order.length; rank++) {
    const text = order[rank]!;
    hash(sets.hashes, sets.offsets[text]!, sets.offsets[text + 1]!, signature, 0);
    for (let band = 0; band < bands; band++) keys[band * order.length + rank] = bandKey(signature, band * rows, rows);
  }

  const clusters = new UnionFind(count);
  const overlap = new ShingleOverlap(sets);
  const sorter = rankSorter(order.length);
  for (let band = 0; band < bands; band++) {
    const key = keys.subarray(band * order.length, (band + 1) * order.length);
    const ranks = sorter(key);
    for (let from = 0, to = 0; from < ranks.length; from = to) {
      while (to < ranks.length && key[ranks[to]!] === key[ranks[from]!]) to++;
      if (to - from > 1) joinBucket(order, ranks.subarray(from, to), clusters, overlap, threshold);
    }
  }
  return { cluster: clusters.roots(), parameters };
}

function joinBucket(
  order: Uint32Array,
  ranks: Uint32Array,
  clusters: UnionFind,
  overlap: ShingleOverlap,
  threshold: number,
): void {
  const representatives: number[] = [];
  for (const rank of ranks) {
    const text = order[rank]!;
    let known = false;
    for (const representative of representatives) {
      if (clusters.find(text) === clusters.find(representative)) known = true;
      else if (overlap.jaccard(text, representative, threshold) >= threshold) {
        clusters.union(text, representative);
        known = true;
      }
    }
    if (known) continue;
    if (representatives.length === representativesPerBucket) representatives.shift();
    representatives.push(text);
  }
}

function checkedParameters(options: NearDuplicateOptions): NearDuplicateOptions {
  const { threshold, permutations, shingle } = options;
  if (!(threshold > 0 && threshold <= 1))
    throw new UserError(`The threshold ${threshold} is not above 0 and at most 1.`);
  if (!(Number.isInteger(shingle) && shingle >= 1))
    throw new UserError(`A shingle of ${shingle} characters makes no sense.`);
  if (!(Number.isInteger(permutations) && permutations >= 1 && permutations <= 4096))
    throw new UserError(`${permutations} permutations are not between 1 and 4096.`);
  const { bands, rows } =
    options.bands > 0 && options.rows > 0 ? options : bandsForRecall(threshold, permutations, recallAtThreshold);
  if (bands * rows > permutations)
    throw new UserError(
      `${bands} bands of ${rows} rows need ${bands * rows} permutations.`,
      'Take more permutations or fewer bands.',
    );
  return { ...options, bands, rows };
}

/** Sorts positions by 32-bit key, equal keys by position (radix sort in two passes of 16 bits); its buffers are used again. */
function rankSorter(count: number): (keys: Uint32Array) => Uint32Array {
  const from = new Uint32Array(count);
  const into = new Uint32Array(count);
  const starts = new Uint32Array(0x10000);
  return (keys) => {
    for (let at = 0; at < count; at++) from[at] = at;
    let [source, target] = [from, into];
    for (const shift of [0, 16]) {
      starts.fill(0);
      for (let at = 0; at < count; at++) starts[(keys[at]! >>> shift) & 0xffff]!++;
      let start = 0;
      for (let digit = 0; digit < 0x10000; digit++) {
        const size = starts[digit]!;
        starts[digit] = start;
        start += size;
      }
      for (let at = 0; at < count; at++) target[starts[(keys[source[at]!]! >>> shift) & 0xffff]!++] = source[at]!;
      [source, target] = [target, source];
    }
    return source;
  };
}
