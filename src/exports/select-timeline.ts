import type { Bridge, CitedPost, Stage, StageId, TraceResult } from '../analyses/trace/trace-result.ts';
import { duration } from '../base/duration.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { burstBins } from './burst-bins.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** As many events as a reader follows (TimelineJS#764: a timeline of a thousand events tells no story). */
export const fewestEvents = 20;
export const mostEvents = 60;

interface Candidate {
  post: string;
  key: string;
  weight: number;
  headline: string;
  reason: string;
  stage?: Stage;
}

const bridgeWords: Record<Bridge['kind'], string> = {
  'cites-thread': 'cites the thread',
  direct: 'links the same thing',
  announced: 'announces it without a link',
  'same-text': 'says the same text',
  'same-media': 'shows the same picture',
};

const stageWeight: Record<StageId, number> = {
  'first-seen': 100,
  mainstream: 96,
  crossing: 94,
  outward: 92,
  takeoff: 90,
  foreshadow: 88,
  trend: 86,
  response: 84,
};

/**
 * Chooses 20 to 60 moments of a trace, each with the post behind it and the reason: stages, bridges by kind and pair of platforms, first
 * posts of catalysts, influencers, outlets and groups, bursts, most reshared posts. Where there are fewer than 20, posts of further
 * roles follow; a small story has fewer. Ordered by time.
 */
export function selectTimeline(result: TraceResult): TimelineEvent[] {
  const posts = new Map(result.cited.map((post) => [post.post, post]));
  const byPost = new Map<string, Candidate[]>();
  for (const one of [...mainCandidates(result, posts), ...fillers(result)]) {
    if (!posts.has(one.post)) continue;
    byPost.set(one.post, [...(byPost.get(one.post) ?? []), one]);
  }
  const ranked = [...byPost.values()]
    .map((same) => same.sort((a, b) => b.weight - a.weight))
    .sort((a, b) => b[0]!.weight - a[0]!.weight || compareTime(posts, a[0]!.post, b[0]!.post));
  const main = ranked.filter(([first]) => first!.weight >= fillerWeight);
  const chosen =
    main.length >= fewestEvents ? main.slice(0, mostEvents) : ranked.slice(0, Math.max(main.length, fewestEvents));
  return chosen
    .map((same) => eventOf(same, posts.get(same[0]!.post)!))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : b.weight - a.weight || (a.id < b.id ? -1 : 1)));
}

const fillerWeight = 20;
const leastProbability = 0.05;

function mainCandidates(result: TraceResult, posts: ReadonlyMap<string, CitedPost>): Candidate[] {
  const found: Candidate[] = [];
  const add = (
    post: string | null | undefined,
    key: string,
    weight: number,
    headline: string,
    reason: string,
    stage?: Stage,
  ) => {
    if (post) found.push({ post, key, weight, headline, reason, ...(stage ? { stage } : {}) });
  };
  const who = (post: string | null | undefined) => authorName(posts.get(post ?? ''));
  for (const stage of result.stages)
    add(
      stage.post,
      `stage:${stage.id}:${stage.platform}`,
      stageWeight[stage.id],
      stageHeadline(stage, who(stage.post)),
      `stage ${stage.id}: ${stage.method}`,
      stage,
    );
  result.origin.candidates.slice(1, 3).forEach((one, at) => {
    if (one.probability < leastProbability) return;
    add(
      one.post,
      `origin:${at + 2}`,
      60 - at,
      `Also possible as the first: ${who(one.post)} on ${one.platform}`,
      `origin candidate, probability ${one.probability.toFixed(2)}`,
    );
  });
  const pairs = new Set<string>();
  for (const bridge of result.bridges) {
    const pair = `${bridge.kind}:${bridge.from.platform}>${bridge.to.platform}`;
    if (pairs.has(pair)) continue;
    pairs.add(pair);
    add(
      bridge.to.post,
      `bridge:${pair}`,
      bridge.certain ? 70 : 50,
      `It passes from ${bridge.from.platform} to ${bridge.to.platform}: ${who(bridge.to.post)}`,
      `first post there that ${bridgeWords[bridge.kind]}, ${duration(bridge.lagSeconds)} later${bridge.certain ? '' : ' (the order is not certain)'}`,
    );
  }
  const perRole = new Map<string, number>();
  for (const role of result.roles) {
    const limits: Partial<Record<string, [most: number, weight: number]>> = {
      catalyst: [8, 80],
      influencer: [5, 78],
      mainstream: [10, 64],
      booster: [6, 40],
    };
    const limit = limits[role.role];
    const used = perRole.get(role.role) ?? 0;
    if (!limit || !role.significant || used >= limit[0] || role.posts.length === 0) continue;
    perRole.set(role.role, used + 1);
    add(
      earliest(role.posts, posts),
      `role:${role.role}:${role.account}`,
      limit[1] - used,
      role.role === 'mainstream'
        ? `${role.handle ?? who(role.posts[0])} carries it`
        : `${role.handle ?? role.account}, ${roleWords[role.role]}, enters`,
      `first cited post of a ${role.role} with score ${role.score.toFixed(2)} (${role.low.toFixed(2)} to ${role.high.toFixed(2)})`,
    );
  }
  for (const group of result.groups.slice(0, 5))
    add(
      earliest(group.posts, posts),
      `group:${group.id}`,
      group.pValue < 0.05 ? 62 : 30,
      `A group of ${group.accounts.length} accounts begins to act together`,
      `first cited post of group ${group.id}, p = ${group.pValue.toPrecision(2)}, ${(100 * group.shareOfPosts).toFixed(1)} % of the story's posts`,
    );
  for (const burst of burstBins(result.volume)) {
    const from = Date.parse(burst.binStart);
    const inside = result.cited.filter(
      (post) =>
        post.platform === burst.platform &&
        Date.parse(post.time) >= from &&
        Date.parse(post.time) < from + burst.binSeconds * 1000,
    );
    add(
      inside[0]?.post,
      `burst:${burst.platform}:${burst.binStart}`,
      58,
      `${burst.posts.toLocaleString('en')} posts on ${burst.platform} within ${duration(burst.binSeconds)}`,
      `burst: ${burst.times.toFixed(1)} times the platform's median bin`,
    );
  }
  result.reshareRankings.forEach((ranking, at) => {
    for (const [when, list] of [
      ['before', ranking.before],
      ['after', ranking.after],
    ] as const)
      list.slice(0, 2).forEach((one, place) => {
        add(
          one.post,
          `reshared:${at}:${when}:${place}`,
          48 - place,
          `${who(one.post)} is passed on ${one.reshares.toLocaleString('en')} times`,
          `number ${place + 1} of the most reshared posts ${when} the crossing at ${ranking.crossing}`,
        );
      });
  });
  return found;
}

