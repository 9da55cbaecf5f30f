import { portableExp, portableLog } from './portable-log-exp.ts';
import { logFactorial } from './stirling.ts';

/**
 * Seeded random numbers: the same seed gives the same numbers on every machine.
 *
 * Generator: sfc32 (Doty-Humphrey, PractRand), period about 2^127 on average, not for secrets. Transformed draws use
 * only basic operations, Math.sqrt and the portable logarithm and exponential, because the rounding of Math.log,
 * Math.exp and Math.cos belongs to the engine.
 */
export class Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spareNormal: number | null = null;

  /** A number and the string that prints it are the same seed. */
  constructor(seed: number | string) {
    this.#seed = String(seed);
    [this.#a, this.#b, this.#c] = seedWords(this.#seed);
    for (let i = 0; i < 15; i++) this.uint32();
  }

  /** A generator of its own for one purpose; it does not depend on how many numbers were drawn from this one. */
  fork(label: string | number): Random {
    return new Random(`${this.#seed}/${label}`);
  }

  /** Integer in 0 .. 2^32 - 1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** Number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Integer in 0 .. n - 1 without modulo bias; n from 1 to 2^32. */
  int(n: number): number {
    if (!(n >= 1 && n <= 4294967296)) throw new RangeError(`int(n) needs 1 <= n <= 2^32, got ${n}`);
    const limit = 4294967296 - (4294967296 % n);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % n;
  }

  /** True with this probability. */
  bernoulli(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Marsaglia's polar method. */
  normal(mean = 0, standardDeviation = 1): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return mean + standardDeviation * spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * portableLog(square)) / square);
      this.#spareNormal = v * factor;
      return mean + standardDeviation * u * factor;
    }
  }

  /** Waiting time of a process with `rate` events per unit; mean 1 / rate. */
  exponential(rate = 1): number {
    return -portableLog(1 - this.uniform()) / rate;
  }

  /** Multiplication below mean 10, transformed rejection above (Hoermann 1993, PTRS). */
  poisson(mean: number): number {
    if (!(mean >= 0)) throw new RangeError(`poisson needs mean >= 0, got ${mean}`);
    if (mean < 10) {
      const limit = portableExp(-mean);
      let product = this.uniform();
      let count = 0;
      while (product > limit) {
        product *= this.uniform();
        count++;
      }
      return count;
    }
    const logMean = portableLog(mean);
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const squeeze = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = 1 - this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= squeeze) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const left = portableLog((v * inverseAlpha) / (a / (us * us) + b));
      if (left <= k * logMean - mean - logFactorial(k)) return k;
    }
  }

  /** Marsaglia & Tsang 2000; mean shape * scale. */
  gamma(shape: number, scale = 1): number {
    if (!(shape > 0)) throw new RangeError(`gamma needs shape > 0, got ${shape}`);
    if (shape < 1) {
      const boost = portableExp(portableLog(1 - this.uniform()) / shape);
      return this.gamma(shape + 1, scale) * boost;
    }
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = 1 - this.uniform();
      if (portableLog(u) < 0.5 * x * x + d - d * v + d * portableLog(v)) return d * v * scale;
    }
  }

  /** Value >= minimum with P(X > x) = (minimum / x)^alpha. */
  pareto(minimum: number, alpha: number): number {
    return minimum * portableExp(this.exponential(alpha));
  }

  /**
   * Rank in 0 .. n - 1 with probability proportional to (rank + 1)^-exponent, exponent > 0 (Hoermann & Derflinger
   * 1996).
   */
  zipf(n: number, exponent: number): number {
    if (!(n >= 1 && exponent > 0)) throw new RangeError(`zipf needs n >= 1 and exponent > 0, got ${n}, ${exponent}`);
    const from = powerIntegral(1.5, exponent) - 1;
    const to = powerIntegral(n + 0.5, exponent);
    const shortcut = 2 - inversePowerIntegral(powerIntegral(2.5, exponent) - inversePower(2, exponent), exponent);
    for (;;) {
      const u = to + this.uniform() * (from - to);
      const x = inversePowerIntegral(u, exponent);
      const rank = Math.min(n, Math.max(1, Math.floor(x + 0.5)));
      if (rank - x <= shortcut || u >= powerIntegral(rank + 0.5, exponent) - inversePower(rank, exponent))
        return rank - 1;
    }
  }

  /**
   * Index i with probability proportional to cumulative[i] - cumulative[i - 1]; `cumulative` ascends and ends above 0.
   */
  pickCumulative(cumulative: ArrayLike<number>): number {
    const last = cumulative.length - 1;
    const goal = this.uniform() * cumulative[last]!;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! > goal) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** One item, all equally likely; RangeError for none. */
  pick<T>(items: ArrayLike<T>): T {
    return items[this.int(items.length)]!;
  }

  /** Fisher-Yates in place; returns its argument. */
  shuffle<A extends { length: number; [index: number]: unknown }>(items: A): A {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }
}

/** Three words of state from the UTF-16 units of a seed: FNV-1a lanes, then the murmur3 finaliser. */
function seedWords(seed: string): [number, number, number] {
  const lane = (start: number): number => {
    let hash = start;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) | 0;
  };
  return [lane(0x811c9dc5), lane(0x2f0b4c47), lane(0x6d2b79f5)];
}

function inversePower(x: number, exponent: number): number {
  return portableExp(-exponent * portableLog(x));
}

/** Integral of t^-exponent from 1 to x. */
function powerIntegral(x: number, exponent: number): number {
  const logX = portableLog(x);
  return expm1Ratio((1 - exponent) * logX) * logX;
}

function inversePowerIntegral(u: number, exponent: number): number {
  return portableExp(log1pRatio(Math.max(-1, u * (1 - exponent))) * u);
}

function expm1Ratio(x: number): number {
  return Math.abs(x) > 1e-5 ? (portableExp(x) - 1) / x : 1 + (x / 2) * (1 + x / 3);
}

function log1pRatio(x: number): number {
  return Math.abs(x) > 1e-5 ? portableLog(1 + x) / x : 1 - x * (1 / 2 - x / 3);
}
