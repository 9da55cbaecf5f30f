import { gini } from '../../base/gini.ts';
import { shownMoment } from '../../base/shown-moment.ts';
import { chooseBinWidth } from '../../base/time-bins.ts';
import { topShare } from '../../base/top-share.ts';
import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import { breakoutCategory } from './breakout.ts';
import { type FoundBridge, firstOnPlatforms } from './bridges.ts';
import { describeCoverage, platformsNotCollected } from './coverage.ts';
import { chosenCommunityBridges, communityPosts, describeCommunities } from './describe-communities.ts';
import { countRoles, describeRoles, rolePosts } from './describe-roles.ts';
import { crossingPosts, describeStages, stageTimes } from './describe-stages.ts';
import { findingsOf } from './findings.ts';
import { none, type TracePosts } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import { describeRankings, rankReshares } from './reshare-rankings.ts';
import { takeoffAfter } from './stages.ts';
import type { TraceOptions } from './trace-options.ts';
import type { Bridge, BridgeEnd, TraceResult, VolumeBin } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const hour = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();

/** Indices of all posts that the result will name. */
export function citedIndices(traced: TracedStory, options: TraceOptions): number[] {
  const { posts, bridges, artifacts, origin } = traced;
  return [
    ...origin.candidates.map((one) => one.post),
    ...chosenBridges(traced, options).flatMap((bridge) => [bridge.from, bridge.to]),
    ...artifacts.slice(0, listedArtifacts).flatMap((artifact) => firstOnPlatforms(posts, artifact.posts)),
    ...rolePosts(traced),
    ...rankReshares(traced).flatMap((ranking) => [...ranking.before, ...ranking.after].map((one) => one.post)),
    ...communityPosts(traced, options.mostBridges),
    ...[traced.crossing, traced.mainstream, traced.response].flatMap((one) => (one === null ? [] : [one])),
    ...traced.foreshadow.slice(-20),
    ...crossingPosts(traced),
    ...stageTimes(traced).flatMap((stage) => (stage.post === null ? [] : [stage.post])),
    bridges.length > 0 ? bridges[0]!.to : traced.first,
  ];
}

const namedOutlets = 8;
const listedArtifacts = 200;

