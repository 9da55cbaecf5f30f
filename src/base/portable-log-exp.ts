const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

const logTerms = Float64Array.from({ length: 12 }, (_, i) => 2 / (2 * i + 3));
const expTerms = new Float64Array(15).fill(1);
for (let n = 1, factorial = 1; n < 15; n++) {
  factorial *= n;
  expTerms[n] = 1 / factorial;
}

/**
 * Natural logarithm from the four basic operations alone, so that every IEEE 754 machine gives the same bits.
 *
 * ECMAScript leaves the rounding of Math.log, Math.exp and Math.pow to the engine. Relative error below 5e-16.
 * Gives -Infinity at 0 and NaN below.
 */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let shift = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    shift = -54;
  }
  bits[0] = x;
  const high = words[HIGH]!;
  let exponent = (high >>> 20) - 1023;
  words[HIGH] = (high & 0x000fffff) | 0x3ff00000;
  let mantissa = bits[0]!;
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  exponent += shift;
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let tail = logTerms[11]!;
  for (let i = 10; i >= 0; i--) tail = tail * z + logTerms[i]!;
  return exponent * LN2_HIGH + (2 * s + (s * z * tail + exponent * LN2_LOW));
}

/** Exponential function from the four basic operations alone; same purpose, accuracy and limits as `portableLog`. */
export function portableExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = expTerms[14]!;
  for (let n = 13; n >= 0; n--) sum = sum * r + expTerms[n]!;
  if (k >= -1021 && k <= 1023) return sum * powerOfTwo(k);
  const half = k >> 1;
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  words[1 - HIGH] = 0;
  words[HIGH] = (k + 1023) << 20;
  return bits[0]!;
}
