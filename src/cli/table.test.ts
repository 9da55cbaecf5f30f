import { expect, it } from 'vitest';
import { table } from './table.ts';

it.each([
  [0, '0'],
  [1234567, '1,234,567'],
  [0.25, '0.25'],
  [0.00031, '0.00031'],
  [-0.000012345, '-0.000012'],
  [2e-9, '< 0.000001'],
  [-2e-9, '> -0.000001'],
])('shows %d without powers of ten', (value, shown) => {
  expect(
    table(['value'], [[value]])
      .split('\n')
      .at(-1)!
      .trim(),
  ).toBe(shown);
});
