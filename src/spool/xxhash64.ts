const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const BUFFER_BYTES = 1 << 16;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);

function round(lane: bigint, input: bigint): bigint {
  const sum = BigInt.asUintN(64, lane + BigInt.asUintN(64, input * PRIME_2));
  return BigInt.asUintN(64, BigInt.asUintN(64, BigInt.asUintN(64, sum << 31n) | (sum >> 33n)) * PRIME_1);
}

function rotate(value: bigint, bits: bigint): bigint {
  return wrap(wrap(value << bits) | (value >> (64n - bits)));
}

/** XXH64 with seed 0 over bytes given in pieces (github.com/Cyan4973/xxHash, xxhash_spec.md); little-endian machines only. */
export class XxHash64 {
  readonly #bytes = Buffer.alloc(BUFFER_BYTES);
  readonly #words = new BigUint64Array(this.#bytes.buffer, this.#bytes.byteOffset, BUFFER_BYTES / 8);
  readonly #lanes = BigUint64Array.of(wrap(PRIME_1 + PRIME_2), PRIME_2, 0n, wrap(-PRIME_1));
  #filled = 0;
  #total = 0;

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const count = Math.min(bytes.length - from, BUFFER_BYTES - this.#filled);
      this.#bytes.set(bytes.subarray(from, from + count), this.#filled);
      this.#filled += count;
      from += count;
      if (this.#filled === BUFFER_BYTES) {
        this.#consume(BUFFER_BYTES / 8);
        this.#filled = 0;
      }
    }
  }

  /** The low 32 bits of the hash. */
  low32(): number {
    const stripes = this.#filled >> 5;
    this.#consume(stripes * 4);
    const [v1, v2, v3, v4] = this.#lanes as unknown as [bigint, bigint, bigint, bigint];
    let hash: bigint;
    if (this.#total >= 32) {
      hash = wrap(rotate(v1, 1n) + rotate(v2, 7n) + rotate(v3, 12n) + rotate(v4, 18n));
      for (const lane of [v1, v2, v3, v4]) hash = wrap((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4);
    } else hash = PRIME_5;
    hash = wrap(hash + BigInt(this.#total));
    let at = stripes * 32;
    for (; at + 8 <= this.#filled; at += 8) {
      hash = wrap(rotate(hash ^ round(0n, this.#bytes.readBigUInt64LE(at)), 27n) * PRIME_1 + PRIME_4);
    }
    if (at + 4 <= this.#filled) {
      hash = wrap(rotate(hash ^ wrap(BigInt(this.#bytes.readUInt32LE(at)) * PRIME_1), 23n) * PRIME_2 + PRIME_3);
      at += 4;
    }
    for (; at < this.#filled; at++) {
      hash = wrap(rotate(hash ^ wrap(BigInt(this.#bytes[at]!) * PRIME_5), 11n) * PRIME_1);
    }
    hash = wrap((hash ^ (hash >> 33n)) * PRIME_2);
    hash = wrap((hash ^ (hash >> 29n)) * PRIME_3);
    return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
  }

  #consume(words: number): void {
    let v1 = this.#lanes[0]!;
    let v2 = this.#lanes[1]!;
    let v3 = this.#lanes[2]!;
    let v4 = this.#lanes[3]!;
    for (let i = 0; i < words; i += 4) {
      v1 = round(v1, this.#words[i]!);
      v2 = round(v2, this.#words[i + 1]!);
      v3 = round(v3, this.#words[i + 2]!);
      v4 = round(v4, this.#words[i + 3]!);
    }
    this.#lanes.set([v1, v2, v3, v4]);
  }
}
