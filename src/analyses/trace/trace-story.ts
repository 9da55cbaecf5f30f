import { UserError } from '../../base/errors.ts';
import type { CaseContext } from '../../domain/case-context.ts';
import type { StoryQuery } from '../../domain/story-query.ts';
import { type VenueList, type VenueTiers, venueTiers } from '../../domain/venue-tiers.ts';
import type { Database } from '../../store/database.ts';
import { judgeAbsence } from './absence.ts';
import { findCoordinatedGroups, scoreBoosters } from './boosters.ts';
import { findBridges } from './bridges.ts';
import { scoreCatalysts } from './catalysts.ts';
import { findCommunities } from './communities.ts';
import { bridgeCommunities } from './community-bridges.ts';
import { measureCoverage, type PlatformCoverage } from './coverage.ts';
import { scoreInfluencers } from './influencers.ts';
import { loadTraceArtifacts, type TraceArtifact } from './load-trace-artifacts.ts';
import { loadTracePosts, none, type TracePosts } from './load-trace-posts.ts';
import { analyseOrigin } from './origin.ts';
import { primaryArtifacts } from './primary-artifacts.ts';
import { keptParts } from './sampling.ts';
import { takeoffAfter, timesOn, trendAfter } from './stages.ts';
import type { TraceOptions } from './trace-options.ts';
import type { Tier } from './trace-result.ts';

export interface TraceInput {
  database: Database;
  query: StoryQuery;
  context: CaseContext;
  venues: VenueList;
  options: TraceOptions;
  onStep: (step: string) => void;
}

/** Everything a trace found, by index of posts and accounts; `describeTrace` turns it into names and sentences. */
export type TracedStory = Awaited<ReturnType<typeof traceStory>>;

/** Follows the story in `story_post` from its first post to the mainstream. */
export async function traceStory({ database, query, context, venues, options, onStep }: TraceInput) {
  onStep('reading the posts of the story');
  const posts = await loadTracePosts(database);
  if (posts.count === 0)
    throw new UserError(
      'The story selects no post with a known time.',
      'spillover story show NAME tells what it matches.',
    );
  const tiers = venueTiers(context, venues);
  const artifacts = await loadTraceArtifacts(database, options.fewestSharers, options.mostArtifacts);
  const primary = primaryArtifacts(artifacts, query, posts.count);
  const { tierOf, unlistedOutlets } = await postTiers(database, posts, tiers);
  onStep('coverage');
  const coverage = await measureCoverage(database, context);
  onStep('origin and bridges');
  const carriers = carriersOf(primary);
  const threads = await threadPosts(database);
  const eligible = carriers.length > 0 ? carriers : indicesOf(posts);
  const origin = analyseOrigin(
    posts,
    eligible,
    coverage,
    (platform) => tiers.platform(platform) === 'fringe',
    (post) => pointsOutside(post, artifacts, threads, coverage),
  );
  const first = origin.candidates[0]!.post;
  const bridges = findBridges(posts, artifacts, threads, primary);
  onStep('communities');
  const communities = await findCommunities(database, posts, options.seed);
  onStep('crossing and takeoff');
  const crossing = firstOther(posts, eligible, first);
  const upward =
    crossing !== null &&
    rank(tiers.platform(posts.platforms[posts.platform[crossing]!]!)) >
      rank(tiers.platform(posts.platforms[posts.platform[first]!]!));
  const main = mainPlatform(posts);
  const times = posts.time;
  const takeoff = takeoffAfter(times, posts.time[first]!);
  const trend = trendAfter(timesOn(posts, main), posts.time[first]!);
  const kept = keptParts(posts, coverage);
  onStep('catalysts');
  const catalysts =
    crossing === null
      ? []
      : scoreCatalysts({
          posts,
          crossing,
          bringing: new Set(bridges.map((bridge) => bridge.to)),
          bringers: bringersOf(posts, artifacts, threads, posts.platform[crossing]!),
          platform: posts.platform[crossing]!,
          communityOf: communities.ofAccount,
          origin: first,
          kept: kept[posts.platform[crossing]!]!,
        });
  onStep('boosters');
  const coordination = await findCoordinatedGroups(database, posts, options.coactionWindow);
  const boosters = scoreBoosters(posts, coordination.strength, coordination.groupOf, kept);
  onStep('influencers');
  const own = ownCommunities(
    posts,
    communities.ofAccount,
    first,
    crossing,
    takeoff?.end ?? null,
    catalysts.slice(0, 3).map((one) => one.account),
  );
  const inside = (account: number) => coordination.groupOf[account]! >= 0 || own.has(communities.ofAccount[account]!);
  const influencers = upward
    ? scoreInfluencers({
        posts,
        inside,
        voices: await voiceAccounts(database, context),
        from: posts.time[crossing!]!,
        seed: options.seed,
      })
    : [];
  const mainstream = firstMainstream(posts, tierOf, first);
  const window = { from: posts.time[first]!, to: posts.time[posts.count - 1]! };
  onStep('who was silent');
  const absent = await judgeAbsence(database, context, coverage, window);
  return {
    posts,
    artifacts,
    primary,
    tierOf,
    unlistedOutlets,
    tiers,
    coverage,
    origin,
    first,
    bridges,
    communities,
    communityBridges: bridgeCommunities(posts, communities.ofAccount, artifacts, threads, primary, first),
    ownCommunities: own,
    crossing,
    upward,
    main,
    takeoff,
    trend,
    catalysts,
    coordination,
    boosters,
    influencers,
    inside,
    mainstream,
    window,
    absent,
    eligible,
    foreshadow: carriers.length > 0 ? range(0, first) : [],
    response: await responsePost(database, first),
  };
}