/** The result of a trace in names and sentences. */
export function describeTrace(
  traced: TracedStory,
  names: PostNames,
  story: { name: string; query: string; withoutTime: number },
  options: TraceOptions,
  version: string,
): TraceResult {
  const { posts, origin } = traced;
  const communities = describeCommunities(traced, names);
  const communityIds = communities.list.map((one) => one.id);
  const end = (i: number): BridgeEnd => ({
    post: names.post(i),
    platform: posts.platforms[posts.platform[i]!]!,
    account: posts.account[i] === none ? null : names.account(posts.account[i]!),
    time: iso(posts.time[i]!),
    community: communityIds[traced.communityBridges.ofPost[i]!] ?? null,
  });
  const describeBridge = (bridge: FoundBridge): Bridge => ({
    artifact: bridge.artifact?.value ?? '',
    kind: bridge.kind,
    from: end(bridge.from),
    to: end(bridge.to),
    lagSeconds: (posts.time[bridge.to]! - posts.time[bridge.from]!) / 1000,
    certain: bridge.certain,
    byReshare: posts.kind[bridge.to] === 1,
  });
  const perAccount = new Map<number, number>();
  for (const account of posts.account)
    if (account !== none) perAccount.set(account, (perAccount.get(account) ?? 0) + 1);
  const amounts = [...perAccount.values()];
  const roles = describeRoles(traced, names);
  const result: TraceResult = {
    story: story.name,
    query: story.query,
    version,
    options: { ...options },
    window: { from: iso(posts.time[0]!), to: iso(posts.time[posts.count - 1]!) },
    posts: posts.count,
    accounts: perAccount.size,
    withoutTime: story.withoutTime,
    coverage: describeCoverage(traced.coverage, traced.tiers),
    notCollected: platformsNotCollected(traced.coverage, { from: posts.time[0]!, to: posts.time[posts.count - 1]! }),
    communities: {
      method: traced.communities.method,
      statement: traced.communities.statement,
      count: traced.communities.count,
      list: communities.list,
    },
    stages: describeStages(traced, names),
    artifacts: traced.artifacts.slice(0, listedArtifacts).map((artifact) => {
      const takeoff =
        artifact.posts.length >= 20
          ? takeoffAfter(
              Float64Array.from(artifact.posts, (i) => posts.time[i]!),
              posts.time[artifact.posts[0]!]!,
            )
          : null;
      return {
        artifact: artifact.value,
        kind: artifact.kind,
        posts: artifact.posts.length,
        takeoff: takeoff ? iso(takeoff.start) : null,
        firstSeen: firstOnPlatforms(posts, artifact.posts).map((i) => ({
          platform: posts.platforms[posts.platform[i]!]!,
          post: names.post(i),
          time: iso(posts.time[i]!),
        })),
      };
    }),
    origin: {
      leftEdgeClean: origin.leftEdgeClean,
      statement: originStatement(traced, names),
      candidates: origin.candidates.map((one) => ({
        post: names.post(one.post),
        platform: posts.platforms[posts.platform[one.post]!]!,
        account: posts.account[one.post] === none ? null : names.account(posts.account[one.post]!),
        time: iso(posts.time[one.post]!),
        earliest: iso(one.earliest),
        latest: iso(one.latest),
        probability: one.probability,
      })),
    },
    bridges: chosenBridges(traced, options).map(describeBridge),
    bridgeMatrix: bridgeMatrix(traced),
    communityBridges: chosenCommunityBridges(traced, options.mostBridges).map(describeBridge),
    communityMatrix: communities.matrix,
    roles,
    roleCounts: countRoles(traced, roles),
    groups: traced.coordination.groups.map((group, place) => ({
      id: `group-${place + 1}`,
      accounts: group.accounts.map((account) => names.account(account) ?? ''),
      pValue: group.pValue,
      shareOfPosts: group.shareOfPosts,
      posts: group.posts.slice(0, 20).map(names.post),
    })),
    absent: traced.absent,
    breakout: breakoutCategory(traced, names),
    reshareRankings: describeRankings(traced, names),
    concentration: {
      accounts: amounts.length,
      top1: amounts.length > 0 ? topShare(amounts, 0.01) : 0,
      top5: amounts.length > 0 ? topShare(amounts, 0.05) : 0,
      top10: amounts.length > 0 ? topShare(amounts, 0.1) : 0,
      gini: amounts.length > 0 ? gini(amounts) : 0,
    },
    volume: volume(posts, chooseBinWidth(posts.time[posts.count - 1]! - posts.time[0]! + 1, 400), -Infinity, Infinity),
    openingVolume: volume(
      posts,
      5 * 60_000,
      posts.time[traced.first]! - 2 * hour,
      posts.time[traced.first]! + 14 * hour,
    ),
    findings: [],
    caveats: caveats(traced, story.withoutTime),
    cited: names.cited,
  };
  result.findings = findingsOf(result);
  return result;
}

/** The most carried artifacts' bridges first, then listed by time. */
function chosenBridges(traced: TracedStory, options: TraceOptions) {
  if (traced.bridges.length <= options.mostBridges) return traced.bridges;
  const chosen = new Set(
    [...traced.bridges]
      .sort((a, b) => (b.artifact?.posts.length ?? Infinity) - (a.artifact?.posts.length ?? Infinity) || a.to - b.to)
      .slice(0, options.mostBridges),
  );
  return traced.bridges.filter((bridge) => chosen.has(bridge));
}

