import { mix } from '../base/minhash.ts';

/** Sets of 32-bit hashes, one per text: those of text i are `hashes[offsets[i]..offsets[i + 1])`, without repeats. */
export interface ShingleSets {
  hashes: Uint32Array;
  offsets: Uint32Array;
}

/**
 * The distinct character n-grams (n = `length`, in code points) of each text as 32-bit hashes; a text shorter than n is one
 * shingle of its own. Two n-grams of one text share a hash about once in 400,000 texts of 100 characters.
 * `signs` holds for each text 64 bits that are equal for equal texts: the order of the texts without their numbers.
 */
export function shingleSets(
  texts: Iterable<string>,
  length: number,
): ShingleSets & { signs: Float64Array; characters: Uint32Array } {
  let hashes = new Uint32Array(1 << 16);
  let offsets = new Uint32Array(1 << 10);
  let signs = new Float64Array(1 << 10);
  let characters = new Uint32Array(1 << 10);
  let points = new Uint32Array(1 << 10);
  const seen = new SeenHashes();
  let count = 0;
  let used = 0;
  for (const text of texts) {
    if (count + 1 >= offsets.length) {
      offsets = grown(offsets, new Uint32Array(offsets.length * 2));
      signs = grown(signs, new Float64Array(signs.length * 2));
      characters = grown(characters, new Uint32Array(characters.length * 2));
    }
    if (text.length > points.length) points = new Uint32Array(text.length * 2);
    const size = codePoints(text, points);
    const grams = Math.max(1, size - length + 1);
    if (used + grams > hashes.length)
      hashes = grown(hashes, new Uint32Array(Math.max(used + grams, Math.ceil(hashes.length * 1.5))));
    seen.clear(grams);
    let high = size;
    let low = 0x2545f491;
    for (let at = 0; at < grams; at++) {
      let hash = 0x9747b28c;
      const end = Math.min(at + length, size);
      for (let point = at; point < end; point++) hash = Math.imul(hash ^ points[point]!, 0x5bd1e995) ^ (hash >>> 15);
      hash = mix(hash) >>> 0;
      high = Math.imul(high ^ hash, 0x85ebca6b) ^ (high >>> 13);
      low = Math.imul(low + hash, 0xc2b2ae35) ^ (low >>> 16);
      if (seen.add(hash)) hashes[used++] = hash;
    }
    signs[count] = (high >>> 0) * 2 ** 21 + (low >>> 11);
    characters[count++] = size;
    offsets[count] = used;
  }
  return {
    hashes: hashes.subarray(0, used),
    offsets: offsets.subarray(0, count + 1),
    signs: signs.subarray(0, count),
    characters: characters.subarray(0, count),
  };
}

/** Jaccard similarity of the sets of two texts, counted over all their shingles. */
export class ShingleOverlap {
  readonly #sets: ShingleSets;
  readonly #seen = new SeenHashes();
  #held = -1;

  constructor(sets: ShingleSets) {
    this.#sets = sets;
  }

  /** Fast for runs of calls with the same `one`; `atLeast` lets pairs whose sizes exclude it come back as 0. */
  jaccard(one: number, other: number, atLeast = 0): number {
    const { hashes, offsets } = this.#sets;
    const oneSize = offsets[one + 1]! - offsets[one]!;
    const from = offsets[other]!;
    const to = offsets[other + 1]!;
    if (Math.min(oneSize, to - from) < atLeast * Math.max(oneSize, to - from)) return 0;
    if (this.#held !== one) {
      this.#seen.clear(oneSize);
      for (let at = offsets[one]!; at < offsets[one + 1]!; at++) this.#seen.add(hashes[at]!);
      this.#held = one;
    }
    let common = 0;
    for (let at = from; at < to; at++) if (this.#seen.has(hashes[at]!)) common++;
    return common / (oneSize + to - from - common);
  }
}

class SeenHashes {
  #slots = new Uint32Array(1 << 10);
  #stamps = new Uint32Array(1 << 10);
  #stamp = 0;
  #mask = (1 << 10) - 1;

  /** Empties the set and makes room for `capacity` members. */
  clear(capacity: number): void {
    if (capacity * 2 > this.#slots.length || this.#stamp === 0xffffffff) {
      const size = 2 ** Math.ceil(Math.log2(Math.max(capacity * 2, this.#slots.length)));
      this.#slots = new Uint32Array(size);
      this.#stamps = new Uint32Array(size);
      this.#mask = size - 1;
      this.#stamp = 0;
    }
    this.#stamp++;
  }

  add(hash: number): boolean {
    let slot = hash & this.#mask;
    while (this.#stamps[slot] === this.#stamp) {
      if (this.#slots[slot] === hash) return false;
      slot = (slot + 1) & this.#mask;
    }
    this.#stamps[slot] = this.#stamp;
    this.#slots[slot] = hash;
    return true;
  }

  has(hash: number): boolean {
    let slot = hash & this.#mask;
    while (this.#stamps[slot] === this.#stamp) {
      if (this.#slots[slot] === hash) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }
}

function codePoints(text: string, points: Uint32Array): number {
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        points[size++] = (unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000;
        at++;
        continue;
      }
    }
    points[size++] = unit;
  }
  return size;
}

function grown<T extends Uint32Array | Float64Array>(full: T, larger: T): T {
  larger.set(full);
  return larger;
}
