import type { Accounts } from './accounts.ts';
import type { Campaign } from './campaign.ts';
import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Played {
  world: World;
  cast: Cast;
  campaign: Campaign | null;
}

/**
 * Makes the first catalyst and a part of the boosters the same accounts as in another world: they take over id, names and profile.
 * Returns the accounts of this world that did.
 */
export function reuseAccounts(built: Played, other: Played, share: number): number[] {
  if (!built.campaign || !other.campaign) return [];
  const random = built.world.random('reused accounts');
  const { accounts } = built.world;
  const mine = random.shuffle(built.cast.boosterGroups.flat());
  const theirs = random.shuffle(other.cast.boosterGroups.flat());
  const pairs: [number, number][] = [
    [built.campaign.roles.catalysts[0]!, other.campaign.roles.catalysts[0]!],
    ...mine.slice(0, Math.round(mine.length * share)).map((at, place): [number, number] => [at, theirs[place]!]),
  ];
  const taken = idsOf(accounts);
  const reused: number[] = [];
  for (const [at, account] of pairs) {
    if (taken.has(other.world.accounts.nativeId(account))) continue;
    accounts.borrow(at, other.world.accounts, account);
    reused.push(at);
  }
  return reused;
}

function idsOf(accounts: Accounts): Set<string> {
  return new Set(Array.from({ length: accounts.count }, (_, at) => accounts.nativeId(at)));
}
