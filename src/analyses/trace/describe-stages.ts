import { firstOnPlatforms } from './bridges.ts';
import { type InfluencerScore, isInfluential } from './influencers.ts';
import { none } from './load-trace-posts.ts';
import type { PostNames } from './name-posts.ts';
import { earliestPossible } from './sampling.ts';
import type { Stage, StageId } from './trace-result.ts';
import type { TracedStory } from './trace-story.ts';

const iso = (time: number) => new Date(time).toISOString();

export interface StageTime {
  id: StageId;
  time: number;
  earliest: number;
  latest: number;
  post: number | null;
  platform: string;
  method: string;
}

/** First eligible post on each further platform. */
export function crossingPosts(traced: TracedStory): number[] {
  return firstOnPlatforms(
    traced.posts,
    traced.eligible.filter((i) => i >= traced.first),
  ).slice(1);
}

/** The influencer with whom the story left its community: the first significant one, because it leaves only once. */
export function outwardInfluencer(traced: TracedStory): InfluencerScore | null {
  const significant = traced.influencers.filter(isInfluential);
  return significant.reduce<InfluencerScore | null>(
    (first, one) => (first === null || one.post < first.post ? one : first),
    null,
  );
}

/** All stages in the order of time; of equal times in the order of a story. */
export function stageTimes(traced: TracedStory): StageTime[] {
  const { posts } = traced;
  const platformOf = (i: number) => posts.platforms[posts.platform[i]!]!;
  const firstPossible = (i: number, among: readonly number[]) => {
    const members = among.filter((one) => posts.platform[one] === posts.platform[i]);
    const coverage = traced.coverage.find((one) => one.platform === platformOf(i));
    return earliestPossible(posts, members, members.indexOf(i), coverage);
  };
  const ofPost = (id: StageId, i: number, method: string, among: readonly number[] | null = null): StageTime => ({
    id,
    time: posts.time[i]!,
    earliest: among === null ? posts.time[i]! : firstPossible(i, among),
    latest: posts.time[i]! + Math.max(1, posts.precisionMs[i]!),
    post: i,
    platform: platformOf(i),
    method,
  });
  const firstOnMain = (from: number, to: number) => {
    for (let i = 0; i < posts.count; i++)
      if (posts.platform[i] === traced.main && posts.time[i]! >= from && posts.time[i]! < to) return i;
    return null;
  };
  const stages: StageTime[] = [];
  if (traced.foreshadow.length > 0)
    stages.push(
      ofPost(
        'foreshadow',
        traced.foreshadow[0]!,
        'first post of the story that carries none of its artifacts, before any post that does',
        traced.foreshadow,
      ),
    );
  stages.push(
    ofPost(
      'first-seen',
      traced.first,
      'earliest post that carries an artifact of the story (of any kind where it has none)',
      traced.eligible,
    ),
  );
  for (const i of crossingPosts(traced))
    stages.push(ofPost('crossing', i, 'first such post on a further platform', traced.eligible));
  if (traced.takeoff) {
    const { start, end } = traced.takeoff;
    stages.push({
      id: 'takeoff',
      time: start,
      earliest: start,
      latest: end,
      post: firstOnMain(start, end),
      platform: posts.platforms[traced.main]!,
      method: 'first 5-minute bin with a Poisson tail below 1e-6 of the 90 minutes before the story',
    });
  }
  if (traced.trend) {
    const { start, end, level } = traced.trend;
    const bin = 5 * 60_000;
    stages.push({
      id: 'trend',
      time: start,
      earliest: start - bin,
      latest: Math.min(end, start + bin),
      post: firstOnMain(start, end + 1),
      platform: posts.platforms[traced.main]!,
      method: `first Kleinberg burst of level ${level} (s = 2, gamma = 1) on the platform with most posts`,
    });
  }
  const outward = outwardInfluencer(traced);
  if (outward) stages.push(ofPost('outward', outward.post, 'first post of the first significant influencer'));
  if (traced.mainstream !== null)
    stages.push(
      ofPost('mainstream', traced.mainstream, 'first post of the story on a mainstream venue', mainstreamPosts(traced)),
    );
  if (traced.response !== null)
    stages.push(ofPost('response', traced.response, 'first own post of the account that the story mentions most'));
  const order: StageId[] = [
    'foreshadow',
    'first-seen',
    'crossing',
    'takeoff',
    'trend',
    'outward',
    'mainstream',
    'response',
  ];
  return stages.sort((a, b) => a.time - b.time || order.indexOf(a.id) - order.indexOf(b.id));
}

function mainstreamPosts({ posts, tierOf, first }: TracedStory): number[] {
  const found: number[] = [];
  for (let i = first + 1; i < posts.count; i++) if (tierOf[i] === 2) found.push(i);
  return found;
}

/** The stages by names; a known loss, a gap or a cap lets the interval of a first post begin earlier. */
export function describeStages(traced: TracedStory, names: PostNames): Stage[] {
  const times = stageTimes(traced);
  return times.map((stage, place) => ({
    id: stage.id,
    time: iso(stage.time),
    earliest: iso(stage.earliest),
    latest: iso(stage.latest),
    platform: stage.platform,
    account:
      stage.post === null || traced.posts.account[stage.post] === none
        ? null
        : names.account(traced.posts.account[stage.post]!),
    post: stage.post === null ? null : names.post(stage.post),
    lagSeconds: place === 0 ? null : (stage.time - times[place - 1]!.time) / 1000,
    method: stage.method,
  }));
}