const rank = (tier: Tier) => (tier === 'fringe' ? 0 : tier === 'social' ? 1 : 2);
const indicesOf = (posts: TracePosts) => range(0, posts.count);
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

function carriersOf(primary: readonly TraceArtifact[]): number[] {
  return [...new Set(primary.flatMap((artifact) => artifact.posts))].sort((a, b) => a - b);
}

/** Tier of every story post (0 fringe, 1 social, 2 mainstream), and outlets whose tier is that of platform `news` because no list names them. */
async function postTiers(database: Database, posts: TracePosts, tiers: VenueTiers) {
  const rows = await database.rows<{ a: number; platform: string; id: string; handle: string | null }>(
    `select a, platform, account_id as id, handle from trace_account join account using (account_key) order by a`,
  );
  const ofAccount = Uint8Array.from(rows, (row) =>
    rank(tiers.account(row.platform, row.id, row.handle, row.platform === 'news' ? row.id : null)),
  );
  const ofPlatform = posts.platforms.map((platform) => rank(tiers.platform(platform)));
  const tierOf = Uint8Array.from(posts.account, (account, i) =>
    account === none ? ofPlatform[posts.platform[i]!]! : ofAccount[account]!,
  );
  const unlistedOutlets = rows
    .filter((row) => row.platform === 'news' && !tiers.isKnownOutlet(row.id))
    .map((row) => row.id);
  return { tierOf, unlistedOutlets };
}

/** Story posts that are the thread or post which a `thread` artifact names; of a thread the earliest. */
async function threadPosts(database: Database): Promise<Map<string, number>> {
  const rows = await database.rows<{ value: string; i: number }>(`
    select artifact.value, min(trace_post.i) as i
    from artifact join trace_post on artifact.value = trace_post.platform || '/' || trace_post.post_id
    where artifact.kind = 'thread' group by artifact.value
    union all
    select artifact.value, min(trace_post.i)
    from artifact join post on artifact.value = post.platform || '/' || post.root_id join trace_post using (post_key)
    where artifact.kind = 'thread' and not exists (
      select 1 from trace_post as t where artifact.value = t.platform || '/' || t.post_id)
    group by artifact.value`);
  return new Map(rows.map((row) => [row.value, row.i]));
}

/** A sentence when the earliest post cites a board thread that is not in the case, or a platform that nobody collected. */
function pointsOutside(
  post: number,
  artifacts: readonly TraceArtifact[],
  threads: ReadonlyMap<string, number>,
  coverage: readonly PlatformCoverage[],
): string | null {
  for (const artifact of artifacts) {
    if (artifact.kind !== 'thread' || !artifact.posts.includes(post)) continue;
    const source = threads.get(artifact.value);
    if (source !== undefined && source <= post) continue;
    const platform = artifact.value.slice(0, artifact.value.indexOf('/'));
    const known = coverage.some((one) => one.platform === platform);
    return `the earliest post itself cites ${artifact.value}, which ${known ? 'is not in the case' : `lies on ${platform}, which was not collected`}`;
  }
  return null;
}

