import { expect, it } from 'vitest';
import { simulateBoard } from '../support/board-days.ts';
import { emptyCase } from '../support/collecting.ts';

it('a busy board of 200 threads with hourly pruning: nothing that stayed longer than a round is missed, at one request a second', async () => {
  const found = await simulateBoard(await emptyCase(), 2, 7);
  expect(found.longVisible).toBeGreaterThan(1_500);
  expect(found.missed).toEqual([]);
  expect(found.requests).toBeGreaterThan(1_000);
  expect(found.requests).toBeLessThanOrEqual(2 * 3_600 + 1);
  expect(found.tooFast).toBe(0);
  expect(found.shortestGapMs).toBeGreaterThanOrEqual(1_000);
  expect(found.gaps).toBe(0);
});
