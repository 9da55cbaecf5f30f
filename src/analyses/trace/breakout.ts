import { isInfluential } from './influencers.ts';
import { none } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import type { TraceResult } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const fewestPosts = 5;

/**
 * Category 1 to 5 of the Breakout Scale (Nimmo 2020) with the reasons; 6 (policy response, action, call for violence) is a
 * judgement that posts alone do not show and is left to the analyst.
 */
export function breakoutCategory(traced: TracedStory, names: PostNames): TraceResult['breakout'] {
  const { posts, communities } = traced;
  const reasons: TraceResult['breakout']['reasons'] = [];
  const perPlatform = new Map<number, number[]>();
  const perCommunity = new Map<number, number[]>();
  for (let i = traced.first; i < posts.count; i++) {
    const platform = perPlatform.get(posts.platform[i]!);
    if (platform) platform.push(i);
    else perPlatform.set(posts.platform[i]!, [i]);
    const account = posts.account[i]!;
    const community = account === none ? none : communities.ofAccount[account]!;
    if (community === none) continue;
    const members = perCommunity.get(community);
    if (members) members.push(i);
    else perCommunity.set(community, [i]);
  }
  const platforms = [...perPlatform];
  const groups = [...perCommunity].filter(([, some]) => new Set(some.map((i) => posts.account[i])).size >= fewestPosts);
  const manyPlatforms = platforms.length > 1;
  const manyCommunities = groups.length > 1;
  reasons.push({
    text: manyPlatforms
      ? `It was posted on ${platforms.length} platforms: ${platforms.map(([p]) => posts.platforms[p]).join(', ')}.`
      : 'It stayed on one platform.',
    posts: platforms.map(([, some]) => names.post(some[0]!)).filter(Boolean),
  });
  reasons.push({
    text:
      communities.method === 'none'
        ? 'Communities could not be told apart.'
        : manyCommunities
          ? `Accounts of ${groups.length} communities took part.`
          : 'It stayed within one community.',
    posts: [],
  });
  let category: TraceResult['breakout']['category'] =
    manyPlatforms && manyCommunities ? 3 : manyPlatforms || manyCommunities ? 2 : 1;
  if (traced.mainstream !== null) {
    category = 4;
    reasons.push({ text: 'A mainstream venue carried it.', posts: [names.post(traced.mainstream)] });
  }
  const influencer = traced.influencers.find(isInfluential);
  if (influencer) {
    category = 5;
    reasons.push({
      text: `A high-profile account outside the community amplified it: ${names.handle(influencer.account) ?? names.account(influencer.account)}.`,
      posts: influencer.posts.map(names.post).filter(Boolean),
    });
  }
  reasons.push({
    text: 'Category 6 (a policy response, concrete action or a call for violence) is for the analyst to judge.',
    posts: [],
  });
  return { category, reasons };
}
