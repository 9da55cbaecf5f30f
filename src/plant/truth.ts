import { accountName } from './accounts.ts';
import { communities } from './communities.ts';
import { storyQuery, watchList } from './context-file.ts';
import { kept } from './losses.ts';
import { observeStory, type StorySeen } from './observed-story.ts';
import type { PlantOptions } from './plant-options.ts';
import { news, platformNames, x } from './post-log.ts';
import { type PostTruth, postTruth } from './post-truth.ts';
import { decoyStories, mainTopic } from './stories.ts';
import { type ArtifactTruth, artifactTruths } from './truth-artifacts.ts';
import type { WrittenWorld } from './written-world.ts';

export interface StageTruth {
  id: 'foreshadow' | 'first-seen' | 'crossing' | 'takeoff' | 'trend' | 'outward' | 'mainstream' | 'response';
  platform: string;
  time: string;
  /** The post that makes the stage; null for takeoff and trend, which are many posts. */
  post: PostTruth | null;
  /** Earliest in the files: the first recorded post, or the moment that the onset rule and Kleinberg's automaton find in the recorded posts. */
  inFiles: { time: string; post: PostTruth | null } | null;
}

export interface BoosterTruth {
  account: string;
  group: number;
  storyPosts: number;
  storyPostsInFiles: number;
}

/** What was planted, by name, and what of it is in the files. */
export interface Truth {
  campaign: boolean;
  options: Omit<PlantOptions, 'reuseSeed' | 'reuseShare'> & Partial<PlantOptions>;
  /** Accounts that took part in the campaign of `options.reuseSeed` too. */
  reused?: string[];
  start: string;
  end: string;
  story: { name: string; query: string; posts: StorySeen['posts'] };
  clockSkewSeconds: Record<string, number>;
  origin: PostTruth | null;
  stages: StageTruth[];
  catalysts: { account: string; handle: string; posts: PostTruth[] }[];
  boosters: BoosterTruth[];
  groups: { id: number; accounts: string[] }[];
  enthusiasts: string[];
  influencer: { account: string; handle: string; post: PostTruth } | null;
  mainstream: { outlet: string; item: PostTruth }[];
  absent: { player: string; verdict: 'absent' | 'present' | 'not-collected'; postsInFiles: number }[];
  artifacts: ArtifactTruth[];
  communities: {
    name: string;
    hashtags: readonly string[];
    domains: readonly string[];
    accounts: number;
    members: string[] | null;
  }[];
  decoys: {
    stories: { name: string; hashtag: string }[];
    mentions: PostTruth[];
    fans: string[];
    spammers: string[];
    weather: string[];
  };
  counts: Record<string, { made: number; inFiles: number }>;
}

const mostMembers = 20_000;

/** Gathers the truth after all files are written, from what they hold. */
/** Options as they stood before accounts could be reused, so that the bytes of such campaigns stay. */
function withoutReuse({ reuseSeed: _, reuseShare: __, ...options }: PlantOptions) {
  return options;
}

export function gatherTruth(written: WrittenWorld): Truth {
  const { world, campaign, organic, cast } = written.built;
  const { accounts, log, options } = world;
  const name = (account: number) => accountName(accounts, account);
  const told = (post: number) => postTruth(written, post);
  const known = (account: number) => ({ account: name(account), handle: accounts.handle(account) });
  const seen = observeStory(written);
  const { reports, mentions } = (campaign ?? organic)!;
  return {
    campaign: campaign !== null,
    ...(options.reuseSeed < 0
      ? { options: withoutReuse(options) }
      : { options, reused: written.built.reused.map(name) }),
    start: iso(world.start),
    end: iso(world.end),
    story: { name: world.story.name, query: storyQuery(written), posts: seen.posts },
    clockSkewSeconds: Object.fromEntries(platformNames.map((platform, i) => [platform, written.ids.skewMs[i]! / 1000])),
    origin: campaign && told(campaign.origin),
    stages: stages(written, seen),
    catalysts: (campaign?.roles.catalysts ?? []).map((account, i) => ({
      ...known(account),
      posts: campaign!.catalystPosts[i]!.map(told),
    })),
    boosters: boosterTruths(written),
    groups: cast.boosterGroups.map((group, i) => ({ id: i + 1, accounts: group.map(name) })),
    enthusiasts: (campaign?.roles.enthusiasts ?? []).map(name),
    influencer: campaign && { ...known(campaign.roles.influencer), post: told(campaign.influencerPost) },
    mainstream: reports.map((item) => ({ outlet: accounts.nativeId(log.account[item]!), item: told(item) })),
    absent: watchList(written).map(({ player, verdict, postsInFiles }) => ({ player, verdict, postsInFiles })),
    artifacts: artifactTruths(written),
    communities: communityTruths(written),
    decoys: {
      stories: decoyStories.map((story) => ({ name: story.name, hashtag: story.tag })),
      mentions: mentions.map(told),
      fans: cast.fans.map(name),
      spammers: cast.spammers.map(name),
      weather: cast.weatherBots.map(name),
    },
    counts: countTruths(written),
  };
}

