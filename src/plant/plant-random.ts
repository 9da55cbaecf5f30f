/** A fixed 32-bit scramble of two numbers, for choices that must not depend on the order in which they are made. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `mix` as a fraction in [0, 1). */
export function mixFraction(a: number, b: number): number {
  return mix(a, b) / 2 ** 32;
}

/** Seeded random numbers (sfc32); streams with different labels are independent of each other. */
export class PlantRandom {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: number, label: string) {
    let h = mix(seed, label.length);
    for (let i = 0; i < label.length; i++) h = mix(h, label.charCodeAt(i));
    this.#a = mix(h, 1);
    this.#b = mix(h, 2);
    this.#c = mix(h, 3);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / 2 ** 32);
  }

  /** A whole number from 0 to `below` - 1. */
  int(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** Approximated by the normal distribution from a mean of 30 on. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++;
    return count;
  }

  /** Rank from 0 to `below` - 1 with probability falling about as 1/(rank + 1). */
  zipf(below: number): number {
    return Math.min(below - 1, Math.floor((below + 1) ** this.uniform()) - 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }

  shuffle<T extends number[] | Uint32Array>(list: T): T {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const kept = list[i]!;
      list[i] = list[j]!;
      list[j] = kept;
    }
    return list;
  }
}

/** Draws positions in proportion to weights, by bisection of their running sum. */
export class WeightedTable {
  readonly #sums: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.#sums = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i]!;
      this.#sums[i] = sum;
    }
  }

  pick(random: PlantRandom): number {
    const sums = this.#sums;
    const wanted = random.uniform() * sums[sums.length - 1]!;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