function bridgeMatrix(traced: TracedStory): TraceResult['bridgeMatrix'] {
  const { posts } = traced;
  const cells = new Map<string, TraceResult['bridgeMatrix'][number]>();
  for (const bridge of traced.bridges) {
    const from = posts.platforms[posts.platform[bridge.from]!]!;
    const to = posts.platforms[posts.platform[bridge.to]!]!;
    const cell = cells.get(`${from} ${to}`);
    if (cell) cell.bridges++;
    else
      cells.set(`${from} ${to}`, {
        from,
        to,
        bridges: 1,
        firstTime: iso(posts.time[bridge.to]!),
        lagSeconds: (posts.time[bridge.to]! - posts.time[bridge.from]!) / 1000,
      });
  }
  return [...cells.values()].sort((a, b) => b.bridges - a.bridges || (a.firstTime < b.firstTime ? -1 : 1));
}

function originStatement(traced: TracedStory, names: PostNames): string {
  const { posts, origin } = traced;
  const first = origin.candidates[0]!;
  const where = posts.platforms[posts.platform[first.post]!]!;
  const account = posts.account[first.post]!;
  const who = isAnonymousPlatform(where)
    ? 'an anonymous poster'
    : account === none
      ? 'an account that the file does not name'
      : (names.handle(account) ?? names.displayName(account) ?? names.account(account));
  const what = `${names.post(first.post)} on ${where} by ${who}, ${shownMoment(iso(first.earliest), iso(first.latest))}`;
  if (origin.leftEdgeClean) {
    return `Origin candidate: ${what} (probability ${first.probability.toFixed(2)} of being the earliest of the posts collected; all platforms of the story were being collected in the day before). What happened where nobody collected is not known.`;
  }
  return `Earliest in this collection: ${what}. It cannot be called the origin: ${origin.doubts.join('; ')}.`;
}

function volume(posts: TracePosts, width: number, from: number, to: number): VolumeBin[] {
  const bins = new Map<string, VolumeBin>();
  for (let i = 0; i < posts.count; i++) {
    if (posts.time[i]! < from || posts.time[i]! > to) continue;
    const start = Math.floor(posts.time[i]! / width) * width;
    const platform = posts.platforms[posts.platform[i]!]!;
    const key = `${start} ${platform}`;
    const bin = bins.get(key);
    if (bin) bin.posts++;
    else bins.set(key, { binStart: iso(start), binSeconds: width / 1000, platform, posts: 1 });
  }
  return [...bins.values()].sort((a, b) =>
    a.binStart < b.binStart ? -1 : a.binStart > b.binStart ? 1 : a.platform < b.platform ? -1 : 1,
  );
}

function caveats(traced: TracedStory, withoutTime: number): string[] {
  const list = [
    'Roles and scores describe what accounts did in the posts at hand. They are not verdicts on people, and nothing here says who is behind an account.',
    'Scores of automation-like behaviour are wrong about many people when few accounts are automated: read the posts before naming anyone.',
    traced.communities.statement,
  ];
  if (withoutTime > 0)
    list.push(`${withoutTime} posts match the story but their time is not known; they are left out.`);
  if (traced.coverage.some((one) => one.capped.length > 0 && one.storyPosts > 0))
    list.push('A stream was capped: order, coordination and counts in those hours are not reliable.');
  if (traced.coverage.some((one) => !one.declared))
    list.push('For some platforms nobody declared what was collected; add it with spillover context add.');
  const { unlistedOutlets } = traced;
  if (unlistedOutlets.length > 0)
    list.push(
      `${unlistedOutlets.length === 1 ? 'One outlet stands' : `${unlistedOutlets.length} outlets stand`} on no list of venues and ${unlistedOutlets.length === 1 ? 'counts' : 'count'} as ${traced.tiers.platform('news')} like everything of platform news: ${unlistedOutlets.slice(0, namedOutlets).join(', ')}${unlistedOutlets.length > namedOutlets ? ' and others' : ''}. spillover context add can say otherwise.`,
    );
  return list;
}