function stages(written: WrittenWorld, seen: StorySeen): StageTruth[] {
  const { campaign, organic, world } = written.built;
  const { log } = world;
  const ofPost = (id: StageTruth['id'], post: number, inFiles = post): StageTruth => {
    const made = postTruth(written, post);
    const shown = inFiles < 0 ? null : postTruth(written, inFiles);
    return {
      id,
      platform: made.platform,
      time: made.time,
      post: made,
      inFiles: shown?.inFiles === 'record' ? { time: shown.statedTime!, post: shown } : null,
    };
  };
  const ofRise = (id: 'takeoff' | 'trend', planned: number | null, found: number | null): StageTruth[] => {
    const time = planned ?? found;
    return time === null
      ? []
      : [
          {
            id,
            platform: 'x',
            time: iso(time),
            post: null,
            inFiles: found === null ? null : { time: iso(found), post: null },
          },
        ];
  };
  const first = seen.made.filter((post) => post >= 0).reduce((a, b) => (log.time[b]! < log.time[a]! ? b : a));
  const firstInFiles = seen.inFiles
    .filter((post) => post >= 0)
    .reduce((a, b) => (a < 0 || written.ids.clock(b) < written.ids.clock(a) ? b : a), -1);
  const crossings = platformNames.flatMap((_, platform) => {
    const post = seen.made[platform]!;
    return post < 0 || post === first || platform === news ? [] : [ofPost('crossing', post, seen.inFiles[platform]!)];
  });
  const { reports, response } = (campaign ?? organic)!;
  const list = [
    ...(campaign ? [ofPost('foreshadow', campaign.foreshadow)] : []),
    ofPost('first-seen', first, firstInFiles),
    ...crossings,
    ...ofRise('takeoff', campaign?.plan.takeoff ?? null, seen.takeoff),
    ...ofRise('trend', campaign?.plan.trend ?? null, seen.trend),
    ...(campaign ? [ofPost('outward', campaign.influencerPost)] : []),
    ...(reports.length > 0 ? [ofPost('mainstream', reports[0]!, seen.inFiles[news]!)] : []),
    ofPost('response', response),
  ];
  return list.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

function boosterTruths(written: WrittenWorld): BoosterTruth[] {
  const { log, accounts } = written.built.world;
  const truths = new Map<number, BoosterTruth>();
  written.built.cast.boosterGroups.forEach((group, i) => {
    for (const id of group)
      truths.set(id, { account: accountName(accounts, id), group: i + 1, storyPosts: 0, storyPostsInFiles: 0 });
  });
  for (let post = 0; post < log.count; post++) {
    if (log.platform[post] !== x || !log.matches(post, mainTopic)) continue;
    const truth = truths.get(log.account[post]!);
    if (!truth) continue;
    truth.storyPosts++;
    if (written.fates[post] === kept) truth.storyPostsInFiles++;
  }
  return [...truths.values()];
}

function communityTruths(written: WrittenWorld): Truth['communities'] {
  const { accounts } = written.built.world;
  const members = communities.map((): string[] => []);
  const boosters = new Set(written.built.cast.boosterGroups.flat());
  for (let id = 0; id < accounts.count; id++)
    if (accounts.platform[id] === x && !boosters.has(id))
      members[accounts.community[id]!]!.push(accountName(accounts, id));
  const all = members.reduce((sum, list) => sum + list.length, 0);
  return communities.map((one, i) => ({
    name: one.name,
    hashtags: one.tags,
    domains: one.domains,
    accounts: members[i]!.length,
    members: all <= mostMembers ? members[i]! : null,
  }));
}

function countTruths(written: WrittenWorld): Truth['counts'] {
  const { log } = written.built.world;
  const counts = platformNames.map(() => ({ made: 0, inFiles: 0 }));
  for (let post = 0; post < log.count; post++) {
    const one = counts[log.platform[post]!]!;
    one.made++;
    if (written.fates[post] === kept) one.inFiles++;
  }
  return Object.fromEntries(platformNames.map((name, i) => [name, counts[i]!]));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