/** First eligible post on another platform than the first one. */
function firstOther(posts: TracePosts, eligible: readonly number[], first: number): number | null {
  for (const i of eligible) if (i > first && posts.platform[i] !== posts.platform[first]) return i;
  return null;
}

function mainPlatform(posts: TracePosts): number {
  const counts = new Float64Array(posts.platforms.length);
  for (const platform of posts.platform) counts[platform] = counts[platform]! + 1;
  return counts.indexOf(Math.max(...counts));
}

/** Posts on a platform that carry an artifact which another platform had before, in its first five sharers there. */
function bringersOf(
  posts: TracePosts,
  artifacts: readonly TraceArtifact[],
  threads: ReadonlyMap<string, number>,
  platform: number,
): Set<number> {
  const bringers = new Set<number>();
  for (const artifact of artifacts) {
    if (artifact.kind === 'hashtag' || artifact.kind === 'text') continue;
    const source = threads.get(artifact.value) ?? artifact.posts[0]!;
    if (posts.platform[source] === platform) continue;
    let seen = 0;
    for (const i of artifact.posts) {
      if (i <= source || posts.platform[i] !== platform || posts.kind[i] === 1) continue;
      bringers.add(i);
      if (++seen === 5) break;
    }
  }
  return bringers;
}

/** The story's own communities: origin's, catalysts' and what the posts before the takeoff mostly come from. */
function ownCommunities(
  posts: TracePosts,
  communityOf: Uint32Array,
  first: number,
  crossing: number | null,
  takeoffEnd: number | null,
  catalysts: readonly number[],
): Set<number> {
  const own = new Set<number>();
  const add = (account: number) => {
    if (account !== none && communityOf[account] !== none) own.add(communityOf[account]!);
  };
  add(posts.account[first]!);
  for (const account of catalysts) add(account);
  const counts = new Map<number, number>();
  let total = 0;
  for (let i = crossing ?? first; i < posts.count && takeoffEnd !== null && posts.time[i]! < takeoffEnd; i++) {
    const account = posts.account[i]!;
    if (account === none || communityOf[account] === none) continue;
    counts.set(communityOf[account]!, (counts.get(communityOf[account]!) ?? 0) + 1);
    total++;
  }
  for (const [community, n] of counts) if (total >= 10 && n >= 0.4 * total) own.add(community);
  return own;
}

async function voiceAccounts(database: Database, context: CaseContext): Promise<Set<number>> {
  const names = JSON.stringify(context.voices.map((name) => name.toLowerCase()));
  const rows = await database.rows<{ a: number }>(
    `select a from trace_account join account using (account_key)
     where lower(platform || '/' || account_id) in (select unnest(from_json($names, '["varchar"]')))
       or lower(platform || '/' || handle) in (select unnest(from_json($names, '["varchar"]')))`,
    { names },
  );
  return new Set(rows.map((row) => row.a));
}

/** First post at or after the origin on a mainstream venue; reshares count, because an outlet speaks by them too. */
function firstMainstream(posts: TracePosts, tierOf: Uint8Array, first: number): number | null {
  for (let i = first + 1; i < posts.count; i++) if (tierOf[i] === 2) return i;
  return null;
}

/** The first own post of the account that the story's posts mention most (at least 10 posts and 1 % of them), after the origin. */
async function responsePost(database: Database, first: number): Promise<number | null> {
  const row = await database.first<{ i: number }>(
    `with mentioned as (
      select trace_post.platform, lower(unnest(post.mentions)) as handle from trace_post join post using (post_key) where post.mentions is not null and post.kind in ('original', 'quote')
    ), most as (
      select platform, handle, count(*) as n from mentioned group by all order by n desc, platform, handle limit 1
    )
    select min(trace_post.i) as i
    from most join account on account.platform = most.platform and lower(account.handle) = most.handle
      join trace_post on trace_post.account_key = account.account_key
    where n >= 10 and n >= 0.01 * (select count(*) from trace_post where kind in ('original', 'quote')) and trace_post.i > $first and trace_post.kind <> 'reshare'`,
    { first: BigInt(first) },
  );
  return row?.i ?? null;
}
