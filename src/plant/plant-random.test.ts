import { expect, it } from 'vitest';
import { PlantRandom, WeightedTable } from './plant-random.ts';

const draws = 40_000;

function mean(draw: () => number): number {
  let sum = 0;
  for (let i = 0; i < draws; i++) sum += draw();
  return sum / draws;
}

it('gives the same numbers for the same seed and label, and others otherwise', () => {
  const first = new PlantRandom(7, 'a');
  const again = new PlantRandom(7, 'a');
  const other = new PlantRandom(7, 'b');
  const row = Array.from({ length: 20 }, () => first.uint32());
  expect(Array.from({ length: 20 }, () => again.uint32())).toEqual(row);
  expect(Array.from({ length: 20 }, () => other.uint32())).not.toEqual(row);
});

it('draws distributions with the right means', () => {
  const random = new PlantRandom(3, 'means');
  expect(mean(() => random.uniform(2, 4))).toBeCloseTo(3, 1);
  expect(mean(() => random.normal())).toBeCloseTo(0, 1);
  expect(mean(() => random.normal() ** 2)).toBeCloseTo(1, 1);
  expect(mean(() => random.exponential(5)) / 5).toBeCloseTo(1, 1);
  expect(mean(() => random.poisson(2.5)) / 2.5).toBeCloseTo(1, 1);
  expect(mean(() => random.poisson(80)) / 80).toBeCloseTo(1, 1);
  expect(mean(() => Math.log(random.logNormal(10, 0.5)))).toBeCloseTo(Math.log(10), 1);
});

it('keeps zipf ranks in range, the first one most often', () => {
  const random = new PlantRandom(5, 'zipf');
  const counts = new Uint32Array(10);
  for (let i = 0; i < draws; i++) counts[random.zipf(10)]!++;
  expect(counts.reduce((a, b) => a + b)).toBe(draws);
  expect(counts[0]! / draws).toBeCloseTo(Math.log(2) / Math.log(11), 1);
  expect(counts[9]).toBeGreaterThan(0);
});

it('draws from a table in proportion to the weights and never a weight of zero', () => {
  const random = new PlantRandom(9, 'table');
  const table = new WeightedTable([0, 3, 0, 1]);
  const counts = new Uint32Array(4);
  for (let i = 0; i < draws; i++) counts[table.pick(random)]!++;
  expect(counts[0]! + counts[2]!).toBe(0);
  expect(counts[1]! / draws).toBeCloseTo(0.75, 1);
});

it('shuffles without loss', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);
  const shuffled = new PlantRandom(1, 'shuffle').shuffle([...list]);
  expect(shuffled).not.toEqual(list);
  expect(shuffled.sort((a, b) => a - b)).toEqual(list);
});
