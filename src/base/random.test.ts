import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

function meanAndVariance(draw: () => number, n = 200_000): [number, number] {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  return [sum / n, squares / n - (sum / n) ** 2];
}

describe('Random', () => {
  it('gives recorded numbers for a recorded seed', () => {
    const random = new Random(1);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([4113070214, 3718551940, 482246750]);
    expect(new Random('1').uint32()).toBe(4113070214);
    expect(new Random(2).uint32()).not.toBe(4113070214);
    const drawn = new Random('recorded');
    expect([drawn.normal(), drawn.exponential(), drawn.poisson(50), drawn.gamma(2), drawn.zipf(100, 1.1)]).toEqual([
      -1.25534748357869, 0.051396190688208034, 53, 2.9755219807855435, 1,
    ]);
  });

  it('forks do not depend on how much was drawn', () => {
    const a = new Random(5);
    const b = new Random(5);
    b.uniform();
    expect(a.fork('x').uint32()).toBe(b.fork('x').uint32());
    expect(a.fork('x').uint32()).not.toBe(a.fork('y').uint32());
  });

  it.each<[string, (r: Random) => number, number, number]>([
    ['uniform', (r) => r.uniform(), 1 / 2, 1 / 12],
    ['int', (r) => r.int(6), 2.5, 35 / 12],
    ['normal', (r) => r.normal(2, 3), 2, 9],
    ['exponential', (r) => r.exponential(0.5), 2, 4],
    ['poisson, small', (r) => r.poisson(3), 3, 3],
    ['poisson, large', (r) => r.poisson(1000), 1000, 1000],
    ['gamma, shape below 1', (r) => r.gamma(0.3, 2), 0.6, 1.2],
    ['gamma', (r) => r.gamma(5, 2), 10, 20],
    ['pareto', (r) => r.pareto(1, 6), 6 / 5, 6 / 100],
  ])('%s has its mean and variance', (_, draw, mean, variance) => {
    const random = new Random('moments');
    const [m, v] = meanAndVariance(() => draw(random));
    expect(Math.abs(m - mean)).toBeLessThan(5 * Math.sqrt(variance / 200_000));
    expect(v / variance).toBeGreaterThan(0.93);
    expect(v / variance).toBeLessThan(1.07);
  });

  it.each([0.7, 1, 1.5, 2.5])('zipf with exponent %d has its frequencies', (exponent) => {
    const random = new Random(3);
    const counts = new Float64Array(50);
    for (let i = 0; i < 200_000; i++) {
      const rank = random.zipf(50, exponent);
      counts[rank] = counts[rank]! + 1;
    }
    let total = 0;
    for (let k = 1; k <= 50; k++) total += k ** -exponent;
    let chiSquare = 0;
    for (let k = 1; k <= 50; k++) {
      const expected = (200_000 * k ** -exponent) / total;
      chiSquare += (counts[k - 1]! - expected) ** 2 / expected;
    }
    expect(chiSquare).toBeLessThan(95);
  });

  it('shuffles without losing items, evenly', () => {
    const random = new Random(9);
    const first = new Float64Array(4);
    for (let i = 0; i < 40_000; i++) {
      const items = random.shuffle([0, 1, 2, 3]);
      expect(items.reduce((a, b) => a + b)).toBe(6);
      first[items[0]!] = first[items[0]!]! + 1;
    }
    for (const count of first) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });

  it('picks by cumulative weight and never an item of weight 0', () => {
    const random = new Random(4);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const k = random.pickCumulative([0, 1, 1, 4]);
      counts[k] = counts[k]! + 1;
    }
    expect(counts[0]! + counts[2]!).toBe(0);
    expect(Math.abs(counts[1]! - 10_000)).toBeLessThan(450);
  });

  it('refuses impossible parameters', () => {
    const random = new Random(0);
    expect(() => random.int(0)).toThrow(RangeError);
    expect(() => random.poisson(-1)).toThrow(RangeError);
    expect(() => random.poisson(Number.NaN)).toThrow(RangeError);
    expect(() => random.gamma(0)).toThrow(RangeError);
    expect(() => random.zipf(0, 1)).toThrow(RangeError);
    expect(random.poisson(0)).toBe(0);
    expect(random.zipf(1, 2)).toBe(0);
  });
});
