import { describe, expect, it } from 'vitest';
import { Random } from '../../base/random.ts';
import { type Acts, coActions } from './co-action-kernel.ts';

function actsOf(rows: { artifact: number; time: number; account: number; delay: number; source: number }[]): Acts {
  const sorted = [...rows].sort((x, y) => x.artifact - y.artifact || x.time - y.time || x.account - y.account);
  return {
    artifact: Uint32Array.from(sorted, (row) => row.artifact),
    time: Float64Array.from(sorted, (row) => row.time),
    account: Uint32Array.from(sorted, (row) => row.account),
    delay: Float64Array.from(sorted, (row) => row.delay),
    source: Uint32Array.from(sorted, (row) => row.source),
  };
}

/** 40 posts of one author; a crowd reshares each over hours, fans within a minute, and a group of four together at an odd moment. */
function scene(seed: string) {
  const random = new Random(seed);
  const rows: Parameters<typeof actsOf>[0] = [];
  for (let artifact = 0; artifact < 40; artifact++) {
    const born = artifact * 86_400_000;
    const act = (account: number, delay: number) =>
      rows.push({ artifact, time: born + delay, account, delay, source: 7 });
    for (let k = 0; k < 30; k++) act(100 + random.int(400), 20_000 + random.exponential(1 / 7_200_000));
    for (let fan = 0; fan < 10; fan++) if (random.bernoulli(0.7)) act(fan, random.between(2_000, 40_000));
    const moment = random.between(1_800_000, 20_000_000);
    if (artifact % 2 === 0)
      for (let member = 20; member < 24; member++) act(member, moment + random.between(0, 15_000));
  }
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = `${row.artifact} ${row.account}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

describe('coActions', () => {
  it('expects fans who always react at once to coincide, and is surprised by accounts that act together at odd moments', () => {
    const found = coActions(actsOf(scene('scene')), 60_000, 3, 1e6);
    const pair = (x: number, y: number) => {
      for (let at = 0; at < found.a.length; at++) if (found.a[at] === x && found.b[at] === y) return at;
      throw new Error(`no pair ${x} ${y}`);
    };
    const group = pair(20, 21);
    expect(found.weight[group]).toBe(20);
    expect(found.shared[group]).toBe(20);
    expect(found.expected[group]!).toBeLessThan(3);
    const fans = pair(0, 1);
    expect(found.weight[fans]! / found.expected[fans]!).toBeLessThan(6);
    expect(found.weight[group]! / found.expected[group]!).toBeGreaterThan(8);
  });

  it('does not depend on the order in which accounts are numbered', () => {
    const rows = scene('order');
    const renumbered = rows.map((row) => ({ ...row, account: 999 - row.account }));
    const weights = (acts: Acts) => [...coActions(acts, 60_000, 3, 1e6).weight].sort((x, y) => x - y);
    expect(weights(actsOf(renumbered))).toEqual(weights(actsOf(rows)));
  });

  it('stops with a clear error when coincidences explode', () => {
    const rows = Array.from({ length: 200 }, (_, account) => ({
      artifact: 1,
      time: account,
      account,
      delay: account,
      source: 1,
    }));
    expect(() => coActions(actsOf(rows), 60_000, 1, 1000)).toThrow(/narrower window/);
  });

  it('takes nothing for nothing', () => {
    expect(coActions(actsOf([]), 60_000, 1, 10).weight.length).toBe(0);
  });
});
