import { communities, football, fringe, publicAffairs } from './communities.ts';
import { day } from './daily-rhythm.ts';
import { Members } from './members.ts';
import type { PlantRandom } from './plant-random.ts';
import { bluesky, news, telegram, x } from './post-log.ts';
import { outlets, uncollectedOutlet } from './stories.ts';
import type { World } from './world.ts';

export interface Chat {
  account: number;
  title: string;
  /** A group has many authors; a channel speaks with one voice. */
  group: boolean;
  community: number;
}

/** Who there is. Roles are given to accounts that exist in any case, except the booster groups. */
export interface Cast {
  xMembers: Members[];
  blueskyMembers: Members[];
  telegramUsers: Members;
  chats: Chat[];
  /** News accounts (feeds) and the outlets' accounts on X, in the order of `outlets`. */
  outlets: number[];
  outletVoices: number[];
  /** Well-known accounts of the fringe community. */
  hubs: number[];
  /** Accounts with a public of their own; the first of community 1 can become the influencer. */
  celebrities: number[];
  fans: number[];
  weatherBots: number[];
  spammers: number[];
  silentVoices: number[];
  subject: number;
  boosterGroups: number[][];
}

const chatPlan = [
  { title: 'Towpath Wire', group: false, community: fringe },
  { title: 'River Dossier', group: false, community: fringe },
  { title: 'Morning Digest', group: false, community: publicAffairs },
  { title: 'Ward Talk', group: true, community: publicAffairs },
  { title: 'Away End Chat', group: true, community: football },
] as const;

/** Fills the account table. */
export function assembleCast(world: World): Cast {
  const random = world.random('cast');
  const { accounts, start, budget } = world;
  const chats = chatPlan.map((chat): Chat => {
    const publicName = { handle: '', name: chat.title, about: '' };
    return {
      ...chat,
      account: accounts.add({ ...person(random, start, chat.community), platform: telegram, publicName }),
    };
  });
  const outletAccounts = outlets.map((outlet) =>
    accounts.add({
      ...person(random, start, publicAffairs),
      platform: news,
      publicName: { handle: '', name: outlet.name, about: outlet.domain },
    }),
  );
  const telegramUsers = many(Math.max(20, Math.round(budget.total[telegram]! / 22)), () =>
    accounts.add({ ...person(random, start, publicAffairs), platform: telegram }),
  );
  const bySize = (platform: number, total: number, share: 'xShare' | 'blueskyShare') =>
    communities.map((community, at) =>
      many(Math.max(12, Math.round(total * community[share])), () =>
        accounts.add({ ...person(random, start, at), platform }),
      ),
    );
  const xIds = bySize(x, Math.max(240, Math.round(budget.total[x]! / 9)), 'xShare');
  const blueskyIds = bySize(bluesky, Math.max(100, Math.round(budget.total[bluesky]! / 8)), 'blueskyShare');
  const fans = random.shuffle([...xIds[football]!]).slice(0, Math.min(60, Math.floor(xIds[football]!.length / 3)));

  const known = (community: number, more: object) =>
    accounts.add({
      ...person(random, start, community),
      platform: x,
      created: start - random.uniform(1500, 4500) * day,
      ...more,
    });
  const hubs = many(7, () =>
    known(fringe, {
      followers: random.uniform(8_000, 60_000),
      following: random.uniform(400, 3_000),
      activity: random.uniform(2, 4),
      pull: random.uniform(5, 9),
    }),
  );
  const celebrities = [publicAffairs, football, publicAffairs, 5, 7].map((community) =>
    known(community, {
      followers: random.uniform(900_000, 4_500_000),
      following: random.uniform(50, 900),
      lifetimePosts: random.uniform(8_000, 40_000),
      activity: random.uniform(3, 6),
      pull: random.uniform(9, 14),
      verified: true,
    }),
  );
  const outletVoices = [...outlets, uncollectedOutlet].map((outlet) =>
    known(publicAffairs, {
      followers: random.uniform(60_000, 400_000),
      following: 300,
      lifetimePosts: 60_000,
      activity: 0,
      pull: 3,
      verified: true,
      publicName: { handle: outlet.handle, name: outlet.name, about: `News from https://${outlet.domain}` },
    }),
  );
  const silentVoices = many(3, () =>
    known(publicAffairs, { followers: random.uniform(50_000, 300_000), activity: 0, pull: 3, verified: true }),
  );
  const weatherBots = many(Math.max(1, Math.min(4, Math.round(world.options.posts / 12_500))), () =>
    known(publicAffairs, { followers: random.uniform(300, 2_000), lifetimePosts: 30_000, activity: 0, pull: 0.1 }),
  );
  const spammers = many(5, () =>
    known(publicAffairs, {
      created: start - random.uniform(5, 400) * day,
      followers: random.uniform(5, 60),
      activity: 0,
      pull: 0.05,
    }),
  );
  const subject = known(publicAffairs, {
    followers: 4_300,
    lifetimePosts: 6_100,
    activity: 0,
    pull: 1,
    verified: true,
    publicName: {
      handle: 'MillbrookFerryX',
      name: 'Millbrook Ferry',
      about: 'Timetables and notices of the invented Millbrook ferry.',
    },
  });
  xIds[fringe]!.push(...hubs);
  for (const id of celebrities) xIds[accounts.community[id]!]!.push(id);
  return {
    xMembers: xIds.map((ids) => new Members(accounts, ids)),
    blueskyMembers: blueskyIds.map((ids) => new Members(accounts, ids)),
    telegramUsers: new Members(accounts, telegramUsers),
    chats,
    outlets: outletAccounts,
    outletVoices,
    hubs,
    celebrities,
    fans,
    weatherBots,
    spammers,
    silentVoices,
    subject,
    boosterGroups: world.options.campaign ? boosterGroups(world) : [],
  };
}

function person(random: PlantRandom, start: number, community: number) {
  const ageDays = random.chance(0.07) ? random.uniform(-3.5, 60) : random.uniform(60, 4_200);
  const activity = random.logNormal(1, 1);
  const pull = random.logNormal(1, 1.1);
  return {
    community,
    created: start - ageDays * day,
    followers: random.logNormal(160, 1.3) * pull ** 0.8,
    following: random.logNormal(220, 0.9),
    lifetimePosts: Math.max(1, ageDays) * activity * random.logNormal(1.5, 0.8),
    activity,
    pull: pull / Math.exp(1.1 ** 2 / 2),
  };
}

/** Three groups of young accounts, many of them born on the same days, with some bought old ones among them. */
function boosterGroups(world: World): number[][] {
  const random = world.random('booster accounts');
  const { accounts, start, budget } = world;
  return [0, 1, 2].map(() => {
    const birthdays = [random.uniform(12, 60), random.uniform(12, 60), random.uniform(3, 12)].map(Math.floor);
    return many(budget.boosters / 3, () => {
      const bought = random.chance(0.15);
      const ageDays = bought
        ? random.uniform(500, 3_500)
        : random.chance(0.9)
          ? random.pick(birthdays) + random.uniform(0.05, 0.95)
          : random.uniform(3, 90);
      return accounts.add({
        platform: x,
        community: fringe,
        created: start - ageDays * day,
        followers: random.logNormal(bought ? 400 : 110, 0.8),
        following: random.logNormal(600, 0.7),
        lifetimePosts: Math.min(ageDays, 300) * random.logNormal(55, 0.5),
        activity: 0,
        pull: random.uniform(0.1, 0.5),
      });
    });
  });
}

function many<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
