import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  const limits = { baseMs: 1000, capMs: 60_000 };

  it('doubles, stays under the cap for any attempt, and half of it is random', () => {
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, limits, () => 0))).toEqual([500, 1000, 2000, 4000]);
    expect([0, 6, 7, 5000].map((attempt) => backoffMs(attempt, limits, () => 1))).toEqual([
      1000, 60_000, 60_000, 60_000,
    ]);
  });

  it('spreads clients over half of the wait', () => {
    const waits = Array.from({ length: 200 }, (_, index) => backoffMs(3, limits, () => index / 200));
    expect(Math.min(...waits)).toBe(4000);
    expect(Math.max(...waits)).toBeGreaterThan(7900);
    expect(new Set(waits).size).toBe(200);
  });
});
