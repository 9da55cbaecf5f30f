import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { bandKey, bandProbability, bandsForRecall, minHasher, mix } from './minhash.ts';

/** Two sets of `size` elements each, of which `shared` are common. */
function pair(size: number, shared: number, salt: number): [Uint32Array, Uint32Array] {
  const element = (index: number) => mix(Math.imul(salt, 0x9e3779b9) + index) >>> 0;
  const one = Uint32Array.from({ length: size }, (_, index) => element(index));
  const other = Uint32Array.from({ length: size }, (_, index) => element(index < shared ? index : index + size));
  return [one, other];
}

function signatureOf(elements: Uint32Array, permutations: number, seed = 1): Uint32Array {
  const signature = new Uint32Array(permutations);
  minHasher(permutations, seed)(elements, 0, elements.length, signature, 0);
  return signature;
}

function agreement(
  size: number,
  shared: number,
  permutations: number,
  trials: number,
): { mean: number; deviation: number } {
  const hash = minHasher(permutations, 7);
  const [one, other] = [new Uint32Array(permutations), new Uint32Array(permutations)];
  let sum = 0;
  let squares = 0;
  for (let trial = 0; trial < trials; trial++) {
    const [a, b] = pair(size, shared, trial + 1);
    hash(a, 0, a.length, one, 0);
    hash(b, 0, b.length, other, 0);
    let equal = 0;
    for (let at = 0; at < permutations; at++) if (one[at] === other[at]) equal++;
    sum += equal / permutations;
    squares += (equal / permutations) ** 2;
  }
  const mean = sum / trials;
  return { mean, deviation: Math.sqrt(squares / trials - mean * mean) };
}

describe('minHasher', () => {
  it.each([
    [12, 8],
    [100, 67],
    [100, 82],
    [600, 400],
    [3000, 2000],
  ])(
    'estimates Jaccard without bias and within the standard error for sets of %i with %i in common',
    (size, shared) => {
      const jaccard = shared / (2 * size - shared);
      const trials = 2000;
      const bound = Math.sqrt((jaccard * (1 - jaccard)) / 128);
      const { mean, deviation } = agreement(size, shared, 128, trials);
      expect(Math.abs(mean - jaccard)).toBeLessThan((4 * bound) / Math.sqrt(trials));
      expect(deviation).toBeLessThan(bound * 1.08);
    },
  );

  it('does not depend on the order of the elements, and does on the seed', () => {
    const [elements] = pair(80, 0, 3);
    expect(signatureOf(elements.slice().reverse(), 128)).toEqual(signatureOf(elements, 128));
    expect(signatureOf(elements, 128, 2)).not.toEqual(signatureOf(elements, 128));
  });

  it('fills every value for a single element, and is all zero for the empty set', () => {
    const lone = signatureOf(Uint32Array.of(42), 128);
    expect(new Set(lone).size).toBeGreaterThan(120);
    expect(signatureOf(new Uint32Array(0), 16)).toEqual(new Uint32Array(16));
  });
});

describe('bands', () => {
  it('meet as often as the formula says', () => {
    const [bands, rows] = [25, 5];
    const hash = minHasher(128, 11);
    const signature = new Uint32Array(256);
    for (const [size, shared] of [
      [100, 82],
      [100, 67],
      [100, 50],
    ] as const) {
      let met = 0;
      for (let trial = 0; trial < 2000; trial++) {
        const [a, b] = pair(size, shared, trial + 1);
        hash(a, 0, size, signature, 0);
        hash(b, 0, size, signature, 128);
        for (let band = 0; band < bands; band++) {
          if (bandKey(signature, band * rows, rows) !== bandKey(signature, 128 + band * rows, rows)) continue;
          met++;
          break;
        }
      }
      expect(met / 2000).toBeCloseTo(bandProbability(shared / (2 * size - shared), bands, rows), 1);
    }
  });

  it('are chosen for the recall at the threshold', () => {
    expect(bandsForRecall(0.7, 128, 0.98)).toEqual({ bands: 25, rows: 5 });
    expect(bandsForRecall(0.8, 128, 0.98)).toEqual({ bands: 18, rows: 7 });
    expect(bandProbability(0.7, 25, 5)).toBeCloseTo(0.98995, 5);
    expect(bandProbability(0.7, 14, 9)).toBeCloseTo(0.43823, 4);
    expect(() => bandsForRecall(0.01, 4, 0.99)).toThrow('4 permutations');
  });

  const path = sharedData('oracle/methods.json');
  it.skipIf(!path)('agree with the oracle of methods.json', () => {
    const { oracles } = JSON.parse(readFileSync(path!, 'utf8')) as {
      oracles: { id: string; expected: { standard_error: number[]; bands: Record<string, number>[] } }[];
    };
    const oracle = oracles.find((entry) => entry.id === 'minhash_lsh')!;
    expect(bandProbability(0.8, 16, 8)).toBeCloseTo(oracle.expected.bands[0]!['P(0.8)']!, 5);
    expect(bandProbability(0.5, 16, 8)).toBeCloseTo(oracle.expected.bands[0]!['P(0.5)']!, 5);
    const { deviation } = agreement(300, 200, 128, 2000);
    expect(deviation).toBeLessThan(oracle.expected.standard_error[1]! * 1.08);
  });
});
