import type { Random } from '../../base/random.ts';
import { borrowedActs } from './chance-kernel.ts';
import { type Occasions, sizeClass } from './occasions-kernel.ts';

/**
 * Chance that accounts which act apart coincide as often as a group did: in each round every member takes, on each occasion, the time of another account's share of the same
 * artifact in the same hour (of an account outside the group; where there are few, also times as far apart as is usual), and the coincidences along the group's edges are
 * counted. (1 + rounds that reach the observed number) / (1 + rounds).
 */
export function groupChance(
  { acts, starts }: Occasions,
  actsOf: (account: number) => Uint32Array,
  group: { accounts: readonly number[]; edges: readonly (readonly [number, number])[]; observed: number },
  usual: Float64Array,
  window: number,
  rounds: number,
  random: Random,
): number {
  const place = new Map(group.accounts.map((account, at) => [account, at]));
  const occasions = new Set(
    group.accounts.flatMap((account) => Array.from(actsOf(account), (act) => acts.artifact[act]!)),
  );
  const scenes: { members: number[]; edges: (readonly [number, number])[]; outside: number[]; spread: number }[] = [];
  for (const occasion of [...occasions].sort((x, y) => x - y)) {
    const members: number[] = [];
    const outside: number[] = [];
    for (let act = starts[occasion]!; act < starts[occasion + 1]!; act++) {
      const member = place.get(acts.account[act]!);
      if (member === undefined) outside.push(acts.time[act]! - acts.time[starts[occasion]!]!);
      else members.push(member);
    }
    if (members.length < 2) continue;
    const here = new Set(members);
    const edges = group.edges
      .map(([a, b]) => [place.get(a)!, place.get(b)!] as const)
      .filter(([a, b]) => here.has(a) && here.has(b));
    const typical = usual[sizeClass(members.length + outside.length)]!;
    if (edges.length > 0) scenes.push({ members, edges, outside, spread: (2 * window) / typical });
  }
  const time = new Float64Array(group.accounts.length);
  let reached = 0;
  for (let round = 0; round < rounds; round++) {
    let coincidences = 0;
    for (const { members, edges, outside, spread } of scenes) {
      for (const member of members) {
        const draw = random.uniform() * (outside.length + borrowedActs);
        time[member] = draw < outside.length ? outside[Math.floor(draw)]! : random.uniform() * spread;
      }
      for (const [a, b] of edges) if (Math.abs(time[a]! - time[b]!) <= window) coincidences++;
    }
    if (coincidences >= group.observed) reached++;
  }
  return (1 + reached) / (1 + rounds);
}