const roleWords: Partial<Record<string, string>> = {
  catalyst: 'a catalyst',
  influencer: 'an influencer',
  booster: 'a signal booster',
};

/** Further posts for a story that has few main events. */
function fillers(result: TraceResult): Candidate[] {
  const bridges = result.bridges.map((bridge, at) => ({
    post: bridge.to.post,
    key: `bridge:${bridge.artifact}:${bridge.to.post}`,
    weight: 15 - at / 1000,
    headline: `A further bridge from ${bridge.from.platform} to ${bridge.to.platform}`,
    reason: `bridge of kind ${bridge.kind}, ${duration(bridge.lagSeconds)} later`,
  }));
  const roles = result.roles.flatMap((role, at) =>
    role.posts.slice(0, 1).map((post) => ({
      post,
      key: `role:${role.role}:${role.account}`,
      weight: 10 - at / 1000,
      headline: `${role.handle ?? role.account} takes part`,
      reason: `listed as ${role.role} with score ${role.score.toFixed(2)}`,
    })),
  );
  return [...bridges, ...roles];
}

function eventOf(same: readonly Candidate[], post: CitedPost): TimelineEvent {
  const main = same[0]!;
  const { stage } = main;
  return {
    id: `${main.key}:${post.post}`,
    time: post.time,
    earliest: stage && stage.earliest !== stage.latest ? stage.earliest : null,
    latest: stage && stage.earliest !== stage.latest ? stage.latest : null,
    precisionMs: post.precisionMs,
    group: post.platform,
    headline: main.headline,
    text: '',
    reason: [
      ...new Set(same.filter((one) => one.weight >= fillerWeight || one === main).map((one) => one.reason)),
    ].join('; '),
    posts: [post.post],
    weight: main.weight,
    origin: 'trace',
    edited: false,
    hidden: false,
  };
}

function stageHeadline(stage: Stage, who: string): string {
  switch (stage.id) {
    case 'foreshadow':
      return `${who} announces it on ${stage.platform}`;
    case 'first-seen':
      return `First seen in this collection: ${who} on ${stage.platform}`;
    case 'crossing':
      return `It reaches ${stage.platform}: ${who}`;
    case 'takeoff':
      return `It takes off on ${stage.platform}`;
    case 'trend':
      return `It trends on ${stage.platform}`;
    case 'outward':
      return `${who} carries it out of its community`;
    case 'mainstream':
      return `It reaches the mainstream: ${who}`;
    case 'response':
      return `${who} responds`;
  }
}

function authorName(post: CitedPost | undefined): string {
  if (!post) return 'a post';
  if (isAnonymousPlatform(post.platform)) return 'an anonymous poster';
  return post.handle ?? post.name ?? post.account ?? 'an account that the file does not name';
}

function earliest(list: readonly string[], posts: ReadonlyMap<string, CitedPost>): string | undefined {
  return list
    .filter((post) => posts.has(post))
    .sort((a, b) => compareTime(posts, a, b))
    .at(0);
}

function compareTime(posts: ReadonlyMap<string, CitedPost>, a: string, b: string): number {
  const first = posts.get(a)!.time;
  const second = posts.get(b)!.time;
  return first < second ? -1 : first > second ? 1 : a < b ? -1 : 1;
}
