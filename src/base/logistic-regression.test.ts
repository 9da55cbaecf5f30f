import { expect, test } from 'vitest';
import { fitLogistic, logistic } from './logistic-regression.ts';

const weight = [
  2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615,
  1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
];
const manual = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
const ones = new Float64Array(32).fill(1);
const learn = (ridge: number, weights = ones) =>
  fitLogistic(Float64Array.from(weight), Uint8Array.from(manual), weights, 1, ridge);

test('agrees with R: glm(am ~ wt, binomial, mtcars) gives 12.040 and -4.024', () => {
  const { intercept, coefficients, converged } = learn(0);
  expect(converged).toBe(true);
  expect(intercept).toBeCloseTo(12.04, 2);
  expect(coefficients[0]).toBeCloseTo(-4.024, 3);
});

test('a ridge draws the coefficient towards zero and keeps the mean prediction', () => {
  const { intercept, coefficients } = learn(5);
  expect(Math.abs(coefficients[0]!)).toBeLessThan(2.5);
  const mean = weight.reduce((sum, w) => sum + logistic(intercept + coefficients[0]! * w), 0) / 32;
  expect(mean).toBeCloseTo(13 / 32, 6);
});

test('a row of weight 2 counts like two rows', () => {
  const doubled = learn(1, new Float64Array(32).fill(2));
  const twice = fitLogistic(
    Float64Array.from([...weight, ...weight]),
    Uint8Array.from([...manual, ...manual]),
    new Float64Array(64).fill(1),
    1,
    1,
  );
  expect(doubled.coefficients[0]).toBeCloseTo(twice.coefficients[0]!, 8);
});

test('separable classes stay finite with a ridge', () => {
  const { coefficients, converged } = fitLogistic(
    Float64Array.of(-2, -1, 1, 2),
    Uint8Array.of(0, 0, 1, 1),
    Float64Array.of(1, 1, 1, 1),
    1,
    1,
  );
  expect(converged).toBe(true);
  expect(coefficients[0]).toBeGreaterThan(0.5);
  expect(coefficients[0]).toBeLessThan(2);
});

test('shapes that do not fit are refused', () => {
  expect(() => fitLogistic(Float64Array.of(1, 2, 3), Uint8Array.of(0, 1), Float64Array.of(1, 1), 1, 1)).toThrow(
    RangeError,
  );
});
