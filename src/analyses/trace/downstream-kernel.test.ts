import { describe, expect, it } from 'vitest';
import { downstream } from './downstream-kernel.ts';

describe('downstream', () => {
  const toy = { t: [0, 321, 339, 383, 699, 824, 835, 1049], m: [4674, 1327, 976, 477, 1209, 119, 1408, 896] };

  it('is casIn where no parent is stated (Rizoiu et al. 2018, toy cascade)', () => {
    const n = toy.t.length;
    const found = downstream(
      Float64Array.from(toy.t, (t) => t * 1000),
      new Uint8Array(n),
      new Int32Array(n).fill(-1),
      new Uint8Array(n).fill(1),
      Float64Array.from(toy.m),
      0.000068,
      1,
    );
    const expected = [8, 2.349473, 1.710452, 1.260466, 1.432888, 1.028244, 1.143258, 1];
    for (let i = 0; i < n; i++) expect(found[i]).toBeCloseTo(expected[i]!, 5);
  });

  it('counts descendants exactly where all parents are stated', () => {
    const parent = Int32Array.from([-1, 0, 0, 0, 1, 1, 4]);
    const found = downstream(
      Float64Array.from([0, 1, 2, 3, 4, 5, 6]),
      new Uint8Array(7),
      parent,
      new Uint8Array(7),
      new Float64Array(7).fill(1),
      0.1,
      1,
    );
    expect([...found]).toEqual([7, 4, 1, 1, 2, 1, 1]);
  });

  it('keeps platforms apart', () => {
    const found = downstream(
      Float64Array.from([0, 1, 2, 3]),
      Uint8Array.from([0, 1, 0, 1]),
      new Int32Array(4).fill(-1),
      new Uint8Array(4).fill(1),
      new Float64Array(4).fill(5),
      0.001,
      2,
    );
    expect([...found]).toEqual([2, 2, 1, 1]);
  });
});
