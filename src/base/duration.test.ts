import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it('says a length of time in its two largest units', () => {
  expect([0, 12, 60, 372, 3600, 90_061, -45, 80_000_000].map(duration)).toEqual([
    '0 s',
    '12 s',
    '1 min',
    '6 min 12 s',
    '1 h',
    '1 d 1 h',
    '45 s',
    '2 y 195 d',
  ]);
});
