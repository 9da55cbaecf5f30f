import { expect, it } from 'vitest';
import { portableExp, portableLog } from './portable-log-exp.ts';

it('agrees with the engine to a few units in the last place', () => {
  for (let i = -7000; i <= 7000; i++) {
    const x = i / 10 + 1 / 97;
    expect(Math.abs(portableExp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16);
    const y = Math.exp(x) * (1 + Math.abs(i) / 9000);
    expect(Math.abs(portableLog(y) - Math.log(y))).toBeLessThanOrEqual(5e-16 * Math.abs(Math.log(y)));
  }
});

it('is exact at the ends', () => {
  expect([portableExp(0), portableExp(-Infinity), portableExp(710), portableExp(-746)]).toEqual([1, 0, Infinity, 0]);
  expect([portableLog(1), portableLog(0), portableLog(Infinity), portableLog(-1)]).toEqual([
    0,
    -Infinity,
    Infinity,
    Number.NaN,
  ]);
  expect(portableLog(5e-324)).toBeCloseTo(-744.4400719213812, 12);
  expect(portableExp(-745)).toBe(5e-324);
});
