import { describe, expect, it } from 'vitest';
import type { Acts } from './co-action-kernel.ts';
import { coordinatedGroups } from './coordinated-groups-kernel.ts';

const hour = 3_600_000;

/** Forty posts of four authors, each reshared by six of twenty accounts hours later at scattered times, and by `together` within seconds at an odd moment. */
function acts(together: readonly (readonly number[])[]): Acts {
  const rows: { artifact: number; time: number; account: number; delay: number; source: number }[] = [];
  for (let artifact = 0; artifact < 40; artifact++) {
    const born = artifact * 24 * hour;
    const add = (account: number, delay: number) =>
      rows.push({ artifact, time: born + delay, account, delay, source: artifact % 4 });
    for (let n = 0; n < 6; n++)
      add((artifact * 7 + n * 3) % 20, ((artifact * 13 + n * 29) % 97) * 0.23 * hour + n * 1000);
    for (const [place, group] of together.entries())
      if (artifact % together.length === place)
        for (const [n, account] of group.entries()) add(account, 5 * hour + n * 2000);
  }
  rows.sort((x, y) => x.artifact - y.artifact || x.time - y.time);
  return {
    artifact: Uint32Array.from(rows, (row) => row.artifact),
    time: Float64Array.from(rows, (row) => row.time),
    account: Uint32Array.from(rows, (row) => row.account),
    delay: Float64Array.from(rows, (row) => row.delay),
    source: Uint32Array.from(rows, (row) => row.source),
  };
}

describe('coordinated groups', () => {
  it('are those who act together, each on its own, with all their pairs', () => {
    const { groups, strength } = coordinatedGroups(
      acts([
        [20, 21, 22, 23],
        [24, 25, 26],
      ]),
      60,
      30,
    );
    expect(groups.map(({ accounts, pairs }) => ({ accounts, pairs }))).toEqual([
      { accounts: [20, 21, 22, 23], pairs: 6 },
      { accounts: [24, 25, 26], pairs: 3 },
    ]);
    for (const { pValue } of groups) expect(pValue).toBeLessThan(0.05);
    expect([...strength.keys()].filter((account) => strength[account]! > 0)).toEqual([20, 21, 22, 23, 24, 25, 26]);
  });

  it('are none among accounts that act when they please', () => {
    expect(coordinatedGroups(acts([]), 60, 30).groups).toEqual([]);
  });
});
