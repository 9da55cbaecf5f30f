import { UserError } from './errors.ts';

/** Writes the signature of the set `elements[from..to)` (distinct 32-bit hashes) to `signature[at..at + permutations)`. */
export type MinHasher = (elements: Uint32Array, from: number, to: number, signature: Uint32Array, at: number) => void;

/**
 * A MinHash function with `permutations` values per signature; two sets agree in each value with probability equal to their
 * Jaccard similarity J, and the share of equal values has a standard error of at most sqrt(J (1 - J) / permutations).
 * The empty set's values are all 0. Same seed, same values.
 *
 * Fast similarity sketching: each round throws every element into one bin, and only bins that earlier rounds left empty
 * take it, so a set of n elements costs about n + permutations * ln(permutations) hashes instead of n * permutations.
 * Dahlgaard, Knudsen and Thorup, "Fast Similarity Sketching", FOCS 2017, doi 10.1109/FOCS.2017.67.
 */
export function minHasher(permutations: number, seed: number): MinHasher {
  const roundSeeds = new Int32Array(2 * permutations);
  let state = seed | 0;
  for (let round = 0; round < roundSeeds.length; round++) {
    state = (state + 0x9e3779b9) | 0;
    roundSeeds[round] = mix(state);
  }
  const filled = new Uint8Array(permutations);
  return (elements, from, to, signature, at) => {
    if (from === to) {
      signature.fill(0, at, at + permutations);
      return;
    }
    filled.fill(0);
    let empty = permutations;
    for (let round = 0; empty > 0; round++) {
      const roundSeed = roundSeeds[round]!;
      const ownBin = round - permutations;
      for (let index = from; index < to; index++) {
        const hash = mix(elements[index]! ^ roundSeed);
        const bin = ownBin >= 0 ? ownBin : ((hash >>> 16) * permutations) >>> 16;
        const state = filled[bin]!;
        if (state === 2) continue;
        const value = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
        if (state === 0) {
          filled[bin] = 1;
          empty--;
          signature[at + bin] = value;
        } else if (value < signature[at + bin]!) signature[at + bin] = value;
      }
      for (let bin = 0; bin < permutations; bin++) if (filled[bin] === 1) filled[bin] = 2;
    }
  };
}

/** Probability that two sets of Jaccard similarity `similarity` agree in all `rows` of at least one of `bands` bands. */
export function bandProbability(similarity: number, bands: number, rows: number): number {
  return 1 - (1 - similarity ** rows) ** bands;
}

/**
 * The longest rows (so the fewest needless comparisons) for which pairs at `threshold` still meet with probability `recall`.
 * Throws where `permutations` are too few for that.
 */
export function bandsForRecall(
  threshold: number,
  permutations: number,
  recall: number,
): { bands: number; rows: number } {
  for (let rows = permutations; rows >= 1; rows--) {
    const bands = Math.floor(permutations / rows);
    if (bandProbability(threshold, bands, rows) >= recall) return { bands, rows };
  }
  throw new UserError(
    `${permutations} permutations cannot find ${recall} of the pairs at similarity ${threshold}.`,
    'Take more permutations or a higher threshold.',
  );
}

/** Key of a band: a 32-bit hash of `rows` signature values from `at`. */
export function bandKey(signature: Uint32Array, at: number, rows: number): number {
  let key = 0x811c9dc5;
  for (let row = 0; row < rows; row++) key = mix(key ^ signature[at + row]!);
  return key >>> 0;
}

/** Bijective mixing of 32 bits (the finaliser of MurmurHash3). */
export function mix(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
