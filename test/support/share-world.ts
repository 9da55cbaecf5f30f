import type { ShareColumns } from '../../src/analyses/coordination/share-columns-kernel.ts';
import { orderShares } from '../../src/analyses/coordination/share-columns-kernel.ts';
import { Random } from '../../src/base/random.ts';

export interface ShareWorldOptions {
  seed: number;
  shares: number;
  accounts: number;
  objects: number;
  days: number;
  /** Exponent of Zipf's law for objects, default 1. */
  objectExponent?: number;
  /** Part of the shares that fall into organic bursts: many accounts share one object within minutes. */
  burstShare: number;
  /** Part of the shares by fans who share what one source publishes within minutes. */
  fanShare: number;
  groups: readonly PlantedGroupOptions[];
}

export interface PlantedGroupOptions {
  accounts: number;
  coActions: number;
  spreadSeconds: number;
  /** Part of the co-actions on objects that nobody else shares; the others are on objects that live anyway. */
  ownObjects: number;
  /** Chance that a member takes part in a co-action. */
  taking: number;
}

export interface ShareWorld {
  shares: ShareColumns;
  groups: number[][];
}

const day = 86_400;

/** Second of a day with a rhythm: few shares at night, most in the evening. */
function rhythm(random: Random): number {
  for (;;) {
    const second = random.uniform() * day;
    const level = 0.55 - 0.45 * Math.cos((2 * Math.PI * (second - 4 * 3600)) / day);
    if (random.uniform() < level) return second;
  }
}

/**
 * Shares of an invented world without coordination but for the planted groups: objects and accounts by Zipf's law, a daily rhythm, delays with a
 * heavy tail, bursts, and fans of sources. Accounts 0 to `accounts` - 1 are ordinary; members of groups share ordinary things too.
 */
export function shareWorld(options: ShareWorldOptions): ShareWorld {
  const random = new Random(options.seed);
  const { shares, accounts, objects, days, objectExponent = 1 } = options;
  const artifact: number[] = [];
  const time: number[] = [];
  const account: number[] = [];
  const add = (object: number, seconds: number, by: number) => {
    artifact.push(object);
    time.push(Math.floor(seconds) * 1e6);
    account.push(by);
  };
  const shuffled = random.fork('accounts').shuffle(Uint32Array.from({ length: accounts }, (_, one) => one));
  const someone = () => shuffled[random.zipf(accounts, 0.8)]!;
  const born = Float64Array.from({ length: objects }, () => random.int(days) * day + rhythm(random));
  let next = objects;
  const bursts = Math.round((shares * options.burstShare) / 80);
  for (let burst = 0; burst < bursts; burst++) {
    const start = random.int(days) * day + rhythm(random);
    const members = 30 + random.int(100);
    const minutes = 2 + random.int(15);
    for (let one = 0; one < members; one++) add(next, start + random.exponential(1 / (minutes * 60)), someone());
    next++;
  }
  const sources = Math.max(1, Math.round(accounts / 200));
  for (let made = 0; made < shares * options.fanShare; ) {
    const source = random.zipf(sources, 1);
    const start = random.int(days) * day + rhythm(random);
    const fans = new Random(`${options.seed}/fans ${source}`);
    const crowd = 10 + fans.int(60);
    for (let one = 0; one < crowd; one++) {
      const fan = fans.int(accounts);
      if (random.uniform() > 0.4) continue;
      add(next, start + 20 + random.exponential(1 / 900), fan);
      made++;
    }
    next++;
  }
  const organic = shares * (1 - options.burstShare - options.fanShare);
  for (let made = 0; made < organic; made++) {
    const object = random.zipf(objects, objectExponent);
    const delay = Math.exp(random.normal(9.2, 1.6));
    add(object, born[object]! + delay, someone());
  }
  const groups = options.groups.map((group) => {
    const members = Array.from({ length: group.accounts }, () => random.int(accounts));
    const distinct = [...new Set(members)];
    for (let act = 0; act < group.coActions; act++) {
      const own = random.uniform() < group.ownObjects;
      const object = own ? next++ : random.zipf(objects, objectExponent);
      const start = own ? random.int(days) * day + rhythm(random) : born[object]! + Math.exp(random.normal(9.2, 1.6));
      for (const member of distinct)
        if (random.uniform() < group.taking) add(object, start + random.uniform() * group.spreadSeconds, member);
    }
    return distinct;
  });
  const columns: ShareColumns = {
    artifact: Uint32Array.from(artifact),
    time: Float64Array.from(time),
    account: Uint32Array.from(account),
    content: Uint32Array.from(artifact, (_, row) => row),
  };
  return { shares: orderShares(columns), groups };
}
