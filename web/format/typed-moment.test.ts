import { expect, it } from 'vitest';
import { readMoment, typedMoment } from './typed-moment.ts';

it('reads moments as they are typed, in 24 hours and UTC, and writes them back', () => {
  expect(readMoment('2024-05-15 17:51')).toBe('2024-05-15T17:51:00.000Z');
  expect(readMoment(' 2024-5-15T7:51:23.5Z ')).toBe('2024-05-15T07:51:23.500Z');
  expect(readMoment('2024-05-15')).toBe('2024-05-15T00:00:00.000Z');
  expect(readMoment('')).toBe('');
  for (const wrong of ['05/15/2024', '2024-02-30', '2024-05-15 24:10', '2024-05-15 5:51 PM', '2024-13-01', 'noon'])
    expect(readMoment(wrong), wrong).toBeNull();
  expect(typedMoment('2024-05-15T17:51:00Z')).toBe('2024-05-15 17:51');
  expect(typedMoment('2024-05-15T00:00:07.000Z')).toBe('2024-05-15 00:00:07');
  expect(typedMoment('2024-05-15T17:51:00.123Z')).toBe('2024-05-15 17:51:00.123');
  expect(typedMoment('')).toBe('');
});
