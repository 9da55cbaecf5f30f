import type { FoundBridge } from './bridges.ts';
import { none } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import type { Community, CommunityCell } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const iso = (time: number) => new Date(time).toISOString();

/** Indices of posts that communities, their links and their bridges cite. */
export function communityPosts(traced: TracedStory, most: number): number[] {
  const { communities, links } = traced.communityBridges;
  return [
    ...communities.map((one) => one.first),
    ...communities.flatMap(({ entry }) => (entry ? [entry.to, ...(entry.source === null ? [] : [entry.source])] : [])),
    ...links.map((link) => link.first?.to ?? link.firstReshare!),
    ...chosenCommunityBridges(traced, most).flatMap((bridge) => [bridge.from, bridge.to]),
  ];
}

/** The listed bridges between communities, those of the most carried artifacts where there are too many, in the order of time. */
export function chosenCommunityBridges(traced: TracedStory, most: number): FoundBridge[] {
  const { bridges } = traced.communityBridges;
  if (bridges.length <= most) return bridges;
  const chosen = new Set(
    [...bridges]
      .sort((a, b) => (b.artifact?.posts.length ?? Infinity) - (a.artifact?.posts.length ?? Infinity) || a.to - b.to)
      .slice(0, most),
  );
  return bridges.filter((bridge) => chosen.has(bridge));
}

/** The communities of the story and what passed between each ordered pair, by names. */
export function describeCommunities(
  traced: TracedStory,
  names: PostNames,
): { list: Community[]; matrix: CommunityCell[] } {
  const { posts } = traced;
  const { communities, links } = traced.communityBridges;
  const platform = (index: number) => posts.platforms[index]!;
  let numbered = 0;
  const ids = communities.map((one) =>
    one.platform === null ? `community-${++numbered}` : `${platform(one.platform)}/anonymous`,
  );
  const list = communities.map((one, place): Community => {
    const { entry } = one;
    return {
      id: ids[place]!,
      around: one.around.map(
        (account) => names.handle(account) ?? names.displayName(account) ?? names.account(account)!,
      ),
      accounts: one.accounts,
      posts: one.posts,
      platforms: [...one.perPlatform]
        .map(([index, n]) => ({ platform: platform(index), posts: n }))
        .sort((a, b) => b.posts - a.posts || (a.platform < b.platform ? -1 : 1)),
      firstPost: names.post(one.first),
      firstTime: iso(posts.time[one.first]!),
      own: one.number === null ? one.platform === posts.platform[traced.first] : traced.ownCommunities.has(one.number),
      entry: entry && {
        from: ids[entry.from]!,
        how: entry.how,
        post: names.post(entry.to),
        time: iso(posts.time[entry.to]!),
        account: posts.account[entry.to] === none ? null : names.account(posts.account[entry.to]!),
        sourcePost: entry.source === null ? null : names.post(entry.source),
        lagSeconds: entry.source === null ? null : (posts.time[entry.to]! - posts.time[entry.source]!) / 1000,
      },
    };
  });
  const matrix = links.map((link): CommunityCell => {
    const first = link.first?.to ?? link.firstReshare!;
    return {
      from: ids[link.from]!,
      to: ids[link.to]!,
      bridges: link.bridges,
      kinds: Object.fromEntries(Object.entries(link.kinds).sort(([a], [b]) => (a < b ? -1 : 1))),
      reshares: link.reshares,
      firstTime: iso(posts.time[first]!),
      firstPost: names.post(first),
      lagSeconds: link.first ? (posts.time[link.first.to]! - posts.time[link.first.from]!) / 1000 : null,
    };
  });
  return { list, matrix };
}
